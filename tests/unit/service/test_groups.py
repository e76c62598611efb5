"""Making groups, changing and dissolving them."""

from typing import Any

import pytest

from chirrup.domain.audiences import Members
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.groups import GROUPS_A_DAY, GROUPS_MAX, History, JoinMode
from chirrup.domain.ids import group_id
from chirrup.domain.quotas import DAY_MS, Quota
from chirrup.domain.rights import Role
from chirrup.ports import Profile
from tests.support.group_items import check_group
from tests.unit.club import DORA, Club
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, CAROL

MANY = [f"user-{number:03}" for number in range(60)]


@pytest.fixture
def club() -> Club:
    return Club()


def test_a_group_is_made_with_its_first_members_by_one_entry(club: Club) -> None:
    first = club.entries()[0]
    assert (first.type, first.sender_id) == ("system.group_created", "alice")
    assert not first.countable
    assert first.content == {"name": "Book club", "user_ids": ["alice", "bob", "carol"]}
    assert [club.role(one) for one in ("alice", "carol")] == [Role.OWNER, Role.MEMBER]
    assert (club.state.name, club.state.size) == ("Book club", 3)
    assert (club.profile.join_mode, club.profile.history) == (JoinMode.APPROVAL, History.JOIN)
    club.check()


def test_everybody_in_it_is_told_of_a_new_group(club: Club) -> None:
    events, audience = club.dispatcher.dispatched[0]
    assert events == (MessageCreated(club.entries()[0]),)
    assert audience.members == Members(club.id, roster=1, seq=1)


def test_nothing_is_unread_in_a_new_group(club: Club) -> None:
    club.say()
    views, _ = club.messaging.conversations.list(CAROL, None, 100)
    assert [view.unread for view in views if view.conversation.id == club.id] == [1]


def test_the_same_request_again_gives_the_same_group(club: Club) -> None:
    before = len(club.entries())
    again = club.make("bob", "carol")
    assert again.head.conversation_id == club.id == group_id("alice", "club")
    assert len(club.entries()) == before
    assert club.records.get(Quota, "alice") == Quota(
        owner="alice", version=1, groups=1, day=club.clock.time // DAY_MS, made=1
    )


@pytest.mark.parametrize("more", [{"name": "Film club"}, {"member_ids": ["bob"]}, {"avatar": "x"}])
def test_another_request_under_the_same_id_is_a_conflict(club: Club, more: dict[str, Any]) -> None:
    with refused(ErrorCode.IDEMPOTENCY_CONFLICT, conversation_id=club.id):
        club.make(**{"member_ids": ["bob", "carol"], **more})


def test_a_large_group_is_made_in_batches_each_with_its_entry(club: Club) -> None:
    club.meet(*MANY)
    made = club.make(*MANY, client_id="large")
    entries = club.entries(made.head.conversation_id)
    assert [entry.type for entry in entries[1:]] == ["system.group_member_joined"] * 2
    assert {entry.content["invited_by"] for entry in entries[1:]} == {"alice"}
    assert made.state.size == 61
    check_group(club, made.head.conversation_id)


def test_a_retry_completes_what_a_crash_left_half_made(club: Club) -> None:
    club.meet(*MANY)
    commits = 0

    def crash(step: str) -> None:
        nonlocal commits
        commits += step == "before commit"
        if commits == 2:
            raise RuntimeError("crashed")

    club.tables.hook = crash
    with pytest.raises(RuntimeError):
        club.make(*MANY, client_id="large")
    club.tables.hook = lambda _: None
    made = club.make(*MANY, client_id="large")
    assert made.state.size == 61
    check_group(club, made.head.conversation_id)


def test_a_retry_does_not_bring_back_who_has_left(club: Club) -> None:
    club.groups.membership.leave(CAROL, club.id)
    assert club.make("bob", "carol").state.size == 2


def test_only_friends_are_brought_in_where_chats_are_for_friends() -> None:
    club = Club(friends_only=True)
    with refused(ErrorCode.NOT_FRIENDS, user_id="dora"):
        club.make("bob", "dora", client_id="other")
    assert group_id("alice", "other") not in club.tables.heads


def test_where_anybody_may_write_anybody_known_is_brought_in(club: Club) -> None:
    assert club.make("dora", client_id="other").state.size == 2
    with refused(ErrorCode.NOT_FOUND, user_id="nobody"):
        club.make("dora", "nobody", client_id="third")


