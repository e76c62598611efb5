"""Requests and links."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.invites import Invite, is_code
from chirrup.domain.joining import REQUEST_MS, JoinRequest, Status
from tests.fakes.clock import NOON
from tests.unit.making import refused

REQUEST = JoinRequest(owner="g_1", name="dora", asked_at=NOON)
LINK = Invite(owner="g_1", name="code", by="alice", made_at=NOON, ends_at=NOON + 60)


def test_a_request_can_be_answered_for_seven_days() -> None:
    REQUEST.check_open(NOON + REQUEST_MS - 1)
    with refused(ErrorCode.REQUEST_EXPIRED):
        REQUEST.check_open(NOON + REQUEST_MS)
    assert REQUEST.expires_at > NOON + REQUEST_MS


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN])
def test_a_request_is_answered_once(status: Status) -> None:
    with refused(ErrorCode.REQUEST_HANDLED):
        REQUEST.handled(status, "alice", NOON).check_open(NOON)


def test_a_link_is_good_until_its_end() -> None:
    assert LINK.is_good(NOON + 59)
    assert not LINK.is_good(NOON + 60)


def test_a_link_is_good_for_so_many() -> None:
    twice = Invite(owner="g", name="c", by="a", made_at=NOON, ends_at=NOON + 60, max_uses=2)
    assert twice.used().is_good(NOON)
    assert not twice.used().used().is_good(NOON)


@pytest.mark.parametrize(
    ("code", "good"),
    [("Zk3v0yqk1mV9m2y8Q2h1Aw", True), ("a-b_C", True), ("", False), ("a#b", False)],
)
def test_a_code_has_the_characters_of_codes(code: str, good: bool) -> None:
    assert is_code(code) is good
