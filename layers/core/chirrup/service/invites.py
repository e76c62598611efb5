"""Links into groups: made and revoked by those in charge; `joining` lets in who has one."""

import secrets
from collections.abc import Callable

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.invites import LINKS_MAX, Invite
from chirrup.domain.rights import Act, check_act
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.governing import Governing

CODE_BYTES = 16
"""128 random bits: nobody guesses a link."""
CLEARED = 50
"""Links that have ended and are cleared away at once, where they are in the way of a new one."""


def new_code() -> str:
    """A code that nobody guesses."""
    return secrets.token_urlsafe(CODE_BYTES)


class Invites:
    """Links into groups."""

    def __init__(
        self,
        *,
        records: Records,
        committing: Committing,
        governing: Governing,
        code: Callable[[], str] = new_code,
    ) -> None:
        """Use these.

        Args:
            records: Where links are.
            committing: Stores them.
            governing: Says who may.
            code: Makes the code of a new link.
        """
        self._records = records
        self._committing = committing
        self._governing = governing
        self._code = code

    def create(self, actor: Actor, group_id: str, seconds: int, max_uses: int | None) -> Invite:
        """Make a link.

        Args:
            actor: Who.
            group_id: Into which group.
            seconds: How long it is good.
            max_uses: How many may join by it; None for any number.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `conflict` with `limit`.
        """
        code = self._code()

        def build(attempt: Attempt) -> Invite:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            standing.check(Act.LINK)
            self._clear(attempt, group_id)
            link = Invite(
                owner=group_id,
                name=code,
                by=actor.user_id,
                made_at=attempt.now,
                ends_at=attempt.now + 1000 * seconds,
                max_uses=max_uses,
            )
            attempt.write(Put(link))
            return link

        return self._committing.run(build)

    def _clear(self, attempt: Attempt, group_id: str) -> None:
        """Make room where there are as many as there may be."""
        links, _ = self._records.page(Invite, group_id, None, LINKS_MAX)
        if len(links) < LINKS_MAX:
            return
        ended = [link for link in links if not link.is_good(attempt.now)][:CLEARED]
        if not ended:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_invites", limit=LINKS_MAX)
        attempt.write(*map(Delete, ended))

    def list(
        self, actor: Actor, group_id: str, after: str | None, limit: int
    ) -> tuple[list[Invite], str | None]:
        """A page of the links that are good, by code.

        Raises:
            ChirrupError: `not_member`, `admin_required`.
        """

        def build(attempt: Attempt) -> tuple[list[Invite], str | None]:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            check_act(Act.LINK, standing.role)
            links, next_ = self._records.page(Invite, group_id, after, limit)
            return [link for link in links if link.is_good(attempt.now)], next_

        return self._committing.run(build)

    def revoke(self, actor: Actor, group_id: str, code: str) -> None:
        """Make a link worthless; one that is gone already stays so.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`.
        """

        def build(attempt: Attempt) -> None:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            standing.check(Act.LINK)
            link = self._records.get(Invite, group_id, code)
            if link:
                attempt.write(Delete(link))

        self._committing.run(build)
