"""Friends: the list, what a user has noted of each, and the end of a friendship."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.friends import Friend
from chirrup.domain.quotas import Quota
from chirrup.domain.records import Name
from chirrup.ports import Profile, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.pairs import Pair


@dataclass(frozen=True, slots=True)
class Known:
    """A friend, and the profile."""

    friend: Friend
    profile: Profile


class FriendService:
    """What a user does with friends."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        users: Users,
        committing: Committing,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._users = users
        self._committing = committing

    def list(self, actor: Actor, after: str | None, limit: int) -> tuple[list[Known], str | None]:
        """A page of the user's friends, by user id, and the id to go on from."""
        friends, next_ = self._records.page(Friend, actor.user_id, after, limit)
        profiles = profiles_of(self._users, [friend.name for friend in friends])
        return [Known(friend, profiles[friend.name]) for friend in friends], next_

    def get(self, actor: Actor, user_id: str) -> Known:
        """One friend.

        Raises:
            ChirrupError: `not_found`.
        """
        friend = self._friend(actor, user_id)
        return Known(friend, profiles_of(self._users, [user_id])[user_id])

    def change(self, actor: Actor, user_id: str, changes: Mapping[str, Any]) -> Known:
        """Change remark, star or tags.

        Args:
            actor: Whose friend.
            user_id: Who.
            changes: Fields of `domain.friends.Friend` by name.

        Raises:
            ChirrupError: `not_found`.
        """

        def build(attempt: Attempt) -> Friend:
            friend = self._friend(actor, user_id)
            changed = replace(friend, **changes)
            if changed != friend:
                attempt.write(Put(changed))
            return changed

        friend = self._committing.run(build)
        return Known(friend, profiles_of(self._users, [user_id])[user_id])

    def remove(self, actor: Actor, user_id: str) -> None:
        """End a friendship, on both sides; what was written stays.

        Raises:
            ChirrupError: `cannot_target_self`, `not_found`.
        """

        def build(attempt: Attempt) -> None:
            pair = Pair.read(self._conversations, actor.user_id, user_id)
            both = [Name(actor.user_id, user_id), Name(user_id, actor.user_id)]
            friends = self._records.several(Friend, both)
            if not friends:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            quotas = self._records.several(Quota, [Name(actor.user_id), Name(user_id)])
            attempt.write(
                *(Delete(friend) for friend in friends.values()),
                *(Put(quota.without_friend()) for quota in quotas.values()),
                *pair.changed({"friends": None}, {"friends": None}),
            )

        self._committing.run(build)

    def _friend(self, actor: Actor, user_id: str) -> Friend:
        friend = self._records.get(Friend, actor.user_id, user_id)
        if friend is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return friend


def profiles_of(users: Users, user_ids: list[str]) -> dict[str, Profile]:
    """The profiles of all of these; one that is not there shows the user id as the name."""
    found = users.profiles(user_ids)
    return {user_id: found.get(user_id) or Profile(user_id, user_id) for user_id in user_ids}
