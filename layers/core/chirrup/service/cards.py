"""Cards: users and groups that are recommended, with what the server knows of them."""

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.groups import GroupProfile
from chirrup.domain.ids import is_group_id, is_user_id
from chirrup.domain.messages import Json
from chirrup.ports import Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records


class Cards:
    """Fills them in."""

    def __init__(self, *, users: Users, conversations: Conversations, records: Records) -> None:
        self._users = users
        self._conversations = conversations
        self._records = records

    def fill(self, user_id: str, kind: str, target_id: str) -> Json:
        """A card with name and avatar as they are now.

        Args:
            user_id: Who recommends.
            kind: `user`, `group` or `channel`.
            target_id: Whom or what.

        Raises:
            ChirrupError: `not_found` where there is no such user, or no such group that the user
                is in. There are no channels yet.
        """
        found = None
        if kind == "user" and is_user_id(target_id):
            found = self._user(target_id)
        if kind == "group" and is_group_id(target_id):
            found = self._group(user_id, target_id)
        if found is None:
            raise ChirrupError(ErrorCode.NOT_FOUND, field="content.target_id")
        name, avatar = found
        card = {"kind": kind, "target_id": target_id, "name": name}
        return {**card, "avatar": avatar} if avatar else card

    def _user(self, target_id: str) -> tuple[str, str | None] | None:
        profile = self._users.get(target_id)
        return (profile.name, profile.picture) if profile else None

    def _group(self, user_id: str, target_id: str) -> tuple[str, str | None] | None:
        head, member, _ = self._conversations.view(target_id, user_id)
        if head is None or head.group is None or member is None or member.role is None:
            return None
        profile = self._records.get(GroupProfile, target_id)
        return head.group.name, profile.avatar if profile else None
