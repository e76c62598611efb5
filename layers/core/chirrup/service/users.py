"""Users: one's own profile, and what others see."""

from collections.abc import Mapping
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Clock, Identity, Profile, Users

SEEN_MAX = 10_000
"""Users that a warm function remembers to have seen; about a megabyte."""


class UserService:
    """Profiles, made at the first sight of a user."""

    def __init__(self, *, users: Users, clock: Clock) -> None:
        self._users = users
        self._clock = clock
        self._seen: set[str] = set()

    def see(self, identity: Identity) -> None:
        """Make the profile at the first sight of a user, whatever the user asks for.

        Those seen are remembered while the function is warm, so that this costs next to nothing.
        """
        if identity.user_id in self._seen:
            return
        self.me(identity)
        if len(self._seen) >= SEEN_MAX:
            self._seen.clear()
        self._seen.add(identity.user_id)

    def me(self, identity: Identity) -> Profile:
        """One's own profile, made from the token's claims at first sight."""
        return self._users.ensure(
            Profile(
                user_id=identity.user_id,
                name=identity.name or identity.user_id,
                picture=identity.picture,
                created_at=self._clock.now(),
            )
        )

    def get(self, user_id: str) -> Profile:
        """Another user's profile.

        Raises:
            ChirrupError: `not_found`.
        """
        profile = self._users.get(user_id)
        if profile is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return profile

    def change(self, identity: Identity, changes: Mapping[str, Any]) -> Profile:
        """Change one's own name or picture."""
        self.me(identity)
        return self._users.change(identity.user_id, changes)
