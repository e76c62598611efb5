"""DynamoDB out of order: what it refuses, loses or is late with, and what becomes of that."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import (
    ConnectionClosedError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
    SSLError,
)

from chirrup.concurrency import one_by_one
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import parse_conversation_id
from chirrup.ports import Profile
from chirrup.ports.timelines import ChangeConflict
from chirrup.storage.conversations import DynamoConversations
from chirrup.storage.dynamo import BATCH_GET_ROUNDS, CONFLICT_ROUNDS, Dynamo
from chirrup.storage.messages import DynamoTimeline
from chirrup.storage.tickets import DynamoTickets
from chirrup.storage.users import DynamoUsers
from tests.contract.conftest import client
from tests.contract.entries import T0, head_of, message, reaction
from tests.support.wire import Outcome, Wire, answered, cancelled, refused

CHAT = parse_conversation_id("p_alice~bob")
ENTRY = message(CHAT, 1)
CHANGE = reaction(ENTRY, head_of(ENTRY))
URL = "https://dynamodb.us-east-1.amazonaws.com"
ATTEMPTS = 4
"""A request and its repetitions by the SDK."""

OPERATIONS: dict[str, Callable[[Dynamo], object]] = {
    "GetItem": lambda dynamo: DynamoConversations(dynamo, one_by_one).member(CHAT.id, "alice"),
    "BatchGetItem": lambda dynamo: DynamoConversations(dynamo, one_by_one).view(CHAT.id, "alice"),
    "Query": lambda dynamo: DynamoTimeline(dynamo).after(CHAT.id, 0, 10),
    "PutItem": lambda dynamo: DynamoTimeline(dynamo).append(ENTRY),
    "UpdateItem": lambda dynamo: DynamoConversations(dynamo, one_by_one).advance(head_of(ENTRY)),
    "DeleteItem": lambda dynamo: DynamoTickets(dynamo).redeem("hash", T0),
    "TransactWriteItems": lambda dynamo: DynamoTimeline(dynamo).change(CHANGE),
}
PASSING: dict[str, Outcome] = {
    "table throttled": refused("ProvisionedThroughputExceededException"),
    "control plane throttled": refused("ThrottlingException"),
    "account throttled": refused("RequestLimitExceeded"),
    "failed inside": refused("InternalServerError", 500),
    "unavailable": refused("ServiceUnavailable", 503),
    "a proxy's error page": (502, b"<html><body>Bad Gateway</body></html>"),
    "an empty error": (503, b""),
    "no answer in time": ReadTimeoutError(endpoint_url=URL),
    "no connection in time": ConnectTimeoutError(endpoint_url=URL),
    "no connection": EndpointConnectionError(endpoint_url=URL, error=OSError()),
    "connection reset": ConnectionClosedError(endpoint_url=URL),
    "bad certificate": SSLError(endpoint_url=URL, error=OSError()),
}
OURS: dict[str, Outcome] = {
    "a request that makes no sense": refused("ValidationException"),
    "a permission that is missing": refused("AccessDeniedException"),
    "a table that is missing": refused("ResourceNotFoundException"),
}
CONFLICT = refused("TransactionConflictException")


@pytest.fixture
def dynamo() -> Dynamo:
    """A client of its own: the SDK keeps count of its failures."""
    return client(URL)


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was waited (s); it passes at once."""
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    return waited


def _wire(dynamo: Dynamo, *outcomes: Outcome) -> Wire:
    wire = Wire(*outcomes)
    wire.under(dynamo)
    return wire


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_a_failure_that_passes_is_temporary_and_was_tried_again(
    dynamo: Dynamo, pauses: list[float], failure: Outcome
) -> None:
    for name, operation in OPERATIONS.items():
        wire = _wire(dynamo, failure)
        with pytest.raises(ChirrupError) as refusal:
            operation(dynamo)
        assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE, name
        assert refusal.value.retryable
        assert len(wire.requests) == ATTEMPTS, name
    assert len(pauses) == (ATTEMPTS - 1) * len(OPERATIONS)


@pytest.mark.parametrize("failure", PASSING.values(), ids=PASSING)
def test_a_failure_that_has_passed_is_not_noticed(dynamo: Dynamo, failure: Outcome) -> None:
    wire = _wire(dynamo, failure, failure, answered({}))
    assert DynamoTimeline(dynamo).append(ENTRY) is None
    assert len(wire.requests) == 3
    assert wire.requests[0] == wire.requests[2]


@pytest.mark.parametrize("failure", OURS.values(), ids=OURS)
def test_a_failure_of_ours_is_neither_tried_again_nor_called_temporary(
    dynamo: Dynamo, failure: Outcome
) -> None:
    for name, operation in OPERATIONS.items():
        wire = _wire(dynamo, failure)
        with pytest.raises(RuntimeError):
            operation(dynamo)
        assert len(wire.requests) == 1, name


def test_a_write_beside_a_transaction_is_temporary_in_the_end(dynamo: Dynamo) -> None:
    for name in ("PutItem", "UpdateItem", "DeleteItem"):
        wire = _wire(dynamo, CONFLICT)
        with pytest.raises(ChirrupError) as refusal:
            OPERATIONS[name](dynamo)
        assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE, name
        assert len(wire.requests) == CONFLICT_ROUNDS


def test_a_write_waits_for_a_transaction_on_the_same_item(
    dynamo: Dynamo, pauses: list[float]
) -> None:
    wire = _wire(dynamo, CONFLICT, CONFLICT, answered({}))
    assert DynamoTimeline(dynamo).append(ENTRY) is None
    assert len(wire.requests) == 3
    assert len(pauses) == 2


