"""Profiles in DynamoDB."""

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.names import KEY_MAX, normalised, place_of
from chirrup.ports import Profile
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo
from chirrup.storage.failures import ConditionFailed
from chirrup.storage.models import PROFILE, ProfileItem
from chirrup.storage.profile_items import as_known, changes_of, to_item, to_profile

CHANGE_ROUNDS = 4
"""A user rarely changes a profile on two devices at the same moment."""


class DynamoUsers:
    """Implements `ports.Users`."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def get(self, user_id: str) -> Profile | None:
        """See `ports.Users`."""
        item = self._dynamo.get(ProfileItem, user_id, PROFILE, consistent=False)
        return to_profile(item) if item else None

    def profiles(self, user_ids: Sequence[str]) -> dict[str, Profile]:
        """See `ports.Users`; 0.5 read units a user, 100 users a request."""
        unique = list(dict.fromkeys(user_ids))
        found: dict[str, Profile] = {}
        for at in range(0, len(unique), BATCH_GET_MAX):
            keys = [(ProfileItem, user_id, PROFILE) for user_id in unique[at : at + BATCH_GET_MAX]]
            for raw in self._dynamo.batch_get(keys, consistent=False):
                profile = to_profile(ProfileItem.from_raw_data(raw))
                found[profile.user_id] = profile
        return found

    def named(self, prefix: str, after: str | None, limit: int) -> tuple[list[Profile], str | None]:
        """See `ports.Users`; two requests.

        The index may lag, and holds the beginning of long names only: what counts is the profile.
        """
        begin = prefix[:KEY_MAX]
        key = ProfileItem.name_key
        raw, more = self._dynamo.query(
            ProfileItem,
            prefix[0],
            key > after if after else key >= begin,
            limit=limit,
            consistent=False,
            index="by_name",
        )
        keys = [item["name_key"]["S"] for item in raw]
        within = list(takewhile(lambda one: one.startswith(begin), keys))
        profiles = self.profiles([item["user_id"]["S"] for item in raw[: len(within)]])
        found = [
            profile
            for profile in profiles.values()
            if profile.listed and normalised(profile.name).startswith(prefix)
        ]
        whole = more is not None and len(within) == len(keys)
        in_order = sorted(found, key=lambda one: place_of(one.name, one.user_id))
        return in_order, keys[-1] if whole and keys else None

    def ensure(self, profile: Profile) -> Profile:
        """See `ports.Users`; half a read unit for a user who is known."""
        known = self.get(profile.user_id)
        if known:
            return known
        try:
            self._dynamo.put(to_item(profile), ProfileItem.item.does_not_exist())
        except ConditionFailed as failed:
            return to_profile(ProfileItem.from_raw_data(failed.item)) if failed.item else profile
        return profile

    def change(self, user_id: str, changes: Mapping[str, Any]) -> Profile:
        """See `ports.Users`; on the condition that nobody else has changed name or listing."""
        item = self._dynamo.get(ProfileItem, user_id, PROFILE, consistent=True)
        for _ in range(CHANGE_ROUNDS):
            if item is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            known = to_profile(item)
            actions = changes_of(known, changes)
            try:
                changed = self._dynamo.update(
                    ProfileItem, user_id, PROFILE, actions, as_known(known)
                )
            except ConditionFailed as failed:
                item = ProfileItem.from_raw_data(failed.item) if failed.item else None
            else:
                return to_profile(changed)
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
