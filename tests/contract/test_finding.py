"""Finders: what they find, how far they get, and what that costs."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain.conversations import Head, Span, preview_of
from chirrup.domain.finding import Criteria
from chirrup.domain.ids import Conversation, parse_conversation_id, private_id
from chirrup.domain.messages import EDITED, Entry, Recalled
from chirrup.ports import Profile
from chirrup.ports.finding import Found, Stretch
from chirrup.storage.finding import CHUNK, CHUNKS_MAX
from tests.contract.conftest import DYNAMO, SERVERS
from tests.contract.entries import T0, message, reaction
from tests.contract.stores import Stores
from tests.support.watching import watched

LOCAL = [parameter for parameter in SERVERS if "dynamodb_local" in parameter.values]
Say = Callable[..., Entry]


@pytest.fixture
def say(stores: Stores, private: Conversation) -> Say:
    """Appends the next message."""
    said: list[Entry] = []

    def say(words: str, **more: Any) -> Entry:
        given: dict[str, Any] = {"content": {"text": words}, **more}
        entry = message(private, len(said) + 1, **given)
        assert stores.timeline.append(entry) is None
        said.append(entry)
        return entry

    return say


def whole(private: Conversation, end: int, **more: Any) -> Stretch:
    """All of a timeline."""
    return replace(Stretch(private.id, (Span(1, None),), end), **more)


def test_messages_with_all_terms_are_found_the_newest_first(
    stores: Stores, private: Conversation, say: Say
) -> None:
    for words in ("Lunch at noon", "no LUNCH", "明天見面", "noon"):
        say(words)

    def find(*terms: str) -> list[Found]:
        return stores.finder.find([whole(private, 4)], Criteria(terms), 4_000)

    assert [one.seqs for one in find("lunch")] == [(2, 1)]
    assert [one.seqs for one in find("lunch", "noon")] == [(1,)]
    assert [one.seqs for one in find("天見")] == [(3,)]
    assert [one.seqs for one in find()] == [(4, 3, 2, 1)]
    assert [one.seqs for one in find("zebra")] == [()]
    assert [one.reached for one in find("zebra")] == [None]


def test_sender_type_and_time_narrow_it_down(
    stores: Stores, private: Conversation, say: Say
) -> None:
    say("one")
    say("two", sender=1)
    say("", type="custom", content={"custom_type": "x", "data": {}})
    say("four", sender=1)

    def find(criteria: Criteria) -> tuple[int, ...]:
        (found,) = stores.finder.find([whole(private, 4)], criteria, 4_000)
        return found.seqs

    assert find(Criteria(sender_id=private.users[1])) == (4, 2)
    assert find(Criteria(type="custom")) == (3,)
    assert find(Criteria(type="text")) == (4, 2, 1)
    assert find(Criteria(since=T0 + 2000)) == (4, 3, 2)
    assert find(Criteria(until=T0 + 2000)) == (1,)
    assert find(Criteria(since=T0 + 2000, until=T0 + 4000, sender_id=private.users[1])) == (2,)


def test_what_is_no_message_or_was_recalled_is_no_candidate(
    stores: Stores, private: Conversation, say: Say
) -> None:
    first = say("lunch")
    say("", content={}, recalled=Recalled("bob@example.com", T0))
    change = reaction(first, Head(private.id, 2, 2)).entry
    stores.timeline.append(change)
    stores.timeline.append(message(private, 4, type="system.group_updated", content={}))
    stores.timeline.append(message(private, 5, type="notice.friend_request_received"))
    stores.timeline.append(message(private, 6, type=EDITED, changes=1, content={"seq": 1}))
    (found,) = stores.finder.find([whole(private, 6)], Criteria(), 4_000)
    assert found.seqs == (1,)


def test_what_was_edited_is_a_candidate_where_asked_for(
    stores: Stores, private: Conversation, say: Say
) -> None:
    say("lunch")
    say("supper", edits=1, revision=1, edited_at=T0)
    say("breakfast", revision=2)
    for since, seqs in ((T0, (2, 1)), (0, (2, 1)), (T0 + 1, (1,)), (None, (1,))):
        stretch = whole(private, 3, edited_since=since)
        (found,) = stores.finder.find([stretch], Criteria(("lunch",)), 4_000)
        assert found.seqs == seqs


@pytest.mark.parametrize(
    ("spans", "below", "seqs"),
    [
        ((Span(1, None),), None, (9, 8, 7, 6, 5, 4, 3, 2, 1)),
        ((Span(4, None),), None, (9, 8, 7, 6, 5, 4)),
        ((Span(4, None),), 7, (6, 5, 4)),
        ((Span(4, None),), 4, ()),
        ((Span(4, None),), 2, ()),
        ((Span(4, None),), 99, (9, 8, 7, 6, 5, 4)),
        ((Span(2, 5),), None, (5, 4, 3, 2)),
        ((Span(2, 5),), 4, (3, 2)),
        ((Span(2, 5),), 9, (5, 4, 3, 2)),
        ((Span(1, 2), Span(4, 5), Span(8, None)), None, (9, 8, 5, 4, 2, 1)),
        ((Span(1, 2), Span(4, 5), Span(8, None)), 8, (5, 4, 2, 1)),
        ((Span(1, 2), Span(4, 5), Span(8, None)), 5, (4, 2, 1)),
        ((Span(10, None),), None, ()),
        ((), None, ()),
    ],
)
def test_only_the_spans_are_searched(
    stores: Stores,
    private: Conversation,
    say: Say,
    spans: tuple[Span, ...],
    below: int | None,
    seqs: tuple[int, ...],
) -> None:
    for number in range(9):
        say(f"message {number}")
    stretch = Stretch(private.id, spans, 9, below)
    (found,) = stores.finder.find([stretch], Criteria(), 4_000)
    assert (found.seqs, found.reached) == (seqs, None)


def test_what_stands_above_the_known_end_is_searched_too(
    stores: Stores, private: Conversation, say: Say
) -> None:
    for _ in range(3):
        say("lunch")
    for end in (0, 1, 3, 7):
        (found,) = stores.finder.find([whole(private, end)], Criteria(("lunch",)), 4_000)
        assert found.seqs == (3, 2, 1)


def test_stretches_are_searched_in_their_order(
    stores: Stores, private: Conversation, say: Say
) -> None:
    say("lunch")
    say("noon")
    stretches = [
        Stretch(private.id, (Span(2, None),), 2),
        Stretch("p_no~one", (Span(1, None),), 5),
        Stretch("s_nobody", (), 5),
        whole(private, 2, below=2),
    ]
    found = stores.finder.find(stretches, Criteria(), 4_000)
    assert [one.seqs for one in found] == [(2,), (), (), (1,)]
    assert stores.finder.find([], Criteria(), 4_000) == []


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_large_entries_end_a_go_early_and_the_next_one_takes_the_rest(
    stores: Stores, private: Conversation, say: Say
) -> None:
    """DynamoDB reads 1 MB for a query: some 60 of these."""
    for number in range(150):
        say("x" * 16_000 + (" lunch" if number % 50 == 0 else ""))
    seqs: list[int] = []
    below: int | None = None
    goes = 0
    while goes < 9:
        goes += 1
        stretch = whole(private, 150, below=below)
        (found,) = stores.finder.find([stretch], Criteria(("lunch",)), 4_000)
        seqs += found.seqs
        below = found.reached
        if below is None:
            break
    assert seqs == [101, 51, 1]
    assert 1 < goes < 9


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_a_go_asks_once_for_each_part_and_for_no_more_parts_than_it_affords(
    stores: Stores, private: Conversation
) -> None:
    end = CHUNK * (CHUNKS_MAX + 2)
    with watched(stores.dynamo) as requests:
        (found,) = stores.finder.find([whole(private, end)], Criteria(("lunch",)), 4_000)
    assert requests.operations == ["Query"] * CHUNKS_MAX
    assert (found.reached, found.looked) == (2 * CHUNK + 1, CHUNK * CHUNKS_MAX)
    with watched(stores.dynamo) as requests:
        stretches = [whole(private, CHUNK * (CHUNKS_MAX - 1) + 1), whole(private, 9)]
        come_to = stores.finder.find(stretches, Criteria(("lunch",)), 4_000)
    assert requests.operations == ["Query"] * CHUNKS_MAX
    assert [one.reached for one in come_to] == [None]


@pytest.fixture
def long(stores: Stores, private: Conversation) -> Conversation:
    """1,300 messages, a second apart, give or take some that come late; the 200 oldest are gone."""
    for seq in range(201, 1_301):
        late = 40_000 if seq % 7 == 0 else 0
        stores.timeline.append(message(private, seq, sent_at=T0 + 1000 * seq - late))
    return private


TIMES = [
    (600, None),
    (None, 600),
    (600, 640),
    (0, 2_000),
    (0, 205),
    (1_299, None),
    (2_000, None),
    (None, 100),
    (1_290, 2_000),
]
"""Since when and until when, in seconds."""


def test_times_are_found_wherever_they_are(stores: Stores, long: Conversation) -> None:
    stored = stores.timeline.before(long.id, None, 0, 2_000)
    for since, until in TIMES:
        criteria = Criteria(
            since=None if since is None else T0 + 1000 * since,
            until=None if until is None else T0 + 1000 * until,
        )
        wanted = [one.seq for one in reversed(stored) if criteria.allow(one)]
        for spans in ((Span(1, None),), (Span(1, 1_300),), (Span(1, 400), Span(500, None))):
            inside = [seq for seq in wanted if len(spans) == 1 or not 400 < seq < 500]
            found = stores.finder.find([Stretch(long.id, spans, 1_300)], criteria, 4_000)
            assert [(list(one.seqs), one.reached) for one in found] == [(inside, None)]
            (rest,) = stores.finder.find([Stretch(long.id, spans, 1_300, 620)], criteria, 4_000)
            assert list(rest.seqs) == [seq for seq in inside if seq < 620]


@pytest.mark.parametrize("stores", ["moto", *LOCAL], indirect=True)
def test_what_is_older_or_newer_is_not_read(stores: Stores, long: Conversation) -> None:
    for criteria in (Criteria(since=T0 + 1_250_000), Criteria(until=T0 + 400_000)):
        with watched(stores.dynamo) as requests:
            stores.finder.find([whole(long, 1_300)], criteria, 4_000)
        assert requests.operations.count("Query") == 1
        assert requests.operations.count("BatchGetItem") <= 4
    with watched(stores.dynamo) as requests:
        stores.finder.find([whole(long, 1_300)], Criteria(), 4_000)
    assert requests.operations == ["Query"] * 3


@pytest.mark.parametrize("stores", LOCAL, indirect=True)
def test_a_search_costs_half_a_unit_for_4_kb(
    stores: Stores, private: Conversation, say: Say
) -> None:
    for _ in range(40):
        say("x" * 900)
    with watched(stores.dynamo) as requests:
        stores.finder.find([whole(private, 40)], Criteria(("lunch",)), 4_000)
    assert 4.5 <= requests.read_units <= 6.5


def _chats(stores: Stores, people: tuple[str, str], number: int) -> list[str]:
    """So many chats of the first user; in the last one nobody has written."""
    ids = []
    for at in range(number):
        other = f"peer-{at:03}.{people[1]}"[:64]
        stores.users.ensure(Profile(other, other))
        id_ = private_id(people[0], other)
        chat = parse_conversation_id(id_)
        assert stores.conversations.open(chat, people[0])
        if at < number - 1:
            entry = message(chat, 1, sent_at=T0 + 1000 * (at * 7 % number))
            stores.conversations.advance(Head(id_, 1, 1, preview=preview_of(entry)))
        ids.append(id_)
    return ids


@pytest.mark.parametrize("number", [1, 6, 130])
def test_conversations_come_by_their_last_message_those_without_at_the_end(
    stores: Stores, people: tuple[str, str], number: int
) -> None:
    ids = _chats(stores, people, number)
    assert stores.activity.ids(people[0]) == sorted(ids)
    by_time = sorted(ids[:-1], key=lambda id_: -(ids.index(id_) * 7 % number))
    assert stores.activity.newest_first(people[0]) == [*by_time, ids[-1]]


def test_who_has_no_conversation_has_no_activity(stores: Stores, people: tuple[str, str]) -> None:
    assert stores.activity.ids(people[0]) == stores.activity.newest_first(people[0]) == []