@pytest.mark.parametrize("friends_only", [True, False])
def test_nobody_is_brought_in_who_has_blocked_the_maker(friends_only: bool) -> None:
    club = Club(friends_only=friends_only)
    club.block("carol", "alice")
    with refused(ErrorCode.BLOCKED_BY_PEER, user_id="carol"):
        club.make("bob", "carol", client_id="other")


def test_a_group_has_no_more_members_than_the_installation_allows() -> None:
    club = Club(members_max=3)
    with refused(ErrorCode.GROUP_FULL, limit=3):
        club.make("bob", "carol", "dora", client_id="other")


def test_a_user_makes_so_many_groups_a_day(club: Club) -> None:
    club.fill_quota("alice", made=GROUPS_A_DAY)
    with refused(ErrorCode.RATE_LIMITED, reason="groups_a_day"):
        club.make(client_id="other")
    club.clock.advance(DAY_MS)
    club.make(client_id="other")


@pytest.mark.parametrize("user_id", ["alice", "bob"])
def test_a_user_is_in_so_many_groups(club: Club, user_id: str) -> None:
    club.fill_quota(user_id, groups=GROUPS_MAX)
    with refused(ErrorCode.CONFLICT, limit=GROUPS_MAX, user_id=user_id):
        club.make("bob", client_id="other")


def test_one_sees_ones_own_groups_only(club: Club) -> None:
    other = club.make("dora", client_id="other").head.conversation_id
    groups, next_ = club.groups.groups.list(ALICE, None, 100)
    assert {one.head.conversation_id for one in groups} == {club.id, other}
    assert next_ is None
    mine, _ = club.groups.groups.list(DORA, None, 100)
    assert [one.head.conversation_id for one in mine] == [other]
    first, next_ = club.groups.groups.list(ALICE, None, 1)
    second, _ = club.groups.groups.list(ALICE, next_, 1)
    assert len(first + second) == 2


def test_a_group_that_one_has_left_is_not_listed(club: Club) -> None:
    club.groups.membership.leave(CAROL, club.id)
    assert club.groups.groups.list(CAROL, None, 100) == ([], None)


@pytest.mark.parametrize("id_", ["g_1", "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", None])
def test_an_outsider_does_not_learn_what_groups_there_are(club: Club, id_: str | None) -> None:
    for act in (
        lambda: club.groups.groups.get(DORA, id_ or club.id),
        lambda: club.groups.groups.change(DORA, id_ or club.id, {"name": "Mine"}),
        lambda: club.groups.groups.dissolve(DORA, id_ or club.id),
        lambda: club.groups.leading.transfer(DORA, id_ or club.id, "dora"),
        lambda: club.groups.leading.add_admin(DORA, id_ or club.id, "dora"),
        lambda: club.groups.membership.invite(DORA, id_ or club.id, ["dora"]),
        lambda: club.groups.membership.leave(DORA, id_ or club.id),
        lambda: club.groups.membership.remove(DORA, id_ or club.id, "bob", ban=False),
        lambda: club.groups.membership.mute(DORA, id_ or club.id, "bob", None),
        lambda: club.groups.membership.unmute(DORA, id_ or club.id, "bob"),
        lambda: club.groups.membership.rename(DORA, id_ or club.id, "D"),
        lambda: club.groups.membership.bans(DORA, id_ or club.id, None, 10),
        lambda: club.groups.membership.lift_ban(DORA, id_ or club.id, "bob"),
        lambda: club.groups.joining.requests(DORA, id_ or club.id, None, 10),
        lambda: club.groups.joining.accept(DORA, id_ or club.id, "erin"),
        lambda: club.groups.joining.reject(DORA, id_ or club.id, "erin", None),
        lambda: club.groups.invites.create(DORA, id_ or club.id, 60, None),
        lambda: club.groups.invites.list(DORA, id_ or club.id, None, 10),
        lambda: club.groups.invites.revoke(DORA, id_ or club.id, "code"),
    ):
        with refused(ErrorCode.NOT_MEMBER):
            act()
    assert len(club.entries()) == 2


def test_what_is_no_group_is_no_valid_id(club: Club) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="group_id"):
        club.groups.groups.get(ALICE, "p_alice~bob")


