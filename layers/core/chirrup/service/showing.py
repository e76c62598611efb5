"""Who sees, now, what a conversation holds: those who see a message that holds it."""

from chirrup.domain.contents import media_in
from chirrup.domain.conversations import Member
from chirrup.domain.ids import parse_conversation_id
from chirrup.domain.media_uses import MediaUse
from chirrup.domain.messages import Entry
from chirrup.ports.conversations import Conversations
from chirrup.ports.timelines import Timeline
from chirrup.service.access import can_see

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
        return any(
            can_see(entry, member, settings) and _holds(entry, use.owner)
            for first in reversed(use.seqs)
            if _may_see_from(member, first)
            for entry in self._timeline.after(use.name, first - 1, WITHIN)
        )

    def shows_at(self, media_id: str, conversation_id: str, seq: int, user_id: str) -> bool:
        """Whether a message shows an upload to a user, now."""
        conversation = parse_conversation_id(conversation_id)
        if not conversation.stored_members and user_id not in conversation.users:
            return False
        _, member, settings = self._conversations.view(conversation.id, user_id)
        return member is not None and any(
            can_see(entry, member, settings) and _holds(entry, media_id)
            for entry in self._timeline.after(conversation.id, seq - 1, 1)
        )


def _holds(entry: Entry, media_id: str) -> bool:
    return not entry.recalled and media_id in media_in(entry.type, entry.content)


def _may_see_from(member: Member, seq: int) -> bool:
    """Whether a member may see anything of what stands from a seq on, as far as is looked."""
    return any(
        first < seq + WITHIN and (last is None or last >= seq) for first, last in member.spans()
    )
