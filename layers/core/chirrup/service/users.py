"""Users: one's own profile, and what others see."""

from collections.abc import Mapping
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Clock, Identity, Profile, Users


class UserService:
    """Profiles, made at the first sight of a user."""

    def __init__(self, *, users: Users, clock: Clock) -> None:
        self._users = users
        self._clock = clock

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
