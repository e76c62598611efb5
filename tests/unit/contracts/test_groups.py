"""What clients ask for: shapes of requests about groups."""

from typing import Any

import pytest

from chirrup.contracts.base import decode
from chirrup.contracts.group_members import Invitees
from chirrup.contracts.groups import FIRST_MAX, NewGroup, NewOwner
from chirrup.contracts.invites import NewInvite
from chirrup.contracts.joining import NewRequest, Rejection
from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import INVITED_MAX
from chirrup.domain.invites import LINK_S
from tests.unit.making import refused

GROUP: dict[str, Any] = {"client_id": "c", "name": "Book club"}


def test_a_group_needs_a_name_and_an_id_of_the_client() -> None:
    group = decode(NewGroup, GROUP)
    assert (group.member_ids, group.join_mode, group.history) == ([], None, None)
    assert decode(NewGroup, {**GROUP, "join_mode": "free"}).join_mode == "free"
    for field in GROUP:
        with refused(ErrorCode.INVALID_REQUEST, field=field, problem="is required"):
            decode(NewGroup, {name: value for name, value in GROUP.items() if name != field})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "\t"),
        ("name", "x" * 65),
        ("client_id", "a b"),
        ("member_ids", ["x"] * (FIRST_MAX + 1)),
        ("avatar", "javascript:alert(1)"),
        ("description", "x" * 501),
        ("join_mode", 1),
        ("member_invite", "yes"),
        ("size", 3),
    ],
)
def test_a_group_is_within_limits(field: str, value: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        decode(NewGroup, {**GROUP, field: value})


def test_a_bad_user_id_is_named_with_its_place() -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="member_ids.1"):
        decode(NewGroup, {**GROUP, "member_ids": ["bob", "a b"]})
    with refused(ErrorCode.INVALID_REQUEST, field="user_id"):
        decode(NewOwner, {"user_id": ""})


@pytest.mark.parametrize("count", [0, INVITED_MAX + 1])
def test_some_are_invited_but_not_too_many(count: int) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="user_ids"):
        decode(Invitees, {"user_ids": ["x"] * count})


def test_a_link_has_an_end_in_any_case() -> None:
    assert decode(NewInvite, {}).expires_in_s == LINK_S
    for seconds in (59, 31_536_001):
        with refused(ErrorCode.INVALID_REQUEST, field="expires_in_s"):
            decode(NewInvite, {"expires_in_s": seconds})


def test_words_and_codes_are_within_limits() -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="text"):
        decode(NewRequest, {"text": "x" * 256})
    with refused(ErrorCode.INVALID_REQUEST, field="invite"):
        decode(NewRequest, {"invite": "a b"})
    with refused(ErrorCode.INVALID_REQUEST, field="reason"):
        decode(Rejection, {"reason": "x" * 256})
