"""Who may do what in a group."""

import pytest

from chirrup.domain import groups, rights
from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import ADMINS_MAX, GroupProfile, JoinMode
from chirrup.domain.rights import Act, GroupState, Role
from tests.fakes.clock import NOON
from tests.unit.making import refused

OWNER, ADMIN, MEMBER = Role.OWNER, Role.ADMIN, Role.MEMBER
STATE = GroupState("Book club", size=3)
PROFILE = GroupProfile(
    owner="g_1", creator_id="alice", digest="", leader_id="alice", created_at=NOON
)
# behaviour.md, 4: one row for each line of the table.
TABLE = [
    (Act.CHANGE, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.DISSOLVE, {OWNER}, ErrorCode.OWNER_REQUIRED),
    (Act.TRANSFER, {OWNER}, ErrorCode.OWNER_REQUIRED),
    (Act.CHANGE_ADMINS, {OWNER}, ErrorCode.OWNER_REQUIRED),
    (Act.KICK, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.MUTE, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.MUTE_ALL, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.PIN, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.ANNOUNCE, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.APPROVE, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.LINK, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
    (Act.MENTION_ALL, {OWNER, ADMIN}, ErrorCode.ADMIN_REQUIRED),
]


def test_the_table_of_rights_is_whole() -> None:
    assert {act for act, _, _ in TABLE} == set(Act)


@pytest.mark.parametrize(("act", "allowed", "code"), TABLE)
@pytest.mark.parametrize("role", [*Role, None])
def test_a_role_may_do_what_the_table_says(
    act: Act, allowed: set[Role], code: ErrorCode, role: Role | None
) -> None:
    if role in allowed:
        rights.check_act(act, role)
        return
    with refused(ErrorCode.NOT_MEMBER if role is None else code):
        rights.check_act(act, role)


@pytest.mark.parametrize(
    ("role", "other", "allowed"),
    [
        (OWNER, ADMIN, True),
        (OWNER, MEMBER, True),
        (ADMIN, OWNER, False),
        (ADMIN, ADMIN, False),
        (ADMIN, MEMBER, True),
    ],
)
def test_the_owner_acts_on_all_others_and_admins_on_members(
    role: Role, other: Role, allowed: bool
) -> None:
    if allowed:
        rights.check_over(role, other)
        return
    with refused(ErrorCode.OWNER_REQUIRED):
        rights.check_over(role, other)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("mode", JoinMode)
@pytest.mark.parametrize("open_", [True, False])
def test_members_invite_where_they_may_and_those_in_charge_always(
    role: Role, mode: JoinMode, open_: bool
) -> None:
    profile = GroupProfile(
        owner="g_1",
        creator_id="alice",
        digest="",
        leader_id="alice",
        created_at=NOON,
        join_mode=mode,
        member_invite=open_,
    )
    if role is not MEMBER or (open_ and mode is not JoinMode.CLOSED):
        groups.check_inviting(profile, role)
        return
    with refused(ErrorCode.ADMIN_REQUIRED):
        groups.check_inviting(profile, role)


@pytest.mark.parametrize(("size", "coming"), [(2, 1), (3, 0), (9, 0)])
def test_there_is_room_up_to_the_limit(size: int, coming: int) -> None:
    groups.check_room(size, coming, 3)


def test_beyond_the_limit_a_group_is_full() -> None:
    with refused(ErrorCode.GROUP_FULL, limit=3):
        groups.check_room(2, 2, 3)


@pytest.mark.parametrize(
    ("state", "role", "muted_until", "code"),
    [
        (STATE, MEMBER, 0, None),
        (STATE, MEMBER, NOON, None),
        (STATE, MEMBER, NOON + 1, ErrorCode.MEMBER_MUTED),
        (STATE, ADMIN, NOON + 1, ErrorCode.MEMBER_MUTED),
        (GroupState("", 1, muted_all=True), MEMBER, 0, ErrorCode.GROUP_MUTED),
        (GroupState("", 1, muted_all=True), ADMIN, 0, None),
        (GroupState("", 1, muted_all=True), OWNER, 0, None),
        (GroupState("", 1, dissolved=True), OWNER, 0, ErrorCode.GROUP_DISSOLVED),
        (GroupState("", 1, banned=True), OWNER, 0, ErrorCode.GROUP_BANNED),
    ],
)
def test_writing_needs_a_group_that_lets_one(
    state: GroupState, role: Role, muted_until: int, code: ErrorCode | None
) -> None:
    if code is None:
        rights.check_may_write(state, role, muted_until, NOON)
        return
    with refused(code):
        rights.check_may_write(state, role, muted_until, NOON)


def test_a_mute_without_end_tells_none() -> None:
    with refused(ErrorCode.MEMBER_MUTED, muted_until=None):
        rights.check_may_write(STATE, MEMBER, rights.FOREVER, NOON)


def test_there_are_ten_admins_at_most() -> None:
    profile = PROFILE
    for number in range(ADMINS_MAX):
        profile = profile.with_admin(f"user-{number}")
    with refused(ErrorCode.CONFLICT, limit=ADMINS_MAX):
        profile.with_admin("one-more")
    assert profile.without_admin("user-0").with_admin("one-more").admin_ids[-1] == "one-more"


def test_a_former_owner_is_an_admin_where_there_is_room() -> None:
    handed = PROFILE.with_admin("bob").led_by("bob")
    assert (handed.leader_id, handed.admin_ids) == ("bob", ("alice",))
    full = PROFILE
    for number in range(ADMINS_MAX):
        full = full.with_admin(f"user-{number}")
    assert "alice" not in full.led_by("bob").admin_ids
    assert "alice" in full.led_by("user-0").admin_ids
