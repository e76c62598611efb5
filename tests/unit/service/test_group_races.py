"""Two changes of a group at the same moment: one of them first, whichever it is, and no trace of
half a change. The second comes before each single step of the first in turn."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.groups import JoinMode
from chirrup.domain.ids import group_id
from chirrup.domain.rights import Role
from tests.support.group_items import check_group
from tests.unit.club import DORA, ERIN, Club
from tests.unit.world import ALICE, BOB, CAROL

STEPS = 40
"""More than any of these has."""
Act = Callable[[Club], object]
Outcome = ErrorCode | None


def outcome_of(act: Act, club: Club) -> Outcome:
    """None if it was done, else why not."""
    try:
        act(club)
    except ChirrupError as error:
        return error.code
    return None


@contextmanager
def before_step(club: Club, number: int, act: Callable[[], None]) -> Iterator[None]:
    """Do something else before the so manieth step of what runs inside."""
    passed = 0

    def hook(step: str) -> None:
        nonlocal passed
        if not step.startswith("before"):
            return
        passed += 1
        if passed == number:
            act()

    club.tables.hook = hook
    try:
        yield
    finally:
        club.tables.hook = lambda _: None


def race(make: Callable[[], Club], first: Act, second: Act) -> Iterator[tuple[Club, list[Outcome]]]:
    """The outcomes of both, for each step of the first before which the second runs whole."""
    for number in range(1, STEPS):
        club = make()
        between: list[Outcome] = []

        def come_between(club: Club = club, between: list[Outcome] = between) -> None:
            between.append(outcome_of(second, club))

        with before_step(club, number, come_between):
            done = outcome_of(first, club)
        if not between:
            return
        club.check()
        yield club, [done, *between]
    raise AssertionError("there are more steps")


def asked() -> Club:
    club = Club()
    club.groups.joining.ask(DORA, club.id, None, None)
    return club


def free(members_max: int = 500) -> Club:
    club = Club(members_max=members_max)
    club.change(join_mode=JoinMode.FREE)
    return club


def accept(actor: object) -> Act:
    return lambda club: club.groups.joining.accept(actor, club.id, "dora")  # type: ignore[arg-type]


def test_two_who_let_the_same_user_in_do_so_once() -> None:
    for club, outcomes in race(asked, accept(ALICE), accept(BOB)):
        assert sorted(outcomes, key=str) == [None, ErrorCode.REQUEST_HANDLED]
        assert [one.type for one in club.entries()].count("system.group_member_joined") == 1
        assert len(club.notices("dora")) == 1


def test_a_request_is_accepted_or_rejected() -> None:
    def reject(club: Club) -> None:
        club.groups.joining.reject(BOB, club.id, "dora", None)

    for club, outcomes in race(asked, accept(ALICE), reject):
        assert sorted(outcomes, key=str) == [None, ErrorCode.REQUEST_HANDLED]
        accepted = club.notices("dora")[-1].content["accepted"]
        assert accepted is (club.role("dora") is not None)
    for _, outcomes in race(asked, reject, accept(ALICE)):
        assert sorted(outcomes, key=str) == [None, ErrorCode.REQUEST_HANDLED]


def test_an_owner_who_leaves_while_handing_over_leaves_the_group_led() -> None:
    def hand_over(club: Club) -> None:
        club.groups.leading.transfer(ALICE, club.id, "carol")

    def leave(club: Club) -> None:
        club.groups.membership.leave(ALICE, club.id)

    for club, (handed, left) in race(Club, hand_over, leave):
        assert handed is None
        assert left in (None, ErrorCode.OWNER_CANNOT_LEAVE)
        assert club.profile.leader_id == "carol"
        assert club.role("alice") is (Role.ADMIN if left else None)
    for club, (left, handed) in race(Club, leave, hand_over):
        assert handed is None
        assert (left is None) is (club.role("alice") is None)


def test_a_group_is_not_handed_to_one_who_leaves() -> None:
    def hand_over(club: Club) -> None:
        club.groups.leading.transfer(ALICE, club.id, "carol")

    def leave(club: Club) -> None:
        club.groups.membership.leave(CAROL, club.id)

    for first, second in ((hand_over, leave), (leave, hand_over)):
        for club, outcomes in race(Club, first, second):
            assert outcomes.count(None) == 1
            assert (club.role("carol") is Role.OWNER) is (club.profile.leader_id == "carol")


def test_the_last_place_is_taken_once() -> None:
    def join(actor: object) -> Act:
        return lambda club: club.groups.joining.ask(actor, club.id, None, None)  # type: ignore[arg-type]

    for club, outcomes in race(lambda: free(4), join(DORA), join(ERIN)):
        assert sorted(outcomes, key=str) == [None, ErrorCode.GROUP_FULL]
        assert club.state.size == 4


def test_a_group_is_made_once() -> None:
    def make(club: Club) -> None:
        club.make("bob", "dora", client_id="other")

    for club, outcomes in race(Club, make, make):
        assert outcomes == [None, None]
        id_ = group_id("alice", "other")
        assert [one.type for one in club.entries(id_)] == ["system.group_created"]
        check_group(club, id_)


def test_two_groups_under_one_id_are_one_and_a_conflict() -> None:
    def make(name: str) -> Act:
        return lambda club: club.make("bob", client_id="other", name=name)

    for club, outcomes in race(Club, make("One"), make("Two")):
        assert sorted(outcomes, key=str) == [None, ErrorCode.IDEMPOTENCY_CONFLICT]
        check_group(club, group_id("alice", "other"))


def kick(club: Club) -> None:
    club.groups.membership.remove(BOB, club.id, "carol", ban=True)


def dissolve(club: Club) -> None:
    club.groups.groups.dissolve(ALICE, club.id)


def say(club: Club) -> None:
    club.say(CAROL)


@pytest.mark.parametrize(
    ("end", "code"), [(kick, ErrorCode.NOT_MEMBER), (dissolve, ErrorCode.GROUP_DISSOLVED)]
)
@pytest.mark.parametrize("sent_first", [True, False])
def test_a_message_stands_below_the_end_or_is_refused(
    end: Act, code: ErrorCode, sent_first: bool
) -> None:
    first, second = (say, end) if sent_first else (end, say)
    for club, outcomes in race(Club, first, second):
        sent, ended = outcomes if sent_first else outcomes[::-1]
        assert ended is None
        assert sent in (None, code)
        types = [one.type for one in club.entries()]
        assert ("text" in types) is (sent is None)
        assert types[-1] in ("system.group_member_removed", "system.group_dissolved")


def test_one_who_is_banned_does_not_come_in_by_the_side() -> None:
    def come_again(club: Club) -> None:
        club.groups.joining.ask(CAROL, club.id, None, None)

    for club, (_, joined) in race(free, kick, come_again):
        assert joined in (ErrorCode.ALREADY_MEMBER, ErrorCode.NOT_FOUND)
        assert club.member("carol").banned


def test_a_link_for_one_lets_one_in() -> None:
    codes: list[str] = []

    def make() -> Club:
        club = Club()
        codes.append(club.groups.invites.create(ALICE, club.id, 60, 1).name)
        return club

    def join(actor: object) -> Act:
        return lambda club: club.groups.joining.ask(actor, club.id, None, codes[-1])  # type: ignore[arg-type]

    for _, outcomes in race(make, join(DORA), join(ERIN)):
        assert sorted(outcomes, key=str) == [None, ErrorCode.NOT_FOUND]


def test_one_who_is_invited_while_asking_waits_for_nothing() -> None:
    def ask(club: Club) -> None:
        club.groups.joining.ask(DORA, club.id, None, None)

    def invite(club: Club) -> None:
        club.groups.membership.invite(ALICE, club.id, ["dora"])

    for club, outcomes in race(Club, invite, ask):
        assert outcomes[0] is None
        assert club.groups.joining.requests(ALICE, club.id, None, 10) == ([], None)
        if club.role("dora"):
            club.groups.membership.leave(DORA, club.id)
        assert club.groups.joining.requests(ALICE, club.id, None, 10) == ([], None)


def test_who_was_removed_while_asking_to_come_in_is_not_told_that_the_group_is_full() -> None:
    def full() -> Club:
        club = Club(members_max=3)
        club.groups.groups.change(ALICE, club.id, {"join_mode": JoinMode.FREE})
        return club

    def joins(club: Club) -> object:
        return club.groups.joining.ask(BOB, club.id, None, None)

    def kicks(club: Club) -> None:
        club.groups.membership.remove(ALICE, club.id, "bob", ban=False)

    for club, outcomes in race(full, joins, kicks):
        assert ErrorCode.GROUP_FULL not in outcomes
        check_group(club, club.id)
