"""Members: who is in a conversation."""

from collections.abc import Callable
from dataclasses import dataclass

from chirrup.domain.conversations import Member
from chirrup.domain.ids import Conversation, Kind
from chirrup.ports import Clock, Profile, Users
from chirrup.ports.conversations import Conversations
from chirrup.service.access import active_view, check_users_write, own_conversation
from chirrup.service.actor import Actor

PAGES_MAX = 10
"""Pages of members that one request looks at to fill its own: in most groups the first will do,
in one that nearly all have left the request ends early."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A member, and how others see this user."""

    member: Member
    profile: Profile | None


class Members:
    """Lists the members of conversations."""

    def __init__(self, *, conversations: Conversations, users: Users, clock: Clock) -> None:
        self._conversations = conversations
        self._users = users
        self._clock = clock

    def list(
        self, actor: Actor, conversation_id: str, after: str | None, limit: int
    ) -> tuple[list[Listed], str | None]:
        """A page of those who are in a conversation, by user id, and the id to go on from.

        A page may hold fewer than the limit, and yet not be the last.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `not_found`.
        """
        conversation = own_conversation(conversation_id, actor.user_id)
        if conversation.kind is Kind.CHANNEL:
            check_users_write(conversation)
        active_view(self._conversations, conversation, actor.user_id, self._clock.now())
        members, next_ = active_members(self._conversations, conversation, after, limit)
        profiles = self._users.profiles([member.user_id for member in members])
        return [Listed(member, profiles.get(member.user_id)) for member in members], next_


def _any(_: Member) -> bool:
    return True


def active_members(
    conversations: Conversations,
    conversation: Conversation,
    after: str | None,
    limit: int,
    wanted: Callable[[Member], bool] = _any,
) -> tuple[list[Member], str | None]:
    """A page of those who are in a conversation, and the id to go on from.

    Args:
        conversations: Where.
        conversation: Which.
        after: The user id where the page before ended.
        limit: Members at most.
        wanted: Only such members.
    """
    if conversation.kind is not Kind.GROUP:
        found = conversations.members(conversation.id, conversation.users)
        named = [found[user] for user in conversation.users if user in found]
        left = [one for one in named if wanted(one) and (after is None or one.user_id > after)]
        return left[:limit], left[limit - 1].user_id if len(left) > limit else None
    members: list[Member] = []
    for _ in range(PAGES_MAX):
        page, after = conversations.member_page(conversation.id, after, limit - len(members))
        members += [one for one in page if one.role is not None and wanted(one)]
        if after is None or len(members) == limit:
            break
    return members, after
