"""Inviting, leaving, removing, muting."""

import pytest

from chirrup.domain.audiences import WHOLE
from chirrup.domain.conversations import Span
from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import History, JoinMode
from chirrup.domain.joining import JoinRequest, Status
from chirrup.domain.rights import FOREVER, Role
from chirrup.service.actor import Actor
from chirrup.service.membership import Invited
from tests.unit.club import DORA, ERIN, Club
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, CAROL


@pytest.fixture
def club() -> Club:
    return Club()


def invite(club: Club, actor: Actor, *user_ids: str) -> Invited:
    return club.groups.membership.invite(actor, club.id, user_ids)


def remove(club: Club, actor: Actor, user_id: str, *, ban: bool = False) -> None:
    club.groups.membership.remove(actor, club.id, user_id, ban=ban)


@pytest.mark.parametrize("actor", [ALICE, BOB])
def test_those_in_charge_bring_users_in_at_once(club: Club, actor: Actor) -> None:
    assert invite(club, actor, "dora", "erin", "carol") == Invited(added=("dora", "erin"))
    entry = club.last()
    assert (entry.type, entry.sender_id) == ("system.group_member_joined", actor.user_id)
    assert entry.content == {
        "way": "invited",
        "invited_by": actor.user_id,
        "user_ids": ["dora", "erin"],
    }
    assert club.state.size == 5
    club.check()


def test_fifty_come_in_by_as_many_entries_as_it_takes(club: Club) -> None:
    many = [f"user-{number}" for number in range(50)]
    club.meet(*many)
    assert set(invite(club, ALICE, *many).added) == set(many)
    assert club.state.size == 53
    club.check()


def test_all_are_looked_at_before_any_comes_in(club: Club) -> None:
    many = [f"user-{number}" for number in range(49)]
    club.meet(*many)
    with refused(ErrorCode.NOT_FOUND, user_id="nobody"):
        invite(club, ALICE, *many, "nobody")
    assert club.state.size == 3


def test_where_joining_needs_approval_members_propose(club: Club) -> None:
    assert invite(club, CAROL, "dora", "erin") == Invited(awaiting=("dora", "erin"))
    assert club.role("dora") is None
    for user_id in ("alice", "bob"):
        (notice,) = club.notices(user_id)
        assert (notice.type, notice.sender_id) == ("notice.group_request_received", "carol")
        assert notice.content == {
            "group_id": club.id,
            "user_ids": ["dora", "erin"],
            "invited_by": "carol",
        }
    club.groups.joining.accept(BOB, club.id, "dora")
    assert club.last().content["invited_by"] == "carol"
    assert [one.type for one in club.notices("carol")] == ["notice.group_request_handled"]
    assert club.notices("carol")[0].content == club.notices("dora")[0].content
    club.check()


@pytest.mark.parametrize("mode", [JoinMode.FREE, JoinMode.INVITE])
def test_elsewhere_members_bring_in_at_once(club: Club, mode: JoinMode) -> None:
    club.change(join_mode=mode)
    assert invite(club, CAROL, "dora").added == ("dora",)


def test_members_invite_only_where_they_may(club: Club) -> None:
    club.change(member_invite=False)
    with refused(ErrorCode.ADMIN_REQUIRED):
        invite(club, CAROL, "dora")
    club.change(member_invite=True, join_mode=JoinMode.CLOSED)
    with refused(ErrorCode.ADMIN_REQUIRED):
        invite(club, CAROL, "dora")
    assert invite(club, BOB, "dora").added == ("dora",)


def test_where_all_are_in_there_is_nobody_to_bring(club: Club) -> None:
    with refused(ErrorCode.ALREADY_MEMBER):
        invite(club, ALICE, "bob", "carol", "alice")


def test_a_stranger_or_one_who_blocks_is_not_brought_in() -> None:
    club = Club(friends_only=True)
    with refused(ErrorCode.NOT_FRIENDS, user_id="dora"):
        invite(club, ALICE, "dora")
    club.let_know("bob", "dora")
    club.block("dora", "bob")
    with refused(ErrorCode.BLOCKED_BY_PEER, user_id="dora"):
        invite(club, BOB, "dora")


