"""Who may do what in a group: the tables of rights."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.rights import (
    ACTS,
    FOREVER,
    Act,
    GroupState,
    Role,
    check_act,
    check_alive,
    check_may_write,
    check_over,
    check_slow,
)
from tests.fakes.clock import NOON
from tests.unit.making import refused

OPEN = GroupState("Book club", 3)
OWNER_ALONE = {Act.DISSOLVE, Act.TRANSFER, Act.CHANGE_ADMINS}


def test_every_act_stands_in_the_table() -> None:
    assert ACTS.keys() == set(Act)


@pytest.mark.parametrize("act", Act)
def test_the_owner_may_do_everything_and_admins_most(act: Act) -> None:
    check_act(act, Role.OWNER)
    if act in OWNER_ALONE:
        for role in (Role.ADMIN, Role.MEMBER):
            with refused(ErrorCode.OWNER_REQUIRED):
                check_act(act, role)
    else:
        check_act(act, Role.ADMIN)
        with refused(ErrorCode.ADMIN_REQUIRED):
            check_act(act, Role.MEMBER)
    with refused(ErrorCode.NOT_MEMBER):
        check_act(act, None)


@pytest.mark.parametrize("other", Role)
def test_admins_act_on_members_alone_and_the_owner_on_everybody(other: Role) -> None:
    check_over(Role.OWNER, other)
    if other is Role.MEMBER:
        check_over(Role.ADMIN, other)
    else:
        with refused(ErrorCode.OWNER_REQUIRED):
            check_over(Role.ADMIN, other)


def test_nothing_changes_in_a_group_that_has_ended() -> None:
    check_alive(OPEN)
    for state, code in (
        (GroupState("x", 1, dissolved=True), ErrorCode.GROUP_DISSOLVED),
        (GroupState("x", 1, banned=True), ErrorCode.GROUP_BANNED),
        (GroupState("x", 1, dissolved=True, banned=True), ErrorCode.GROUP_DISSOLVED),
    ):
        with refused(code):
            check_alive(state)
        for role in Role:
            with refused(code):
                check_may_write(state, role, 0, NOON)


@pytest.mark.parametrize("role", Role)
def test_in_a_muted_group_only_members_are_silent(role: Role) -> None:
    check_may_write(OPEN, role, 0, NOON)
    muted = GroupState("x", 3, muted_all=True)
    if role is Role.MEMBER:
        with refused(ErrorCode.GROUP_MUTED):
            check_may_write(muted, role, 0, NOON)
    else:
        check_may_write(muted, role, 0, NOON)


@pytest.mark.parametrize("role", Role)
def test_who_is_muted_is_told_until_when(role: Role) -> None:
    with refused(ErrorCode.MEMBER_MUTED, muted_until=NOON + 1):
        check_may_write(OPEN, role, NOON + 1, NOON)
    check_may_write(OPEN, role, NOON, NOON)
    check_may_write(OPEN, role, NOON - 1, NOON)


def test_a_mute_without_an_end_names_none() -> None:
    with refused(ErrorCode.MEMBER_MUTED, muted_until=None):
        check_may_write(OPEN, Role.MEMBER, FOREVER, NOON)


def test_in_slow_mode_members_wait_and_others_do_not() -> None:
    slow = GroupState("x", 3, slow_s=30)
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=1, reason="slow_mode"):
        check_slow(slow, Role.MEMBER, NOON, NOON + 29_999)
    check_slow(slow, Role.MEMBER, NOON, NOON + 30_000)
    check_slow(slow, Role.MEMBER, 0, NOON)
    for role in (Role.ADMIN, Role.OWNER):
        check_slow(slow, role, NOON, NOON)
    check_slow(OPEN, Role.MEMBER, NOON, NOON)
    # A clock that was ahead makes nobody wait where there is no slow mode.
    check_slow(OPEN, Role.MEMBER, NOON + 5, NOON)
