"""Who may see and do what in a conversation."""

import pytest

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.errors import ErrorCode
from chirrup.domain.ids import group_id, parse_conversation_id
from chirrup.service.access import audience_of, can_see, check_mentions, own_conversation
from tests.fakes import FakeConversations, FakeTables
from tests.unit.making import CHAT, message, refused, text
from tests.unit.world import ALICE


def test_ones_own_conversation_is_taken_apart_and_others_are_refused() -> None:
    assert own_conversation(CHAT, "bob").users == ("alice", "bob")
    assert own_conversation("s_bob", "bob").users == ("bob",)
    for id_ in (CHAT, "s_bob", "g_1"):
        with refused(ErrorCode.NOT_MEMBER):
            own_conversation(id_, "carol")
    with refused(ErrorCode.INVALID_REQUEST):
        own_conversation("nonsense", "carol")


def test_one_sees_what_one_has_not_deleted() -> None:
    member = Member(CHAT, "bob", cleared_seq=2)
    settings = Settings(hidden=frozenset({4}))
    seen = [seq for seq in range(1, 6) if can_see(message(seq), member, settings)]
    assert seen == [3, 5]
    assert not can_see(None, member, settings)


@pytest.mark.parametrize("mentions", [[], ["bob"], ["alice", "bob", "bob"]])
def test_members_may_be_named(mentions: list[str]) -> None:
    conversations = FakeConversations(FakeTables())
    for content in (text("hi", mentions=mentions), text("hi")):
        check_mentions(conversations, parse_conversation_id(CHAT), Member(CHAT, "bob"), content)


def test_everyone_concerned_is_told() -> None:
    for id_, users in ((CHAT, ("alice", "bob")), ("s_bob", ("bob",))):
        heard = audience_of(parse_conversation_id(id_), Head(id_), 1, but=ALICE, muted=("bob",))
        assert heard == Audience(users, but_connection="alice-phone=", muted=("bob",))


def test_of_a_group_its_members_are_told_who_see_it() -> None:
    group = parse_conversation_id(group_id("alice", "c1"))
    heard = audience_of(group, Head(group.id, roster=7), 5)
    assert heard == Audience(members=Members(group.id, roster=7, seq=5))
