"""Schedules of EventBridge Scheduler; each runs once, and deletes itself."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from chirrup.domain.errors import ChirrupError, ErrorCode

CONFIG = Config(
    connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 3}
)
RETRIES = 20
"""Times that the call is tried again, with growing pauses, before it goes to the dead letters."""
OLDEST_S = 3_600
"""Seconds for which it is tried."""


def client(session: Session, endpoint_url: str | None = None) -> BaseClient:
    """A client of `scheduler`, by the region and the credentials of the environment."""
    return session.create_client("scheduler", config=CONFIG, endpoint_url=endpoint_url)


class Target(NamedTuple):
    """What is called, and as whom.

    Attributes:
        group: Name of the schedule group.
        function_arn: The function.
        role_arn: The role that may call it.
        dead_letters_arn: The queue of calls that came to nothing.
    """

    group: str
    function_arn: str
    role_arn: str
    dead_letters_arn: str


class SchedulerSchedules:
    """Implements `ports.schedules.Schedules`."""

    def __init__(self, scheduler: Any, target: Target) -> None:  # noqa: ANN401 - botocore's
        self._scheduler = scheduler
        self._target = target

    def set(self, name: str, at: int, payload: Mapping[str, str]) -> None:
        """See `ports.schedules.Schedules`; one request, two for another time."""
        said = self._said(name, at, payload)
        try:
            self._call("create_schedule", said)
        except _Conflict:
            self._call("update_schedule", said)

    def cancel(self, name: str) -> None:
        """See `ports.schedules.Schedules`."""
        try:
            self._call("delete_schedule", {"Name": name, "GroupName": self._target.group})
        except _Missing:
            return

    def _said(self, name: str, at: int, payload: Mapping[str, str]) -> dict[str, Any]:
        # Not before the time: whoever is called too early would find nothing due.
        when = datetime.fromtimestamp(-(-at // 1000), UTC)
        return {
            "Name": name,
            "GroupName": self._target.group,
            "ScheduleExpression": f"at({when:%Y-%m-%dT%H:%M:%S})",
            "ScheduleExpressionTimezone": "UTC",
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "ActionAfterCompletion": "DELETE",
            "Target": {
                "Arn": self._target.function_arn,
                "RoleArn": self._target.role_arn,
                "Input": json.dumps(dict(payload)),
                "RetryPolicy": {
                    "MaximumRetryAttempts": RETRIES,
                    "MaximumEventAgeInSeconds": OLDEST_S,
                },
                "DeadLetterConfig": {"Arn": self._target.dead_letters_arn},
            },
        }

    def _call(self, operation: str, request: dict[str, Any]) -> None:
        try:
            getattr(self._scheduler, operation)(**request)
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if code == "ConflictException":
                raise _Conflict from error
            if code == "ResourceNotFoundException" and operation == "delete_schedule":
                raise _Missing from error
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE) from error
        except BotoCoreError as error:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE) from error


class _Conflict(Exception):
    """A schedule of this name is set."""


class _Missing(Exception):
    """None is."""
