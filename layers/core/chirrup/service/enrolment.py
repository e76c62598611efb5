"""Rows of users in channels that are everybody's: made when somebody first looks, by nobody else.

So a broadcast to everybody writes nothing for each of them. A row that is made late counts as one
that was there from the beginning of its user's account: unread is what was said since then.
"""

from functools import partial
from typing import TYPE_CHECKING

from chirrup.domain.channels import CHANNELS, Channel, ForEveryone, enrolled
from chirrup.domain.conversations import End, Head, Member, Settings
from chirrup.domain.ids import Conversation, Kind, channel_id, parse_conversation_id
from chirrup.ports import Clock, SideBySide, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import CommitConflict, MemberChange, Records
from chirrup.ports.timelines import Timeline

if TYPE_CHECKING:
    from chirrup.domain.messages import Entry

FRESH_MS = 5_000
"""A channel that was made for everybody stands in all lists after that."""
View = tuple[Head, Member, Settings]


class Enrolment:
    """Makes rows."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        records: Records,
        users: Users,
        clock: Clock,
        side_by_side: SideBySide,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._records = records
        self._users = users
        self._clock = clock
        self._side_by_side = side_by_side
        self._known: tuple[int, tuple[str, ...]] | None = None

    def enrol(self, conversation: Conversation, user_id: str) -> bool:
        """Make the row of a user who has none, where a channel is everybody's.

        Returns:
            Whether there is one now.
        """
        if conversation.kind is not Kind.CHANNEL:
            return False
        channel = self._records.get(Channel, CHANNELS, conversation.code)
        if channel is None or not channel.enabled or not channel.for_everyone:
            return False
        profile = self._users.get(user_id)
        end = self._beginning(conversation.id, profile.created_at) if profile else None
        changes = enrolled(end or End(0, 0, 0))
        # Another device may do the same, and have read something by now.
        row = MemberChange(conversation.id, user_id, changes, {"joined_seq": 0})
        try:
            self._records.commit([row])
        except CommitConflict:
            return self._conversations.member(conversation.id, user_id) is not None
        return True

    def views(self, user_id: str, after: str | None, limit: int) -> tuple[list[View], str | None]:
        """See `ports.Conversations.views`; with the channels that are everybody's."""
        read = partial(self._conversations.views, user_id, after, limit)
        if after is not None:
            # Ids of channels come before all others: they were looked at with the first page.
            return read()
        codes: tuple[str, ...]
        (views, next_), codes = self._side_by_side(read, self._codes)
        listed = {head.conversation_id for head, _, _ in views}
        missing = [id_ for id_ in map(channel_id, codes) if id_ not in listed]
        views += self._made(user_id, [id_ for id_ in missing if next_ is None or id_ <= next_])
        return views, next_

    def _made(self, user_id: str, ids: list[str]) -> list[View]:
        """The user's views of these, once there are rows; what nobody has written in is left out.

        The index of a user's conversations lags, so a row may be there that it does not show yet.
        """
        found = self._conversations.views_of(user_id, ids) if ids else {}
        new = [id_ for id_, (head, member, _) in found.items() if head and member is None]
        for id_ in new:
            self.enrol(parse_conversation_id(id_), user_id)
        if new:
            found |= self._conversations.views_of(user_id, new)
        return [(head, member, own) for head, member, own in found.values() if head and member]

    def _codes(self) -> tuple[str, ...]:
        """Which channels are everybody's, as of some seconds ago: most have none, and all ask."""
        now = self._clock.now()
        if self._known is None or now - self._known[0] >= FRESH_MS:
            stored = self._records.get(ForEveryone, CHANNELS)
            self._known = now, stored.codes if stored else ()
        return self._known[1]

    def _beginning(self, conversation_id: str, since: int) -> End:
        """Where a timeline had got to at a time (ms since epoch)."""
        head = self._conversations.head(conversation_id)
        if head is None:
            return End(0, 0, 0)
        newer: Entry | None = None
        low, high = 1, head.last_seq
        while low <= high:
            # The last first: most users come after all that was said, or before.
            seq = high if newer is None and high == head.last_seq else (low + high) // 2
            entry = self._timeline.get(conversation_id, [seq]).get(seq)
            # What is not kept any more is old.
            if entry is not None and entry.sent_at > since:
                newer, high = entry, seq - 1
            else:
                low = seq + 1
        if newer is None:
            return End(head.last_seq, head.count, head.alls)
        return End(newer.seq - 1, newer.count - newer.countable, newer.alls)
