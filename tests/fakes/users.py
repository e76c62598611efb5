"""Profiles in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.names import normalised, place_of
from chirrup.ports import Profile
from tests.fakes.tables import FakeTables


class FakeUsers:
    """Implements `ports.Users`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def get(self, user_id: str) -> Profile | None:
        """See `ports.Users`."""
        with self._tables.step("get profile"):
            return self._tables.profiles.get(user_id)

    def profiles(self, user_ids: Sequence[str]) -> dict[str, Profile]:
        """See `ports.Users`."""
        if not user_ids:
            return {}
        with self._tables.step("get profiles"):
            known = self._tables.profiles
            return {user_id: known[user_id] for user_id in user_ids if user_id in known}

    def named(self, prefix: str, after: str | None, limit: int) -> tuple[list[Profile], str | None]:
        """See `ports.Users`."""
        with self._tables.step("query names"):
            found = sorted(
                (place_of(one.name, one.user_id), one.user_id)
                for one in self._tables.profiles.values()
                if one.listed and normalised(one.name).startswith(prefix)
            )
        left = [(place, user_id) for place, user_id in found if place > (after or "")]
        page = left[:limit]
        profiles = self.profiles([user_id for _, user_id in page])
        return list(profiles.values()), page[-1][0] if len(left) > limit else None

    def ensure(self, profile: Profile) -> Profile:
        """See `ports.Users`."""
        known = self.get(profile.user_id)
        if known:
            return known
        with self._tables.step("put profile"):
            return self._tables.profiles.setdefault(profile.user_id, profile)

    def change(self, user_id: str, changes: Mapping[str, Any]) -> Profile:
        """See `ports.Users`."""
        with self._tables.step("change profile"):
            known = self._tables.profiles.get(user_id)
            if known is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            changed = replace(known, **changes)
            self._tables.profiles[user_id] = changed
        return changed
