"""Timelines: a change, the message it changes and the head are stored together or not at all."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chirrup.domain.conversations import Head, preview_of
from chirrup.domain.ids import Conversation
from chirrup.domain.messages import Entry, recall
from chirrup.domain.pins import Pins
from chirrup.ports.records import Put
from chirrup.ports.timelines import Change, ChangeConflict
from tests.contract.entries import T0, fill, head_of, message, reaction
from tests.contract.stores import Stores
from tests.fakes.clock import NOON

State = tuple[Head | None, list[Entry]]


@pytest.fixture
def written(stores: Stores, chat: Conversation) -> list[Entry]:
    """Three messages, and the head at the third."""
    entries = fill(stores.timeline, chat, 3)
    stores.conversations.advance(head_of(entries[-1]))
    return entries


def _state(stores: Stores, chat: Conversation) -> State:
    head, _, _ = stores.conversations.view(chat.id, chat.users[0])
    return head, stores.timeline.after(chat.id, 0, 100)


def _refused(stores: Stores, chat: Conversation, change: Change) -> Entry | None:
    """Why a change was refused, after proof that it left nothing behind."""
    before = _state(stores, chat)
    with pytest.raises(ChangeConflict) as conflict:
        stores.timeline.change(change)
    assert _state(stores, chat) == before
    return conflict.value.taken


def test_a_change_is_stored_with_the_message_and_the_head(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    read = head_of(written[2])
    change = reaction(written[0], read)
    stores.timeline.change(change)
    head, entries = _state(stores, chat)
    assert entries == [change.target, written[1], written[2], change.entry]
    assert head == replace(read, last_seq=4)


def test_a_change_of_the_last_message_shows_in_the_preview(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    read = head_of(written[2])
    recalled = recall(written[2], chat.users[0], written[2].sent_at)
    change = replace(reaction(written[2], read, preview_of(recalled)), target=recalled)
    stores.timeline.change(change)
    head, _ = _state(stores, chat)
    assert head is not None
    assert head.preview is not None
    assert head.preview.recalled
    assert head.preview.excerpt is None


def test_changes_of_one_message_follow_each_other(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    read, target = head_of(written[2]), written[1]
    for _ in range(3):
        change = reaction(target, read)
        stores.timeline.change(change)
        target, read = change.target, replace(read, last_seq=change.head.last_seq)
    assert stores.timeline.get(chat.id, [2])[2] == target
    assert target.revision == 3
    assert len(target.reactions) == 3


def test_a_change_notes_the_senders_that_it_is_told_of_and_keeps_the_others(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    read = head_of(written[2])
    crashed = message(chat, 4, sender=1)
    stores.timeline.append(crashed)
    change = reaction(written[0], replace(read, last_seq=4, count=4))
    moved = replace(change.head, last_of=read.last_of.after([crashed], NOON))
    stores.timeline.change(replace(change, read=read, head=moved))
    head, _ = _state(stores, chat)
    assert head is not None
    assert [head.last_of.seq(user) for user in chat.users] == [3, 4]
    assert (head.last_seq, head.count) == (5, 4)
    assert head.preview == read.preview


def test_a_message_above_a_head_that_never_moved_can_be_changed(
    stores: Stores, chat: Conversation
) -> None:
    [crashed] = fill(stores.timeline, chat, 1)
    read = Head(chat.id)
    change = reaction(crashed, replace(read, last_seq=1, count=1))
    stores.timeline.change(replace(change, read=read))
    head, entries = _state(stores, chat)
    assert head is not None
    assert head.last_seq == 2
    assert len(entries) == 2


def test_a_change_whose_seq_is_taken_is_refused_with_what_stands_there(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    newer = message(chat, 4, sender=1)
    stores.timeline.append(newer)
    assert _refused(stores, chat, reaction(written[0], head_of(written[2]))) == newer


def test_a_change_of_a_message_that_was_changed_meanwhile_is_refused(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    read = head_of(written[2])
    stores.timeline.change(reaction(written[0], read))
    late = reaction(written[0], replace(read, last_seq=4))
    assert _refused(stores, chat, replace(late, read=read)) is None


def test_a_change_of_a_message_that_does_not_exist_is_refused(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    missing = message(chat, 77)
    assert _refused(stores, chat, reaction(missing, head_of(written[2]))) is None


def test_a_change_is_refused_when_the_preview_is_another_by_now(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    newer = message(chat, 4, sender=1)
    stores.timeline.append(newer)
    stores.conversations.advance(head_of(newer))
    stale = replace(
        reaction(written[2], replace(head_of(written[2]), last_seq=4, count=4)),
        read=head_of(written[2]),
    )
    assert _refused(stores, chat, stale) is None


def test_a_change_is_refused_when_the_head_is_there_already(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    read = head_of(written[2])
    stores.conversations.advance(replace(read, last_seq=4, preview=None))
    assert _refused(stores, chat, reaction(written[0], read)) is None


def test_a_change_in_a_conversation_without_a_head_is_refused(
    stores: Stores, private: Conversation
) -> None:
    [entry] = fill(stores.timeline, private, 1)
    assert _refused(stores, private, reaction(entry, head_of(entry))) is None


def test_records_are_stored_with_a_change(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    pins = Pins(owner=chat.id, pins=((1, chat.users[0], T0),))
    stores.records.commit([Put(pins)])
    unpinned = replace(pins, pins=(), version=1)
    read = head_of(written[2])
    stores.timeline.change(replace(reaction(written[0], read), records=(Put(unpinned),)))
    assert stores.records.get(Pins, chat.id) == replace(unpinned, version=2)


def test_a_change_is_refused_when_a_record_with_it_has_moved_on(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    pins = Pins(owner=chat.id, pins=((1, chat.users[0], T0),))
    stores.records.commit([Put(pins)])
    change = replace(reaction(written[0], head_of(written[2])), records=(Put(pins),))
    assert _refused(stores, chat, change) is None
    assert stores.records.get(Pins, chat.id) == replace(pins, version=1)


def test_of_changes_at_the_same_moment_one_is_stored(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    read = head_of(written[2])

    def attempt(target: Entry) -> Callable[[], Change | None]:
        change = reaction(target, read)

        def run() -> Change | None:
            try:
                stores.timeline.change(change)
            except ChangeConflict:
                return None
            return change

        return run

    outcomes = stores.at_once(*map(attempt, [*written, written[0]]))
    [stored] = [change for change in outcomes if change]
    head, entries = _state(stores, chat)
    changed = {stored.target.seq: stored.target}
    assert entries == [*(changed.get(one.seq, one) for one in written), stored.entry]
    assert head == replace(read, last_seq=4)


def test_of_a_change_and_a_message_at_one_seq_one_is_stored(
    stores: Stores, chat: Conversation, written: list[Entry]
) -> None:
    change = reaction(written[0], head_of(written[2]))
    sent = message(chat, 4, sender=1)

    def attempt() -> bool:
        try:
            stores.timeline.change(change)
        except ChangeConflict:
            return False
        return True

    changed, taken = stores.at_once(attempt, lambda: stores.timeline.append(sent))
    assert changed == (taken is not None)
    expected = [change.target, *written[1:], change.entry] if changed else [*written, sent]
    assert _state(stores, chat)[1] == expected
