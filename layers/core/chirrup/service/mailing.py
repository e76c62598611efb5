"""Mailings: delivered by pages, each with its notices stored whole or not at all.

So it may be interrupted anywhere and be taken up by anybody: what was delivered says so in the very
transaction that delivered it, and nobody gets a notice twice, or none.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from chirrup.domain.mailings import (
    Delivered,
    Mailing,
    MailingPage,
    Recipients,
    mailing_of,
    pages_of,
    parts_of,
)
from chirrup.domain.messages import Json
from chirrup.ports import Clock, Users
from chirrup.ports.records import Put, Records
from chirrup.service.committing import Attempt, Committing
from chirrup.service.listing import every

FEW = 30
"""Users who are told in the very commit that makes a mailing: of its 100 items, three for each."""


class Mass(NamedTuple):
    """What many users are told: who it is from, the type and content of the notice.

    Attributes:
        digest: Of all that was asked for.
    """

    sender_id: str
    type: str
    content: Json
    digest: str


class Mailings:
    """Stores mailings, and delivers them."""

    def __init__(
        self,
        *,
        records: Records,
        users: Users,
        committing: Committing,
        clock: Clock,
    ) -> None:
        self._records = records
        self._users = users
        self._committing = committing
        self._clock = clock

    def start(
        self,
        attempt: Attempt,
        id_: str,
        mass: Mass,
        user_ids: Sequence[str],
        *,
        hold: bool = False,
    ) -> int:
        """Have a mailing stored; to a few users it is delivered with that.

        Args:
            attempt: Of the commit, which may hold three other items, but no notices.
            id_: Its id.
            mass: What they are told.
            user_ids: Whom; `USERS_MAX` at most, each counts once.
            hold: It is not to be delivered before it is released.

        Returns:
            How many it is for.
        """
        owner, users = mailing_of(id_), list(dict.fromkeys(user_ids))
        small = len(users) <= FEW and not hold
        mailing = Mailing(
            owner=owner,
            made_at=attempt.now,
            recipients=len(users),
            held=hold,
            done=small,
            **mass._asdict(),
        )
        parts = parts_of(owner, users)
        attempt.write(Put(mailing), *map(Put, parts))
        for page in pages_of(parts) if small else ():
            self._page(mailing, page, attempt)
        return len(users)

    def release(self, attempt: Attempt, id_: str, *, withdrawn: bool) -> None:
        """Have a mailing that was held delivered from now on, or never."""
        mailing = self._records.get(Mailing, mailing_of(id_))
        if mailing and mailing.held:
            at = attempt.now if withdrawn else None
            attempt.write(Put(replace(mailing, held=False, withdrawn_at=at)))

    def deliver(self, id_: str, until: int) -> bool:
        """Deliver what was not delivered yet.

        Args:
            id_: Which mailing.
            until: Begin no page after that (ms since epoch).

        Returns:
            Whether it is at its end: all was delivered, or it was withdrawn. One that is held is
            not.

        Raises:
            ChirrupError: `rate_limited`, `temporarily_unavailable`: to be called again.
        """
        owner = mailing_of(id_)
        mailing = self._records.get(Mailing, owner)
        if mailing is None or mailing.done or mailing.withdrawn_at:
            return True
        if mailing.held:
            return False
        done = {page.name for page in every(self._records, Delivered, owner)}
        for page in pages_of(list(every(self._records, Recipients, owner))):
            if page.name in done:
                continue
            if self._clock.now() > until:
                return False
            self._committing.run(partial(self._page, mailing, page))
        self._committing.run(partial(self._end, owner))
        return True

    def _page(self, mailing: Mailing, page: MailingPage, attempt: Attempt) -> None:
        if self._records.get(Delivered, mailing.owner, page.name):
            return
        seqs = {}
        known = self._users.profiles(page.user_ids)
        for user_id in page.user_ids:
            if user_id in known:
                entry = attempt.notify(user_id, mailing.sender_id, mailing.type, mailing.content)
                seqs[user_id] = entry.seq
        attempt.write(Put(Delivered(owner=mailing.owner, name=page.name, seqs=seqs)))

    def _end(self, owner: str, attempt: Attempt) -> None:
        mailing = self._records.get(Mailing, owner)
        if mailing and not mailing.done:
            attempt.write(Put(replace(mailing, done=True)))
