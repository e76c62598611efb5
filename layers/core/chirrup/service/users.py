"""Users: one's own profile, and what others see."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.names import normalised
from chirrup.domain.occasions import Occasion
from chirrup.ports import Clock, Identity, Profile, Users
from chirrup.service.appearance import Appearance

SEEN_MAX = 10_000
"""Users that a warm function remembers to have seen; about a megabyte."""


class UserService:
    """Profiles, made at the first sight of a user."""

    def __init__(self, *, users: Users, appearance: Appearance, clock: Clock) -> None:
        self._users = users
        self._appearance = appearance
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
        """Change one's own profile: fields of `Profile`.

        Raises:
            ChirrupError: `sensitive_word`, `media_not_found`, `media_not_allowed`.
        """
        self.me(identity)
        kept = self._appearance.checked(Occasion(identity.user_id, "profile"), changes)
        return self._users.change(identity.user_id, kept)

    def find(self, identity: Identity, user_id: str) -> list[Profile]:
        """The user with this very id, if listed; oneself in any case."""
        profile = self._users.get(user_id)
        shown = profile and (profile.listed or user_id == identity.user_id)
        return [profile] if profile and shown else []

    def search(self, name: str, cursor: str | None, limit: int) -> tuple[list[Profile], str | None]:
        """A page of the listed users whose name begins so, whatever case and width.

        Returns:
            Profiles, and the cursor of the next page; None on the last.

        Raises:
            ChirrupError: `invalid_request` for a name of blanks only, or a cursor not of ours.
        """
        prefix = normalised(name)
        if not prefix:
            raise ChirrupError(ErrorCode.INVALID_REQUEST, field="name", problem="is not valid")
        found, next_ = self._users.named(prefix, _place(cursor) if cursor else None, limit)
        return found, _cursor(next_) if next_ else None


def _cursor(place: str) -> str:
    return urlsafe_b64encode(place.encode()).rstrip(b"=").decode()


def _place(cursor: str) -> str:
    """What a cursor stands for; any text is a place to go on from, so nothing can be forged."""
    try:
        return urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError as error:
        raise ChirrupError(
            ErrorCode.INVALID_REQUEST, field="cursor", problem="is not valid"
        ) from error