def test_a_full_group_takes_nobody() -> None:
    club = Club(members_max=4)
    with refused(ErrorCode.GROUP_FULL, limit=4):
        invite(club, ALICE, "dora", "erin")
    invite(club, ALICE, "dora")
    club.check()


def test_one_who_asked_before_being_brought_in_waits_no_more(club: Club) -> None:
    club.groups.joining.ask(DORA, club.id, None, None)
    invite(club, ALICE, "dora")
    request = club.records.get(JoinRequest, club.id, "dora")
    assert request is not None
    assert (request.status, request.handled_by) == (Status.ACCEPTED, "alice")
    club.check()


def test_leaving_is_seen_by_the_one_who_leaves(club: Club) -> None:
    club.groups.membership.leave(CAROL, club.id)
    entry = club.last()
    assert (entry.type, entry.content) == ("system.group_member_left", {"user_ids": ["carol"]})
    assert club.dispatcher.dispatched[-1][1].user_ids == ("carol",)
    club.say(ALICE)
    assert club.seen_by(CAROL)[-1] == entry
    with refused(ErrorCode.NOT_MEMBER):
        club.groups.membership.leave(CAROL, club.id)
    club.check()


def test_the_owner_cannot_leave_before_handing_over(club: Club) -> None:
    with refused(ErrorCode.OWNER_CANNOT_LEAVE):
        club.groups.membership.leave(ALICE, club.id)
    with refused(ErrorCode.OWNER_CANNOT_LEAVE):
        remove(club, ALICE, "alice")
    club.groups.leading.transfer(ALICE, club.id, "carol")
    club.groups.membership.leave(ALICE, club.id)
    club.check()


def test_an_admin_who_leaves_is_no_admin_any_more(club: Club) -> None:
    remove(club, BOB, "bob")
    assert club.profile.admin_ids == ()
    assert club.last().type == "system.group_member_left"
    club.check()


@pytest.mark.parametrize(
    ("actor", "user_id", "code"),
    [
        (CAROL, "bob", ErrorCode.ADMIN_REQUIRED),
        (BOB, "alice", ErrorCode.OWNER_REQUIRED),
        (BOB, "dora", ErrorCode.NOT_FOUND),
    ],
)
def test_a_removal_needs_the_right_to_it(
    club: Club, actor: Actor, user_id: str, code: ErrorCode
) -> None:
    with refused(code):
        remove(club, actor, user_id)


def test_an_admin_removes_members_and_the_owner_all_others(club: Club) -> None:
    remove(club, BOB, "carol")
    assert club.last().content == {"banned": False, "user_ids": ["carol"]}
    remove(club, ALICE, "bob")
    assert (club.state.size, club.profile.admin_ids) == (1, ())
    with refused(ErrorCode.NOT_MEMBER):
        club.say(BOB)
    club.check()


def test_one_who_comes_again_sees_both_stays_and_not_what_was_between(club: Club) -> None:
    club.groups.membership.mute(ALICE, club.id, "carol", None)
    remove(club, BOB, "carol")
    left_at = club.head.last_seq
    club.say(ALICE)
    invite(club, ALICE, "carol")
    member = club.member("carol")
    assert member.stays == (Span(1, left_at),)
    assert (member.since, member.read_seq) == (left_at + 2, left_at + 2)
    assert not member.sees(left_at + 1)
    club.say(CAROL)
    club.check()


def test_where_history_is_shown_newcomers_see_everything(club: Club) -> None:
    club.change(history=History.ALL)
    club.say(ALICE)
    invite(club, ALICE, "dora")
    assert club.seen_by(DORA)[0].seq == 1
    assert club.messaging.conversations.get(DORA, club.id).unread == 0
    club.check()


def test_one_who_had_muted_the_group_has_so_when_coming_again(club: Club) -> None:
    club.messaging.conversations.change_settings(CAROL, club.id, {"muted": True})
    remove(club, BOB, "carol")
    assert "carol" not in club.rosters.roster(club.id, 0, WHOLE).muted
    invite(club, ALICE, "carol")
    assert club.rosters.roster(club.id, 0, WHOLE).muted == {"carol"}
    club.check()


