"""Who sees, now, what a conversation holds: those who see a message that holds it."""

from collections.abc import Mapping, Sequence
from itertools import chain

from chirrup.domain.contents import media_in
from chirrup.domain.conversations import Member
from chirrup.domain.ids import parse_conversation_id
from chirrup.domain.media_uses import MediaUse
from chirrup.domain.messages import Entry
from chirrup.ports.conversations import Conversations
from chirrup.ports.timelines import Timeline
from chirrup.service.access import can_see

LOOKED_FOR = 20
"""Uses, the newest, whose message is looked for above where it was to stand."""
WITHIN = 100
"""Entries from a use's seq on, one of which holds the upload: so many may have come between."""


class Showing:
    """Looks through conversations for uploads."""

    def __init__(self, *, conversations: Conversations, timeline: Timeline) -> None:
        self._conversations = conversations
        self._timeline = timeline

    def shows(self, use: MediaUse, user_id: str) -> bool:
        """Whether a conversation shows an upload to a user, now."""
        conversation = parse_conversation_id(use.name)
        if not conversation.stored_members and user_id not in conversation.users:
            return False
        # No counts are asked for: a member item that is a moment older than the head will do.
        _, member, settings = self._conversations.view(conversation.id, user_id)
        if member is None:
            return False
        seqs = [seq for seq in reversed(use.seqs) if _may_see_from(member, seq)]
        found = self._timeline.get(use.name, seqs) if seqs else {}
        entries = chain(
            found.values(),
            # Not where it was to stand: something came in between.
            *(
                self._timeline.after(use.name, seq, WITHIN - 1)
                for seq in _moved(use.owner, seqs, found)[:LOOKED_FOR]
            ),
        )
        return any(
            can_see(entry, member, settings) and _holds(entry, use.owner) for entry in entries
        )

    def shows_at(self, media_id: str, conversation_id: str, seq: int, user_id: str) -> bool:
        """Whether a message shows an upload to a user, now."""
        conversation = parse_conversation_id(conversation_id)
        if not conversation.stored_members and user_id not in conversation.users:
            return False
        _, member, settings = self._conversations.view(conversation.id, user_id)
        entry = self._timeline.get(conversation.id, [seq]).get(seq)
        return (
            member is not None
            and entry is not None
            and can_see(entry, member, settings)
            and _holds(entry, media_id)
        )


def _holds(entry: Entry, media_id: str) -> bool:
    return not entry.recalled and media_id in media_in(entry.type, entry.content)


def _moved(media_id: str, seqs: Sequence[int], found: Mapping[int, Entry]) -> list[int]:
    """Those of the seqs where some other message stands."""
    here = {seq for seq, one in found.items() if one.recalled or _holds(one, media_id)}
    return [seq for seq in seqs if seq not in here]


def _may_see_from(member: Member, seq: int) -> bool:
    """Whether a member may see anything of what stands from a seq on, as far as is looked."""
    return any(
        first < seq + WITHIN and (last is None or last >= seq) for first, last in member.spans()
    )