def test_a_change_is_told_with_what_has_changed_and_nothing_else(club: Club) -> None:
    club.change(name="Film club", slow_s=10, join_mode=JoinMode.FREE, description=None)
    entry = club.last()
    assert (entry.type, entry.sender_id) == ("system.group_updated", "alice")
    assert entry.content == {
        "changes": {"name": "Film club", "slow_s": 10, "join_mode": "free"},
        "user_ids": [],
    }
    assert (club.state.name, club.state.slow_s) == ("Film club", 10)
    assert club.profile.join_mode is JoinMode.FREE
    club.check()


def test_what_changes_nothing_is_not_told(club: Club) -> None:
    before = len(club.entries())
    club.change(name="Book club", member_invite=True, muted_all=False)
    assert len(club.entries()) == before


def test_muting_all_has_an_entry_of_its_own(club: Club) -> None:
    club.change(muted_all=True, name="Film club")
    assert [one.type for one in club.entries()[-2:]] == [
        "system.group_updated",
        "system.group_muted_all",
    ]
    with refused(ErrorCode.GROUP_MUTED):
        club.say(CAROL)
    club.say(BOB)
    club.change(muted_all=False)
    assert club.last().type == "system.group_unmuted_all"
    club.say(CAROL)


@pytest.mark.parametrize("changes", [{"name": "x"}, {"muted_all": True}])
def test_a_member_changes_nothing(club: Club, changes: dict[str, Any]) -> None:
    with refused(ErrorCode.ADMIN_REQUIRED):
        club.groups.groups.change(CAROL, club.id, changes)


def test_a_dissolved_group_is_read_and_left_and_nothing_else(club: Club) -> None:
    club.say(CAROL)
    with refused(ErrorCode.OWNER_REQUIRED):
        club.groups.groups.dissolve(BOB, club.id)
    club.groups.groups.dissolve(ALICE, club.id)
    assert club.last().type == "system.group_dissolved"
    for act in (
        lambda: club.say(ALICE),
        lambda: club.change(name="x"),
        lambda: club.change(muted_all=True),
        lambda: club.groups.groups.dissolve(ALICE, club.id),
        lambda: club.groups.leading.transfer(ALICE, club.id, "bob"),
        lambda: club.groups.leading.remove_admin(ALICE, club.id, "bob"),
        lambda: club.groups.membership.invite(ALICE, club.id, ["dora"]),
        lambda: club.groups.membership.remove(ALICE, club.id, "bob", ban=True),
        lambda: club.groups.membership.mute(ALICE, club.id, "bob", 60),
        lambda: club.groups.membership.rename(ALICE, club.id, "A"),
        lambda: club.groups.joining.accept(ALICE, club.id, "dora"),
        lambda: club.groups.invites.create(ALICE, club.id, 60, None),
    ):
        with refused(ErrorCode.GROUP_DISSOLVED):
            act()
    assert club.groups.groups.get(CAROL, club.id).state.dissolved
    assert len(club.seen_by(CAROL)) == 4
    for actor in (CAROL, ALICE, BOB):
        club.groups.membership.leave(actor, club.id)
    assert club.state.size == 0
    club.check()


def test_a_group_that_the_platform_has_stopped_is_read_left_and_dissolved(club: Club) -> None:
    club.ban_by_platform()
    for act in (
        lambda: club.say(ALICE),
        lambda: club.change(name="x"),
        lambda: club.groups.leading.transfer(ALICE, club.id, "bob"),
        lambda: club.groups.membership.invite(ALICE, club.id, ["dora"]),
        lambda: club.groups.membership.remove(ALICE, club.id, "bob", ban=True),
        lambda: club.groups.membership.mute(ALICE, club.id, "bob", 60),
        lambda: club.groups.invites.create(ALICE, club.id, 60, None),
    ):
        with refused(ErrorCode.GROUP_BANNED):
            act()
    assert club.groups.groups.get(CAROL, club.id).state.banned
    club.groups.membership.leave(CAROL, club.id)
    club.groups.groups.dissolve(ALICE, club.id)
    club.check()


def test_a_maker_who_has_left_does_not_get_the_group_back(club: Club) -> None:
    club.groups.leading.transfer(ALICE, club.id, "bob")
    club.groups.membership.leave(ALICE, club.id)
    club.users.ensure(Profile("alice", "Alice"))
    with refused(ErrorCode.NOT_MEMBER):
        club.make("bob", "carol")