def test_one_who_is_banned_comes_again_only_by_those_in_charge(club: Club) -> None:
    club.change(join_mode=JoinMode.FREE)
    remove(club, BOB, "carol", ban=True)
    assert club.last().content["banned"] is True
    (ban,), _ = club.groups.membership.bans(BOB, club.id, None, 10)
    assert (ban.name, ban.by, ban.at) == ("carol", "bob", club.clock.time)
    with refused(ErrorCode.NOT_FOUND):
        club.groups.joining.ask(CAROL, club.id, None, None)
    invite(club, ALICE, "dora")
    with refused(ErrorCode.FORBIDDEN, user_id="carol"):
        invite(club, DORA, "carol")
    club.check()
    invite(club, BOB, "carol")
    assert club.groups.membership.bans(BOB, club.id, None, 10) == ([], None)
    assert club.role("carol") is Role.MEMBER
    club.check()


def test_a_ban_that_is_lifted_lets_one_ask_again(club: Club) -> None:
    club.change(join_mode=JoinMode.FREE)
    remove(club, BOB, "carol", ban=True)
    club.groups.membership.lift_ban(ALICE, club.id, "carol")
    assert club.last().content == {"unbanned": True, "user_ids": ["carol"]}
    club.check()
    assert club.groups.joining.ask(CAROL, club.id, None, None)
    with refused(ErrorCode.NOT_FOUND):
        club.groups.membership.lift_ban(ALICE, club.id, "carol")
    club.check()


def test_bans_are_for_those_in_charge(club: Club) -> None:
    with refused(ErrorCode.ADMIN_REQUIRED):
        club.groups.membership.bans(CAROL, club.id, None, 10)
    with refused(ErrorCode.ADMIN_REQUIRED):
        club.groups.membership.lift_ban(CAROL, club.id, "dora")


def test_a_mute_ends_by_itself(club: Club) -> None:
    club.groups.membership.mute(BOB, club.id, "carol", 60)
    until = club.clock.time + 60_000
    assert club.last().type == "system.group_member_muted"
    assert club.last().content == {"until": until, "user_ids": ["carol"]}
    with refused(ErrorCode.MEMBER_MUTED, muted_until=until):
        club.say(CAROL)
    club.clock.advance(60_000)
    club.say(CAROL)
    club.check()


def test_a_mute_without_end_is_ended_by_somebody(club: Club) -> None:
    club.groups.membership.mute(BOB, club.id, "carol", None)
    assert club.member("carol").muted_until == FOREVER
    assert club.last().content == {"user_ids": ["carol"]}
    club.groups.membership.unmute(BOB, club.id, "carol")
    assert club.last().type == "system.group_member_unmuted"
    club.say(CAROL)
    before = len(club.entries())
    club.groups.membership.unmute(BOB, club.id, "carol")
    assert len(club.entries()) == before
    club.check()


@pytest.mark.parametrize(
    ("actor", "user_id", "code"),
    [
        (CAROL, "bob", ErrorCode.ADMIN_REQUIRED),
        (BOB, "alice", ErrorCode.OWNER_REQUIRED),
        (BOB, "bob", ErrorCode.CANNOT_TARGET_SELF),
        (BOB, "dora", ErrorCode.NOT_FOUND),
    ],
)
def test_a_mute_needs_the_right_to_it(
    club: Club, actor: Actor, user_id: str, code: ErrorCode
) -> None:
    with refused(code):
        club.groups.membership.mute(actor, club.id, user_id, None)
    with refused(code):
        club.groups.membership.unmute(actor, club.id, user_id)


def test_a_name_in_the_group_is_ones_own_and_makes_no_entry(club: Club) -> None:
    before = len(club.entries())
    club.groups.membership.rename(CAROL, club.id, "Caz")
    assert club.member("carol").nickname == "Caz"
    club.groups.membership.rename(CAROL, club.id, None)
    assert club.member("carol").nickname is None
    assert len(club.entries()) == before
    assert ERIN.user_id not in dict(club.rosters.roster(club.id, 0, WHOLE).since)
