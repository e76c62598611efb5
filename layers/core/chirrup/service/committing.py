"""Commits: rules checked on what was read, and everything stored together or nothing.

A commit that meets another one is tried again from its beginning: read, check, store. For groups
the timeline decides. Every change of members, roles and rules is an entry of it, stored with what
it changes. So when an entry has come to stand at the end that was read, nothing was changed since,
and what was checked still holds.
"""

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import Head, preview_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import MessageCreated
from chirrup.domain.ids import notices_id
from chirrup.domain.messages import Entry, Json, is_countable
from chirrup.domain.rights import GroupState
from chirrup.ports import Clock, Dispatcher
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import (
    Commit,
    CommitConflict,
    Growth,
    MemberChange,
    Records,
    Write,
)
from chirrup.ports.timelines import Timeline
from chirrup.service.appending import PAUSE_MS, ROUNDS, TAIL

T = TypeVar("T")

LONGEST_MS = 30_000
"""A function ends before that: a commit that it began is stored by then, or never will be."""


class Attempt:
    """One attempt of a commit: what it reads of timelines, and what it wants to have stored.

    Attributes:
        now: Before anything was read (ms since epoch).
    """

    def __init__(
        self,
        timeline: Timeline,
        conversations: Conversations,
        now: int,
        settle: Callable[[Sequence[Entry]], None],
        *,
        again: bool,
    ) -> None:
        self.now = now
        self._timeline = timeline
        self._conversations = conversations
        self._settle = settle
        self._again = again
        self._heads: dict[str, Head | None] = {}
        self._writes: list[Write] = []
        self._told: list[tuple[Entry, Audience]] = []

    def head(self, conversation_id: str) -> Head | None:
        """The head, read consistently and once."""
        if conversation_id not in self._heads:
            self._heads[conversation_id] = self._conversations.head(conversation_id)
        return self._heads[conversation_id]

    def write(self, *writes: Write) -> None:
        """Have these stored."""
        self._writes.extend(writes)

    def grow(
        self,
        conversation_id: str,
        sender_id: str,
        type_: str,
        content: Json | Callable[[int], Json],
        audience: Callable[[Head, Entry], Audience] | None,
        *,
        group: GroupState | None = None,
        new_roster: bool = False,
    ) -> Entry:
        """Have an entry of the server's stored at the end; once for each timeline.

        Args:
            conversation_id: Where.
            sender_id: Who caused it.
            type_: Its type.
            content: Its content, or what makes it of its seq.
            audience: Whom to tell, by the head as it will be and the entry; None tells nobody.
            group: The rules of the group as they shall be; None leaves them.
            new_roster: The group's members change.
        """
        head = self.head(conversation_id) or Head(conversation_id)
        passed = self._above(head)
        end = passed[-1] if passed else None
        seq = (end.seq if end else head.last_seq) + 1
        entry = Entry(
            conversation_id=conversation_id,
            seq=seq,
            sender_id=sender_id,
            client_id="",
            type=type_,
            content=content(seq) if callable(content) else content,
            sent_at=self.now,
            count=(end.count if end else head.count) + is_countable(type_),
            alls=end.alls if end else head.alls,
        )
        messages = [one for one in (*passed, entry) if one.countable]
        moved = Head(
            conversation_id=conversation_id,
            last_seq=entry.seq,
            count=entry.count,
            last_of=head.last_of.after((*passed, entry), self.now + LONGEST_MS),
            preview=preview_of(messages[-1]) if messages else None,
            alls=entry.alls,
            group=group or head.group,
            roster=head.roster + new_roster,
        )
        self._writes.append(Growth(entry, moved, new_roster=new_roster))
        if audience is not None:
            self._told.append((entry, audience(moved, entry)))
        return entry

    def notify(self, user_id: str, sender_id: str, type_: str, content: Json) -> Entry:
        """Have a user told, in their own timeline of notices; once for each user."""
        conversation_id = notices_id(user_id)
        if self.head(conversation_id) is None:
            self.write(MemberChange(conversation_id, user_id, {}))
        return self.grow(
            conversation_id, sender_id, type_, content, lambda *_: Audience(user_ids=(user_id,))
        )

    def _above(self, head: Head) -> Sequence[Entry]:
        """What stands above a head, in a race or after a crash; settled, so that it may move on."""
        if not self._again:
            return ()
        passed = self._timeline.after(head.conversation_id, head.last_seq, TAIL)
        if any(entry.governs for entry in passed):
            raise CommitConflict  # The head has moved on since it was read.
        self._settle(passed)
        return passed

    @property
    def commit(self) -> Commit:
        """What is to be stored."""
        return tuple(self._writes)

    @property
    def told(self) -> Sequence[tuple[Entry, Audience]]:
        """Who is to be told of what, once it is stored."""
        return self._told


class Committing:
    """Runs commits, and tells the devices of their entries."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        records: Records,
        dispatcher: Dispatcher,
        clock: Clock,
        settle: Callable[[Sequence[Entry]], None] = lambda _: None,
    ) -> None:
        """Use these ports.

        Args:
            timeline: For what stands above a head.
            conversations: For heads.
            records: Stores the commits.
            dispatcher: Told of every entry that was stored.
            clock: For times, and pauses between attempts.
            settle: Settles messages above a head; timelines of notices have none.
        """
        self._timeline = timeline
        self._conversations = conversations
        self._records = records
        self._dispatcher = dispatcher
        self._clock = clock
        self._settle = settle

    def run(self, build: Callable[[Attempt], T]) -> T:
        """Run a commit until it is stored.

        Args:
            build: Reads, refuses what the rules do not allow, says what is to be stored, and gives
                the result. Called once for each attempt. It may want nothing stored.

        Raises:
            ChirrupError: What `build` refuses; `rate_limited` when too many others write.
        """
        for round_ in range(ROUNDS):
            attempt = Attempt(
                self._timeline,
                self._conversations,
                self._clock.now(),
                self._settle,
                again=round_ > 0,
            )
            try:
                result = build(attempt)
                if not attempt.commit:
                    return result
                self._records.commit(attempt.commit)
            except CommitConflict:
                self._clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**round_))  # noqa: S311
                continue
            for entry, audience in attempt.told:
                self._dispatcher.dispatch([MessageCreated(entry)], audience)
            return result
        raise ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=1000)
