"""Who sees, now, what a conversation holds: those who see a message that holds it."""

from chirrup.domain.contents import media_in
from chirrup.domain.conversations import Member
from chirrup.domain.ids import Kind, parse_conversation_id
from chirrup.domain.media_uses import MediaUse
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
        if conversation.kind is not Kind.GROUP and user_id not in conversation.users:
            return False
        # No counts are asked for: a member item that is a moment older than the head will do.
        _, member, settings = self._conversations.view(conversation.id, user_id)
        if member is None:
            return False
        return any(
            can_see(entry, member, settings)
            and not entry.recalled
            and use.owner in media_in(entry.type, entry.content)
            for first in reversed(use.seqs)
            if _may_see_from(member, first)
            for entry in self._timeline.after(use.name, first - 1, WITHIN)
        )


def _may_see_from(member: Member, seq: int) -> bool:
    """Whether a member may see anything of what stands from a seq on, as far as is looked."""
    return any(
        first < seq + WITHIN and (last is None or last >= seq) for first, last in member.spans()
    )
