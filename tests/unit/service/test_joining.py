"""Asking to come in, and answering it."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import JoinMode
from chirrup.domain.joining import REQUEST_MS
from chirrup.service.actor import Actor
from tests.unit.club import DORA, ERIN, Club
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, CAROL


@pytest.fixture
def club() -> Club:
    return Club()


def ask(club: Club, actor: Actor = DORA, text: str | None = None) -> bool:
    return club.groups.joining.ask(actor, club.id, text, None)


def waiting(club: Club) -> list[str]:
    requests, _ = club.groups.joining.requests(ALICE, club.id, None, 100)
    return [request.name for request in requests]


def test_a_free_group_is_joined_at_once(club: Club) -> None:
    club.change(join_mode=JoinMode.FREE)
    assert ask(club)
    assert (club.last().type, club.last().sender_id) == ("system.group_member_joined", "dora")
    assert club.last().content == {"way": "free", "user_ids": ["dora"]}
    with refused(ErrorCode.ALREADY_MEMBER):
        ask(club)
    club.check()


def test_elsewhere_those_in_charge_are_asked(club: Club) -> None:
    assert not ask(club, text="I love books.")
    for user_id in ("alice", "bob"):
        (notice,) = club.notices(user_id)
        assert (notice.type, notice.sender_id) == ("notice.group_request_received", "dora")
        assert notice.content == {
            "group_id": club.id,
            "user_ids": ["dora"],
            "text": "I love books.",
        }
    assert club.notices("carol") == []
    assert waiting(club) == ["dora"]


def test_asking_again_makes_the_request_anew(club: Club) -> None:
    ask(club, text="Please.")
    club.clock.advance(REQUEST_MS - 1)
    ask(club, text="Pretty please.")
    assert len(club.notices("alice")) == 1
    club.clock.advance(REQUEST_MS - 1)
    (request,), _ = club.groups.joining.requests(BOB, club.id, None, 100)
    assert request.text == "Pretty please."
    club.groups.joining.accept(BOB, club.id, "dora")
    club.check()


def test_one_who_is_let_in_is_told(club: Club) -> None:
    ask(club)
    club.groups.joining.accept(BOB, club.id, "dora")
    assert (club.last().sender_id, club.last().content) == (
        "bob",
        {"way": "request", "user_ids": ["dora"]},
    )
    (notice,) = club.notices("dora")
    assert (notice.type, notice.sender_id) == ("notice.group_request_handled", "bob")
    assert notice.content == {"group_id": club.id, "user_id": "dora", "accepted": True}
    assert waiting(club) == []
    club.check()


def test_one_who_is_not_let_in_is_told_why_and_may_ask_again(club: Club) -> None:
    ask(club)
    club.groups.joining.reject(BOB, club.id, "dora", "We are full.")
    assert club.notices("dora")[0].content == {
        "group_id": club.id,
        "user_id": "dora",
        "accepted": False,
        "reason": "We are full.",
    }
    assert waiting(club) == []
    ask(club)
    assert waiting(club) == ["dora"]
    assert len(club.notices("alice")) == 2
    club.check()


def test_a_request_is_answered_once(club: Club) -> None:
    ask(club)
    club.groups.joining.reject(BOB, club.id, "dora", None)
    with refused(ErrorCode.REQUEST_HANDLED):
        club.groups.joining.accept(ALICE, club.id, "dora")
    with refused(ErrorCode.REQUEST_HANDLED):
        club.groups.joining.reject(ALICE, club.id, "dora", None)
    with refused(ErrorCode.REQUEST_HANDLED):
        club.groups.joining.withdraw(DORA, club.id, "dora")


def test_what_nobody_has_asked_cannot_be_answered(club: Club) -> None:
    with refused(ErrorCode.NOT_FOUND):
        club.groups.joining.accept(ALICE, club.id, "dora")


def test_a_request_expires(club: Club) -> None:
    ask(club)
    club.clock.advance(REQUEST_MS)
    assert waiting(club) == []
    with refused(ErrorCode.REQUEST_EXPIRED):
        club.groups.joining.accept(ALICE, club.id, "dora")
    with refused(ErrorCode.REQUEST_EXPIRED):
        club.groups.joining.reject(ALICE, club.id, "dora", None)
    ask(club)
    assert len(club.notices("alice")) == 2


def test_only_ones_own_request_is_taken_back(club: Club) -> None:
    ask(club)
    for actor in (ALICE, BOB, CAROL, ERIN):
        with refused(ErrorCode.FORBIDDEN):
            club.groups.joining.withdraw(actor, club.id, "dora")
    club.groups.joining.withdraw(DORA, club.id, "dora")
    assert waiting(club) == []
    with refused(ErrorCode.REQUEST_HANDLED):
        club.groups.joining.accept(ALICE, club.id, "dora")
    for group_id in (club.id, "g_1"):
        with refused(ErrorCode.NOT_FOUND):
            club.groups.joining.withdraw(ERIN, group_id, "erin")


@pytest.mark.parametrize("mode", [JoinMode.INVITE, JoinMode.CLOSED])
def test_a_group_without_a_door_is_as_one_that_does_not_exist(club: Club, mode: JoinMode) -> None:
    club.change(join_mode=mode)
    for group_id in (club.id, "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", "g_1", "p_alice~dora"):
        with refused(ErrorCode.NOT_FOUND):
            club.groups.joining.ask(DORA, group_id, None, None)


def test_a_group_that_is_no_more_is_as_one_that_does_not_exist(club: Club) -> None:
    club.change(join_mode=JoinMode.FREE)
    club.ban_by_platform()
    with refused(ErrorCode.NOT_FOUND):
        ask(club)
    club.groups.groups.dissolve(ALICE, club.id)
    with refused(ErrorCode.NOT_FOUND):
        ask(club)


@pytest.mark.parametrize("mode", [JoinMode.FREE, JoinMode.APPROVAL])
def test_a_full_group_says_so(mode: JoinMode) -> None:
    club = Club(members_max=3)
    club.change(join_mode=mode)
    with refused(ErrorCode.GROUP_FULL, limit=3):
        ask(club)
    club.check()


def test_nobody_is_let_into_a_full_group() -> None:
    club = Club(members_max=4)
    ask(club)
    ask(club, ERIN)
    club.groups.joining.accept(ALICE, club.id, "erin")
    with refused(ErrorCode.GROUP_FULL, limit=4):
        club.groups.joining.accept(ALICE, club.id, "dora")
    assert waiting(club) == ["dora"]
    club.check()


def test_requests_are_for_those_in_charge(club: Club) -> None:
    ask(club)
    for act in (
        lambda: club.groups.joining.requests(CAROL, club.id, None, 100),
        lambda: club.groups.joining.accept(CAROL, club.id, "dora"),
        lambda: club.groups.joining.reject(CAROL, club.id, "dora", None),
    ):
        with refused(ErrorCode.ADMIN_REQUIRED):
            act()


def test_open_requests_come_in_pages_that_skip_the_answered_ones(club: Club) -> None:
    many = [f"user-{number:02}" for number in range(12)]
    club.meet(*many)
    for user_id in many:
        ask(club, Actor(user_id))
    for user_id in many[:9]:
        club.groups.joining.reject(ALICE, club.id, user_id, None)
    first, at = club.groups.joining.requests(ALICE, club.id, None, 2)
    second, at = club.groups.joining.requests(ALICE, club.id, at, 2)
    assert [one.name for one in (*first, *second)] == many[9:]
    assert at is None
