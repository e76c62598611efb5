"""What must not slip through in groups: stale items, parallel sends, and what is told to whom."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chirrup.domain.conversations import Member, Settings
from chirrup.domain.errors import ErrorCode
from chirrup.domain.events import ReceiptRead
from chirrup.service.conversations import HIDDEN_MAX
from chirrup.service.settling import NOTED_MAX
from tests.unit.club import DORA, Club
from tests.unit.grouping import meanwhile
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def club() -> Club:
    return Club()


@pytest.fixture
def late(club: Club, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Member, int], None]]:
    """Has a member item be read as it was for some more times.

    DynamoDB may show one item of a transaction before another.
    """
    known: dict[tuple[str, str], tuple[Member, int]] = {}
    get = dict[tuple[str, str], Member].get

    class Members(dict[tuple[str, str], Member]):
        def get(self, key: Any, default: Any = None) -> Any:
            if key in known and known[key][1] > 0:
                member, times = known[key]
                known[key] = member, times - 1
                return member
            return get(self, key, default)

    monkeypatch.setattr(club.tables, "members", Members(club.tables.members))

    def hold(member: Member, times: int) -> None:
        known[club.id, member.user_id] = member, times

    yield hold
    known.clear()


@pytest.mark.parametrize("times", [1, 2, 4])
def test_a_send_does_not_trust_a_member_item_that_its_removal_has_not_reached(
    club: Club, late: Callable[[Member, int], None], times: int
) -> None:
    def remove() -> None:
        was = club.member("carol")
        club.groups.membership.remove(ALICE, club.id, "carol", ban=False)
        late(was, times)

    meanwhile(club, "before append", remove)
    with refused(ErrorCode.NOT_MEMBER):
        club.say(CAROL)
    assert club.last().type == "system.group_member_removed"


@pytest.mark.parametrize("times", [2, 3])
def test_a_send_waits_until_the_member_item_knows_what_the_head_knows(
    club: Club, late: Callable[[Member, int], None], times: int
) -> None:
    was = club.member("carol")
    club.groups.membership.remove(ALICE, club.id, "carol", ban=False)
    late(was, times)
    with refused(ErrorCode.NOT_MEMBER):
        club.say(CAROL)


@pytest.mark.parametrize("times", [1, 2])
def test_one_who_was_removed_changes_nothing_however_stale_their_item_is_read(
    club: Club, late: Callable[[Member, int], None], times: int
) -> None:
    was = club.member("bob")
    club.groups.membership.remove(ALICE, club.id, "bob", ban=False)
    late(was, times)
    with refused(ErrorCode.NOT_MEMBER):
        club.groups.membership.remove(BOB, club.id, "carol", ban=False)
    assert club.role("carol") is not None


def test_slow_mode_holds_those_who_send_at_the_same_moment(club: Club) -> None:
    club.change(slow_s=60)
    meanwhile(club, "before append", lambda: club.say(CAROL))
    with refused(ErrorCode.RATE_LIMITED, reason="slow_mode"):
        club.say(CAROL)
    assert [one.sender_id for one in club.entries() if one.countable] == ["carol"]


def test_who_has_left_is_not_told_who_reads_on(club: Club) -> None:
    seq = club.say(CAROL).entry.seq
    club.groups.membership.leave(CAROL, club.id)
    club.messaging.receipts.read(BOB, club.id, seq + 1)
    events, audience = club.dispatcher.dispatched[-1]
    assert isinstance(events[0], ReceiptRead)
    assert "carol" not in audience.user_ids


def test_who_was_proposed_and_never_asked_learns_nothing_of_a_refusal(club: Club) -> None:
    club.change(join_mode="approval", member_invite=True)
    club.let_know("carol", "dora")
    club.groups.membership.invite(CAROL, club.id, ["dora"])
    club.groups.joining.reject(ALICE, club.id, "dora", "not her")
    assert club.notices("dora") == []
    assert [one.content["accepted"] for one in club.notices("carol")] == [False]


def test_who_asked_is_told(club: Club) -> None:
    club.change(join_mode="approval")
    club.groups.joining.ask(DORA, club.id, None, None)
    club.groups.joining.reject(ALICE, club.id, "dora", None)
    assert [one.content["accepted"] for one in club.notices("dora")] == [False]


def test_a_muted_member_who_is_made_an_admin_writes_again(club: Club) -> None:
    club.groups.membership.mute(ALICE, club.id, "carol", None)
    club.groups.leading.add_admin(ALICE, club.id, "carol")
    assert club.say(CAROL).entry.sender_id == "carol"


def test_mentions_are_noted_up_to_an_end_and_unread_beyond_it(club: Club) -> None:
    many = frozenset(range(10_000, 10_000 + NOTED_MAX))
    club.tables.settings[club.id, "carol"] = Settings(mentioned=many)
    content = {"text": "Carol?", "mentions": ["carol"]}
    club.send(ALICE, conversation_id=club.id, content=content)
    assert club.tables.settings[club.id, "carol"].mentioned == many
    assert club.messaging.conversations.get(CAROL, club.id).unread == 1


def test_messages_are_deleted_for_oneself_up_to_an_end() -> None:
    world = World()
    world.send(ALICE)
    world.tables.settings[CHAT, "bob"] = Settings(hidden=frozenset(range(9, 9 + HIDDEN_MAX)))
    with refused(ErrorCode.CONFLICT, reason="too_many_hidden", limit=HIDDEN_MAX):
        world.messaging.conversations.delete_message_for_me(BOB, CHAT, 1)


def test_a_block_hides_from_both_how_far_the_other_has_read() -> None:
    world = World()
    world.send(ALICE)
    world.messaging.receipts.read(BOB, CHAT, 1)
    assert world.messaging.conversations.get(ALICE, CHAT).peer_read_seq == 1
    world.friendship.blocks.add(BOB, "alice")
    for actor in (ALICE, BOB):
        assert world.messaging.conversations.get(actor, CHAT).peer_read_seq is None
