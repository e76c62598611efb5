"""Links into groups."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import JoinMode
from chirrup.domain.invites import LINKS_MAX, Invite, is_code
from chirrup.service.actor import Actor
from tests.unit.club import DORA, ERIN, Club
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, CAROL


@pytest.fixture
def club() -> Club:
    club = Club()
    club.change(join_mode=JoinMode.INVITE)
    return club


def link(club: Club, *, seconds: int = 60, max_uses: int | None = None) -> Invite:
    return club.groups.invites.create(BOB, club.id, seconds, max_uses)


def join(club: Club, code: str, actor: Actor = DORA) -> bool:
    return club.groups.joining.ask(actor, club.id, None, code)


def codes(club: Club) -> list[str]:
    links, _ = club.groups.invites.list(ALICE, club.id, None, 100)
    return [one.name for one in links]


@pytest.mark.parametrize("mode", [JoinMode.FREE, JoinMode.APPROVAL, JoinMode.INVITE])
def test_whoever_has_a_link_is_in(club: Club, mode: JoinMode) -> None:
    club.change(join_mode=mode)
    assert join(club, link(club).name)
    assert club.last().content == {"way": "link", "invited_by": "bob", "user_ids": ["dora"]}
    assert club.last().sender_id == "dora"
    club.check()


def test_no_link_opens_a_closed_group(club: Club) -> None:
    code = link(club).name
    club.change(join_mode=JoinMode.CLOSED)
    with refused(ErrorCode.NOT_FOUND):
        join(club, code)


def test_a_link_that_is_wrong_says_nothing_of_the_group(club: Club) -> None:
    for mode in JoinMode:
        club.change(join_mode=mode)
        with refused(ErrorCode.NOT_FOUND):
            join(club, "wrong")


def test_a_link_ends(club: Club) -> None:
    code = link(club, seconds=60).name
    club.clock.advance(60_000)
    with refused(ErrorCode.NOT_FOUND):
        join(club, code)
    assert codes(club) == []


def test_a_link_is_for_so_many_users(club: Club) -> None:
    code = link(club, max_uses=1).name
    join(club, code)
    with refused(ErrorCode.NOT_FOUND):
        join(club, code, ERIN)
    assert codes(club) == []
    club.check()


def test_a_link_is_used_once_by_each_user(club: Club) -> None:
    code = link(club).name
    join(club, code)
    club.groups.membership.leave(DORA, club.id)
    with refused(ErrorCode.NOT_FOUND):
        join(club, code)
    join(club, code, ERIN)
    assert join(club, link(club).name)
    stored = club.records.get(Invite, club.id, code)
    assert stored is not None
    assert stored.uses == 2
    club.check()


def test_a_link_that_is_revoked_opens_nothing(club: Club) -> None:
    code = link(club).name
    assert codes(club) == [code]
    club.groups.invites.revoke(ALICE, club.id, code)
    with refused(ErrorCode.NOT_FOUND):
        join(club, code)
    club.groups.invites.revoke(ALICE, club.id, code)
    assert codes(club) == []


def test_one_who_is_banned_needs_more_than_a_link(club: Club) -> None:
    code = link(club).name
    club.groups.membership.remove(BOB, club.id, "carol", ban=True)
    with refused(ErrorCode.NOT_FOUND):
        join(club, code, CAROL)


def test_a_link_into_a_full_group_is_not_used_up() -> None:
    club = Club(members_max=3)
    code = link(club, max_uses=1).name
    with refused(ErrorCode.GROUP_FULL):
        join(club, code)
    assert codes(club) == [code]


def test_links_are_for_those_in_charge(club: Club) -> None:
    for act in (
        lambda: club.groups.invites.create(CAROL, club.id, 60, None),
        lambda: club.groups.invites.list(CAROL, club.id, None, 10),
        lambda: club.groups.invites.revoke(CAROL, club.id, "code"),
    ):
        with refused(ErrorCode.ADMIN_REQUIRED):
            act()


def test_codes_cannot_be_guessed_and_make_no_entries(club: Club) -> None:
    before = len(club.entries())
    first, second = link(club), link(club)
    assert first.name != second.name
    assert is_code(first.name)
    assert len(first.name) == 22
    assert len(club.entries()) == before


def test_there_are_so_many_links_and_those_that_have_ended_make_room(club: Club) -> None:
    for _ in range(LINKS_MAX - 1):
        link(club, seconds=120)
    link(club, seconds=60)
    with refused(ErrorCode.CONFLICT, limit=LINKS_MAX):
        link(club)
    club.clock.advance(60_000)
    code = link(club).name
    assert code in codes(club)
    assert len(codes(club)) == LINKS_MAX
