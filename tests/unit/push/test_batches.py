"""Batches of entries: within AWS's limits, and sent again as far as they were not taken."""

from collections.abc import Sequence

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
    ReadTimeoutError,
)
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.errors import ErrorCode
from chirrup.push.batches import BATCH, BATCH_BYTES, ROUNDS, Entry, failed_ids, send_all
from tests.fakes import FakeClock
from tests.unit.making import refused

URL = "https://sqs.eu-central-1.amazonaws.com"


class Sending:
    """Takes entries; of each request the first so many are not taken, for some rounds."""

    def __init__(self, not_taken: int = 0, rounds: int = 0) -> None:
        self.requests: list[list[Entry]] = []
        self.taken: list[str] = []
        self._not_taken = not_taken
        self._rounds = rounds

    def __call__(self, entries: Sequence[Entry]) -> list[str]:
        self.requests.append(list(entries))
        first = self._not_taken if len(self.requests) <= self._rounds else 0
        self.taken += [entry["MessageBody"] for entry in entries[first:]]
        return [entry["Id"] for entry in entries[:first]]


def entries(*bodies: str) -> list[Entry]:
    return [{"MessageBody": body} for body in bodies]


@given(st.lists(st.tuples(st.integers(1, 90_000), st.sampled_from("xä中😀")), max_size=40))
def test_batches_hold_all_entries_in_order_and_are_within_the_limits(
    sizes: list[tuple[int, str]],
) -> None:
    bodies = [letter * (size // len(letter.encode()) or 1) for size, letter in sizes]
    sending = Sending()
    send_all(entries(*bodies), sending, FakeClock())
    assert sending.taken == bodies
    for request in sending.requests:
        assert 1 <= len(request) <= BATCH
        assert len({entry["Id"] for entry in request}) == len(request)
        assert sum(len(entry["MessageBody"].encode()) for entry in request) <= BATCH_BYTES


@given(st.lists(st.integers(1, 90_000), max_size=40))
def test_a_batch_ends_only_where_the_next_entry_does_not_fit(sizes: list[int]) -> None:
    sending = Sending()
    send_all(entries(*("x" * size for size in sizes)), sending, FakeClock())
    for one, following in zip(sending.requests, sending.requests[1:], strict=False):
        both = sum(len(entry["MessageBody"]) for entry in [*one, following[0]])
        assert len(one) == BATCH or both + BATCH * (len(one) + 1) > BATCH_BYTES


def test_what_is_larger_than_a_batch_goes_alone() -> None:
    sending = Sending()
    send_all(entries("a", "x" * (BATCH_BYTES + 1), "b"), sending, FakeClock())
    assert [len(request) for request in sending.requests] == [1, 1, 1]


def test_nothing_is_no_request() -> None:
    sending = Sending()
    send_all([], sending, FakeClock())
    assert sending.requests == []


@pytest.mark.parametrize("rounds", range(1, ROUNDS))
def test_what_was_not_taken_is_sent_again_alone_after_a_pause(rounds: int) -> None:
    sending, clock = Sending(2, rounds), FakeClock()
    send_all(entries("a", "b", "c"), sending, clock)
    assert sorted(sending.taken) == ["a", "b", "c"]
    assert [len(request) for request in sending.requests] == [3, *(2 for _ in range(rounds))]
    assert len(clock.pauses) == rounds


def test_what_is_never_taken_is_refused_in_the_end_and_what_follows_is_not_sent() -> None:
    sending = Sending(1, 99)
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        send_all(entries(*map(str, range(15))), sending, FakeClock())
    assert len(sending.requests) == ROUNDS
    assert sending.taken == list(map(str, range(1, 10)))


def client_error(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "SendMessageBatch")


ERRORS: list[Exception] = [
    *map(
        client_error,
        [
            *("AccessDenied", "AuthorizationError", "ExpiredToken", "InternalError"),
            *("InternalFailure", "KMSAccessDenied", "KmsThrottled", "NotFound", "Throttled"),
            *("QueueDoesNotExist", "RequestThrottled", "ServiceUnavailable", "TooManyRequests"),
            *("AWS.SimpleQueueService.BatchRequestTooLong", "InvalidParameterValue"),
        ],
    ),
    ConnectTimeoutError(endpoint_url=URL),
    EndpointConnectionError(endpoint_url=URL),
    HTTPClientError(error="reset"),
    NoCredentialsError(),
    ReadTimeoutError(endpoint_url=URL),
]


@pytest.mark.parametrize("error", ERRORS, ids=str)
def test_any_refusal_of_a_request_is_one_to_try_again_and_no_word_of_it_is_shown(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    def send(_: Sequence[Entry]) -> list[str]:
        raise error

    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        send_all(entries("secret words"), send, FakeClock())
    (line,) = caplog.records
    assert "secret words" not in str(vars(line))


def test_an_error_of_our_own_is_not_hidden() -> None:
    def send(_: Sequence[Entry]) -> list[str]:
        raise KeyError

    with pytest.raises(KeyError):
        send_all(entries("a"), send, FakeClock())


def test_the_ids_that_failed_are_those_of_the_answer() -> None:
    assert failed_ids({"Successful": [{"Id": "0"}]}) == []
    assert failed_ids({"Failed": [{"Id": "3"}, {"Id": "1"}]}) == ["3", "1"]
