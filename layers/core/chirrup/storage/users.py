"""Profiles in DynamoDB."""

from collections.abc import Mapping, Sequence
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Profile
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo, Key
from chirrup.storage.failures import ConditionFailed
from chirrup.storage.models import PROFILE, ProfileItem


class DynamoUsers:
    """Implements `ports.Users`."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def get(self, user_id: str) -> Profile | None:
        """See `ports.Users`."""
        item = self._dynamo.get(ProfileItem, user_id, PROFILE, consistent=False)
        return _profile(item) if item else None

    def profiles(self, user_ids: Sequence[str]) -> dict[str, Profile]:
        """See `ports.Users`; 0.5 read units a user, 100 users a request."""
        unique = list(dict.fromkeys(user_ids))
        found: dict[str, Profile] = {}
        for at in range(0, len(unique), BATCH_GET_MAX):
            chunk = unique[at : at + BATCH_GET_MAX]
            keys: list[Key] = [(ProfileItem, user_id, PROFILE) for user_id in chunk]
            for raw in self._dynamo.batch_get(keys, consistent=False):
                profile = _profile(ProfileItem.from_raw_data(raw))
                found[profile.user_id] = profile
        return found

    def ensure(self, profile: Profile) -> Profile:
        """See `ports.Users`; half a read unit for a user who is known."""
        known = self.get(profile.user_id)
        if known:
            return known
        item = ProfileItem(
            user_id=profile.user_id,
            item=PROFILE,
            name=profile.name,
            picture=profile.picture,
            created_at=profile.created_at,
        )
        try:
            self._dynamo.put(item, ProfileItem.item.does_not_exist())
        except ConditionFailed as failed:
            return _profile(ProfileItem.from_raw_data(failed.item)) if failed.item else profile
        return profile

    def change(self, user_id: str, changes: Mapping[str, Any]) -> Profile:
        """See `ports.Users`."""
        attributes = ProfileItem.get_attributes()
        actions = [
            attributes[name].remove() if value is None else attributes[name].set(value)
            for name, value in changes.items()
        ]
        try:
            item = self._dynamo.update(
                ProfileItem, user_id, PROFILE, actions, ProfileItem.item.exists()
            )
        except ConditionFailed as failed:
            raise ChirrupError(ErrorCode.NOT_FOUND) from failed
        return _profile(item)


def _profile(item: ProfileItem) -> Profile:
    return Profile(item.user_id, item.name, item.picture, int(item.created_at))
