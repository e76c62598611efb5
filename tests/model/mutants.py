"""Broken variants of the design, each with a fault that the checker must find."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain.conversations import End, Head, Member, Settings
from chirrup.domain.last_of import LastOf
from chirrup.domain.messages import Entry
from chirrup.domain.recent import Recent
from chirrup.ports import Clock
from chirrup.ports.conversations import Settlement
from chirrup.ports.timelines import Change, Timeline
from chirrup.service import (
    access,
    appending,
    changing,
    quoting,
    sending,
    settling,
)
from chirrup.service.appending import Appended
from tests.fakes import FakeConversations, FakeTimeline
from tests.fakes.conversations import moved_on

Patch = pytest.MonkeyPatch


def settle_after_advance(patch: Patch) -> None:
    """The head moves on before the message is settled."""
    late: dict[tuple[str, int], Settlement] = {}
    settle, advance = FakeConversations.settle, FakeConversations.advance

    def settle_later(_: FakeConversations, settlement: Settlement) -> None:
        late[settlement.user_id, settlement.seq] = settlement

    def advance_first(stores: FakeConversations, head: Head) -> None:
        advance(stores, head)
        for settlement in [late.pop(key) for key in sorted(late) if key[1] <= head.last_seq]:
            settle(stores, settlement)

    patch.setattr(FakeConversations, "settle", settle_later)
    patch.setattr(FakeConversations, "advance", advance_first)


def nothing_passed_is_settled(patch: Patch) -> None:
    """A put settles its own message only, not those that it ran into."""
    patch.setattr(settling.Settling, "passed", lambda *_: None)


def own_first(patch: Patch) -> None:
    """A put settles its own message before those that it ran into."""
    settle = FakeConversations.settle
    held: list[Settlement] = []

    def reorder(stores: FakeConversations, settlement: Settlement) -> None:
        if settlement.member is None:
            held.append(settlement)
            return
        for one in (settlement, *held):
            settle(stores, one)
        held.clear()

    patch.setattr(FakeConversations, "settle", reorder)


def stale_member(patch: Patch) -> None:
    """A send does not read its member again when the head is newer."""
    for_sending = FakeConversations.for_sending

    def blind(
        stores: FakeConversations, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None]:
        head, member = for_sending(stores, conversation_id, user_id)
        return replace(head, last_of=LastOf()) if head else None, member

    patch.setattr(FakeConversations, "for_sending", blind)


def counted_from_the_head(patch: Patch) -> None:
    """The running count goes on from the head that was read, whatever was passed."""
    append = appending.append

    def miscounted(
        timeline: Timeline,
        clock: Clock,
        head: Head,
        entry_after: Callable[[End], Entry],
        passing: Callable[[Entry], None],
    ) -> Appended:
        def wrong(end: End) -> Entry:
            return entry_after(End(end.seq, head.count, end.alls))

        return append(timeline, clock, head, wrong, passing)

    patch.setattr(sending, "append", miscounted)


def acknowledged_before_dispatch(patch: Patch) -> None:
    """The answer goes out before the devices are told."""

    def advance_only(service: Any, *args: Any) -> None:
        _, sender, appended, _ = args
        service._conversations.advance(appending.head_at(sender.head, appended, 0))

    patch.setattr(sending.Sending, "_finish", advance_only)


def head_left_behind(patch: Patch) -> None:
    """The answer goes out before the head has moved."""
    patch.setattr(FakeConversations, "advance", lambda *_: None)


def put_without_condition(patch: Patch) -> None:
    """A put overwrites what stands at its seq."""

    def overwrite(stores: FakeTimeline, entry: Entry) -> None:
        with stores._tables.step("append"):
            stores._of(entry.conversation_id)[entry.seq] = entry

    patch.setattr(FakeTimeline, "append", overwrite)


def retries_not_recognised(patch: Patch) -> None:
    """A put that runs into its own earlier attempt climbs over it."""
    patch.setattr(appending, "is_message", lambda *_: False)


def no_looking_back(patch: Patch) -> None:
    """A marked retry is not searched for beyond the last messages."""
    patch.setattr(FakeTimeline, "find_sent", lambda *_, **__: (None, True))


def trimming_forgotten(patch: Patch) -> None:
    """The member item does not tell since when its records are complete."""
    trimmed = Recent.trimmed
    patch.setattr(Recent, "trimmed", lambda one: replace(trimmed(one), complete_since=0))


def payload_unchecked(patch: Patch) -> None:
    """Another payload under the same client_id is taken for a retry."""
    patch.setattr(sending, "_same_payload", lambda *_: None)


def change_without_conditions(patch: Patch) -> None:
    """A change is written whatever has been written meanwhile."""

    def overwrite(stores: FakeTimeline, one: Change) -> None:
        with stores._tables.step("change"):
            entries = stores._of(one.entry.conversation_id)
            entries[one.entry.seq], entries[one.target.seq] = one.entry, one.target
            stores._tables.heads[one.head.conversation_id].append(moved_on(one.read, one.head))

    patch.setattr(FakeTimeline, "change", overwrite)


def preview_kept(patch: Patch) -> None:
    """A recalled message stays in the list's preview."""
    patch.setattr(changing, "_preview_after", lambda *_: None)


def excerpt_kept(patch: Patch) -> None:
    """Quotes of a recalled message keep the excerpt."""
    patch.setattr(quoting, "as_now", lambda entry, _: entry)


def member_older_than_head(patch: Patch) -> None:
    """Unread is counted from items that were not read at the same moment."""
    patch.setattr(access, "up_to_date", lambda _, __, member, ___: member)

    def side_by_side(
        stores: FakeConversations, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        return stores.view(conversation_id, user_id)

    patch.setattr(FakeConversations, "exact_view", side_by_side)


MUTANTS: dict[Callable[[Patch], None], str] = {
    settle_after_advance: "",
    nothing_passed_is_settled: "",
    own_first: "",
    stale_member: "resend",
    counted_from_the_head: "",
    acknowledged_before_dispatch: "",
    head_left_behind: "",
    put_without_condition: "",
    retries_not_recognised: "resend",
    no_looking_back: "resend",
    trimming_forgotten: "resend",
    payload_unchecked: "resend",
    change_without_conditions: "edit recall",
    preview_kept: "recall",
    excerpt_kept: "recall history",
    member_older_than_head: "show sync read",
}
"""What to do most of, so that rare faults show soon; nothing where any history will do."""