def test_a_change_beside_another_transaction_is_a_conflict(dynamo: Dynamo) -> None:
    for part in range(3):
        codes = ["None"] * 3
        codes[part] = "TransactionConflict"
        wire = _wire(dynamo, cancelled(*codes))
        with pytest.raises(ChangeConflict) as conflict:
            DynamoTimeline(dynamo).change(CHANGE)
        assert conflict.value.taken is None
        assert len(wire.requests) == 1


def test_a_change_that_meets_a_conflict_and_a_failed_condition_is_a_conflict(
    dynamo: Dynamo,
) -> None:
    _wire(dynamo, cancelled("None", "ConditionalCheckFailed", "TransactionConflict"))
    with pytest.raises(ChangeConflict):
        DynamoTimeline(dynamo).change(CHANGE)


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_throttled_change_is_temporary(dynamo: Dynamo, code: str) -> None:
    _wire(dynamo, cancelled("None", code, "None"))
    with pytest.raises(ChirrupError) as refusal:
        DynamoTimeline(dynamo).change(CHANGE)
    assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE


def test_a_change_that_makes_no_sense_is_a_failure_of_ours(dynamo: Dynamo) -> None:
    _wire(dynamo, cancelled("None", "ValidationError", "None"))
    with pytest.raises(RuntimeError):
        DynamoTimeline(dynamo).change(CHANGE)


def test_each_change_is_a_transaction_of_its_own_but_its_repetitions_are_not(
    dynamo: Dynamo,
) -> None:
    wire = _wire(dynamo, refused("InternalServerError", 500), answered({}))
    DynamoTimeline(dynamo).change(CHANGE)
    DynamoTimeline(dynamo).change(CHANGE)
    first, again, second = (request["ClientRequestToken"] for request in wire.requests)
    assert first == again
    assert first != second


def test_a_conflict_while_opening_does_not_make_the_other_side_unknown(dynamo: Dynamo) -> None:
    conversations = DynamoConversations(dynamo, one_by_one)
    for codes in (
        ("TransactionConflict", "None", "None", "None"),
        ("None", "None", "None", "TransactionConflict"),
        ("ConditionalCheckFailed", "ConditionalCheckFailed", "ConditionalCheckFailed", "None"),
    ):
        _wire(dynamo, cancelled(*codes))
        assert conversations.open(CHAT, "alice")
    _wire(dynamo, cancelled("None", "None", "None", "ConditionalCheckFailed"))
    assert not conversations.open(CHAT, "alice")


def test_what_dynamodb_left_out_of_a_batch_is_asked_for_again(
    dynamo: Dynamo, pauses: list[float]
) -> None:
    def member(user: str) -> dict[str, Any]:
        return {
            "conversation_id": {"S": CHAT.id},
            "item": {"S": f"MEMBER#{user}"},
            "user_id": {"S": user},
            "read_seq": {"N": "4"},
            "read_count": {"N": "4"},
        }

    left = {"conversation_id": {"S": CHAT.id}, "item": {"S": "MEMBER#alice"}}
    unprocessed = {"conversations": {"Keys": [left], "ConsistentRead": True}}
    wire = _wire(
        dynamo,
        answered({"Responses": {"conversations": []}, "UnprocessedKeys": unprocessed}),
        answered({"Responses": {"conversations": [member("alice")]}}),
    )
    _, found, _ = DynamoConversations(dynamo, one_by_one).view(CHAT.id, "alice")
    assert found is not None
    assert found.read_seq == 4
    assert wire.requests[1]["RequestItems"] == unprocessed
    assert len(pauses) == 1


def test_a_batch_that_is_never_whole_is_temporary(dynamo: Dynamo) -> None:
    left = {"conversation_id": {"S": CHAT.id}, "item": {"S": "HEAD"}}
    unprocessed = {"conversations": {"Keys": [left], "ConsistentRead": True}}
    wire = _wire(dynamo, answered({"Responses": {}, "UnprocessedKeys": unprocessed}))
    with pytest.raises(ChirrupError) as refusal:
        DynamoConversations(dynamo, one_by_one).view(CHAT.id, "alice")
    assert refusal.value.code is ErrorCode.TEMPORARILY_UNAVAILABLE
    assert len(wire.requests) == BATCH_GET_ROUNDS


def _stored_profile(name: str) -> dict[str, Any]:
    return {
        "user_id": {"S": "alice"},
        "item": {"S": "PROFILE"},
        "name": {"S": name},
        "created_at": {"N": "5"},
    }


def test_a_profile_whose_first_write_is_not_answered_is_given_back(dynamo: Dynamo) -> None:
    profile = Profile("alice", "Alice", created_at=5)
    taken = refused("ConditionalCheckFailedException", Item=_stored_profile("Alice"))
    _wire(dynamo, answered({}), ReadTimeoutError(endpoint_url=URL), taken)
    assert DynamoUsers(dynamo).ensure(profile) == profile


def test_a_profile_that_was_made_between_looking_and_writing_is_given_back(dynamo: Dynamo) -> None:
    taken = refused("ConditionalCheckFailedException", Item=_stored_profile("Ally"))
    _wire(dynamo, answered({}), taken)
    kept = Profile("alice", "Ally", created_at=5)
    assert DynamoUsers(dynamo).ensure(Profile("alice", "Alice", created_at=6)) == kept
