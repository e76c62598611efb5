"""Two users, and what stands between them: changed by one commit at a time.

Friendship and blocks stand on both member items of the private chat, where sends look. Whatever
changes one of them, or asks for friendship, raises `pair` on both; so commits of the same two
users meet, and all but one read again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chirrup.domain.conversations import Member
from chirrup.domain.ids import Conversation, parse_conversation_id, private_id
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import MemberChange


@dataclass(frozen=True, slots=True)
class Pair:
    """Two users, as one of them sees it.

    Attributes:
        me: The member item of who acts; as it would be made where there is none.
        peer: That of the other.
    """

    conversation: Conversation
    me: Member
    peer: Member

    @staticmethod
    def read(conversations: Conversations, user_id: str, peer_id: str) -> "Pair":
        """Read both members; before all else that a commit reads.

        Raises:
            ChirrupError: `cannot_target_self`.
        """
        conversation = parse_conversation_id(private_id(user_id, peer_id))
        found = conversations.members(conversation.id, [user_id, peer_id])
        return Pair(
            conversation,
            found.get(user_id) or Member(conversation.id, user_id),
            found.get(peer_id) or Member(conversation.id, peer_id),
        )

    def changed(
        self, mine: Mapping[str, Any] | None = None, peers: Mapping[str, Any] | None = None
    ) -> tuple[MemberChange, MemberChange]:
        """Both members with these changes, unless anything of the two was changed meanwhile.

        Args:
            mine: Of who acts.
            peers: Of the other.
        """
        return _changed(self.me, mine or {}), _changed(self.peer, peers or {})

    @property
    def muted(self) -> tuple[str, ...]:
        """Those of the two who have muted the chat."""
        sides = ((self.me, self.peer), (self.peer, self.me))
        return tuple(other.user_id for one, other in sides if one.muted_by_peer)


def _changed(member: Member, changes: Mapping[str, Any]) -> MemberChange:
    return MemberChange(
        member.conversation_id,
        member.user_id,
        {**changes, "pair": member.pair + 1},
        expected={"pair": member.pair},
    )
