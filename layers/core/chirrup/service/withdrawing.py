"""Taking back what the server has written: as a recall, by whom it is from, at any time."""

import random
from collections.abc import Callable

from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import Head, preview_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageUpdated
from chirrup.domain.messages import RECALLED, Entry, recall
from chirrup.ports import Clock, Dispatcher
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Write
from chirrup.ports.timelines import Change, ChangeConflict, Timeline
from chirrup.service.appending import PAUSE_MS, ROUNDS


class Withdrawing:
    """Recalls entries of the server's.

    In their timelines only commits write, so that nothing ever stands above a head.
    """

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        dispatcher: Dispatcher,
        clock: Clock,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._dispatcher = dispatcher
        self._clock = clock

    def recall(
        self,
        conversation_id: str,
        seq: int,
        audience: Callable[[int], Audience],
        records: Callable[[], tuple[Write, ...]] = tuple,
    ) -> None:
        """Take an entry back; one that was taken back, or is not kept any more, stays so.

        Args:
            conversation_id: Where.
            seq: Which.
            audience: Whom to tell, by the seq of the change.
            records: What is stored with it, read anew for each attempt.

        Raises:
            ChirrupError: `rate_limited` when too much is written at the same moment.
        """
        for round_ in range(ROUNDS):
            now = self._clock.now()
            head = self._conversations.head(conversation_id)
            target = self._timeline.get(conversation_id, [seq]).get(seq)
            if head is None or target is None or target.recalled:
                return
            recalled = recall(target, target.sender_id, now, in_charge=True)
            change = _planned(head, target, recalled, records())
            try:
                self._timeline.change(change)
            except ChangeConflict:
                self._clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311
                continue
            told = MessageUpdated(change.entry.seq, recalled)
            self._dispatcher.dispatch([told], audience(change.entry.seq))
            return
        raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)


def _planned(head: Head, target: Entry, recalled: Entry, records: tuple[Write, ...]) -> Change:
    at = recalled.recalled.at if recalled.recalled else 0
    entry = Entry(
        conversation_id=target.conversation_id,
        seq=head.last_seq + 1,
        sender_id=target.sender_id,
        client_id="",
        type=RECALLED,
        content={"seq": target.seq},
        sent_at=at,
        count=head.count,
        alls=head.alls,
        revision=recalled.revision,
        changes=target.seq,
        previous=target.content,
    )
    shown = head.preview is not None and head.preview.seq == target.seq
    moved = Head(
        conversation_id=target.conversation_id,
        last_seq=entry.seq,
        count=head.count,
        last_of=head.last_of,
        preview=preview_of(recalled) if shown else None,
        alls=head.alls,
    )
    return Change(entry, recalled, read=head, head=moved, records=records)
