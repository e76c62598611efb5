"""What DynamoDB refuses or fails at, in our words."""

import logging
from collections.abc import Sequence
from typing import Any

from botocore.exceptions import BotoCoreError
from pynamodb.exceptions import VerboseClientError

from chirrup.domain.errors import ChirrupError, ErrorCode

Raw = dict[str, Any]

_PASSING = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
        "ServiceUnavailable",
        "TransactionInProgressException",
        "TransactionConflictException",
    }
)
_SERVER_ERROR = 500
_EXPECTED_REASONS = {"ConditionalCheckFailed", "TransactionConflict"}
_PASSING_REASONS = {"ThrottlingError", "ProvisionedThroughputExceeded"}

_log = logging.getLogger(__name__)


class ConditionFailed(Exception):
    """A condition did not hold; nothing was written.

    Attributes:
        item: The raw item as it stands, if there is one.
    """

    def __init__(self, item: Raw | None) -> None:
        super().__init__("condition failed")
        self.item = item


class TransactionFailed(Exception):
    """A transaction was cancelled; nothing was written.

    Attributes:
        reasons: For each part its code (None if it was not the reason) and the raw item.
    """

    def __init__(self, reasons: Sequence[tuple[str | None, Raw | None]]) -> None:
        super().__init__("transaction cancelled")
        self.reasons = reasons


def is_conflict(error: Exception) -> bool:
    """Whether a write was refused because a transaction holds its item this moment."""
    return isinstance(error, VerboseClientError) and _code(error) == "TransactionConflictException"


def translated(error: object) -> Exception:
    """Our error for one of botocore's."""
    if isinstance(error, BotoCoreError):
        _log.warning("DynamoDB cannot be reached", extra={"code": type(error).__name__})
        return ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
    if not isinstance(error, VerboseClientError):
        return RuntimeError("DynamoDB request failed")
    code, response = _code(error), getattr(error.__cause__, "response", {})
    if code == "ConditionalCheckFailedException":
        return ConditionFailed(response.get("Item"))
    if code == "TransactionCanceledException":
        return _cancelled(error)
    status = response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return _refused(code, passing=code in _PASSING or status >= _SERVER_ERROR)


def _cancelled(error: VerboseClientError) -> Exception:
    reasons = [
        (reason.code, reason.raw_item) if reason else (None, None)
        for reason in error.cancellation_reasons
    ]
    others = {code for code, _ in reasons if code} - _EXPECTED_REASONS
    if others:
        return _refused(", ".join(sorted(others)), passing=others <= _PASSING_REASONS)
    return TransactionFailed(reasons)


def _refused(code: str, *, passing: bool) -> Exception:
    if not passing:
        return RuntimeError(f"DynamoDB refused the request: {code}")
    _log.warning("DynamoDB is not available", extra={"code": code})
    return ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)


def _code(error: VerboseClientError) -> str:
    code: str = error.response.get("Error", {}).get("Code", "")
    return code
