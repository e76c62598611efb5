"""Mailings: delivered by pages, each with its notices stored whole or not at all.

So it may be interrupted anywhere and be taken up by anybody: what was delivered says so in the very
transaction that delivered it, and nobody gets a notice twice, or none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from chirrup.domain.audiences import Audience
from chirrup.domain.ids import notices_id
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
from chirrup.domain.records import R
from chirrup.ports import Clock, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records
from chirrup.service.committing import Attempt, Committing
from chirrup.service.withdrawing import Withdrawing

FEW = 30
"""Users who are told in the very commit that makes a mailing: of its 100 items, three for each."""
RECORDS = 100
"""Records of a mailing that are read at once."""


class Mass(NamedTuple):
    """What many users are told: who it is from, the type and content of the notice.

    Attributes:
        digest: Of all that was asked for.
    """

    sender_id: str
    type: str
    content: Json
    digest: str


@dataclass(frozen=True, slots=True)
class Reached:
    """How many users a mailing has reached: the notice stands in their timeline, they have read."""

    delivered: int
    read: int


class Mailings:
    """Delivers and withdraws mailings that are stored."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        users: Users,
        committing: Committing,
        withdrawing: Withdrawing,
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._users = users
        self._committing = committing
        self._withdrawing = withdrawing
        self._clock = clock

    def start(self, attempt: Attempt, id_: str, mass: Mass, user_ids: Sequence[str]) -> int:
        """Have a mailing stored; to a few users it is delivered with that.

        Args:
            attempt: Of the commit, which may hold three other items, but no notices.
            id_: Its id.
            mass: What they are told.
            user_ids: Whom; `USERS_MAX` at most, each counts once.

        Returns:
            How many it is for.
        """
        owner, users = mailing_of(id_), list(dict.fromkeys(user_ids))
        small = len(users) <= FEW
        mailing = Mailing(
            owner=owner, made_at=attempt.now, recipients=len(users), done=small, **mass._asdict()
        )
        parts = parts_of(owner, users)
        attempt.write(Put(mailing), *map(Put, parts))
        for page in pages_of(parts) if small else ():
            self._page(mailing, page, attempt)
        return len(users)

    def deliver(self, id_: str, until: int) -> bool:
        """Deliver what was not delivered yet.

        Args:
            id_: Which mailing.
            until: Begin no page after that (ms since epoch).

        Returns:
            Whether it is at its end: all was delivered, or it was withdrawn.

        Raises:
            ChirrupError: `rate_limited`, `temporarily_unavailable`: to be called again.
        """
        owner = mailing_of(id_)
        mailing = self._records.get(Mailing, owner)
        if mailing is None or mailing.done or mailing.withdrawn_at:
            return True
        done = {page.name for page in self._all(Delivered, owner)}
        for page in pages_of(self._all(Recipients, owner)):
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

    def withdraw(self, id_: str, until: int) -> bool:
        """Take back what was delivered, and deliver no more; as `deliver`, by pages.

        What is being delivered at this moment either meets the page's record, or is taken back.
        """
        owner = mailing_of(id_)
        self._committing.run(partial(self._stop, owner))
        for page in pages_of(self._all(Recipients, owner)):
            if self._clock.now() > until:
                return False
            delivered = self._committing.run(partial(self._blocked, owner, page))
            if delivered.withdrawn:
                continue
            for user_id, seq in delivered.seqs.items():
                self._withdrawing.recall(notices_id(user_id), seq, partial(_one, user_id))
            self._committing.run(partial(self._taken_back, delivered))
        return True

    def _stop(self, owner: str, attempt: Attempt) -> None:
        mailing = self._records.get(Mailing, owner)
        if mailing and mailing.withdrawn_at is None:
            attempt.write(Put(replace(mailing, withdrawn_at=attempt.now)))

    def _blocked(self, owner: str, page: MailingPage, attempt: Attempt) -> Delivered:
        """What was delivered of a page; if nothing was, nothing will be."""
        delivered = self._records.get(Delivered, owner, page.name)
        if delivered is None:
            delivered = Delivered(owner=owner, name=page.name, withdrawn=True)
            attempt.write(Put(delivered))
        return delivered

    def _taken_back(self, delivered: Delivered, attempt: Attempt) -> None:
        now = self._records.get(Delivered, delivered.owner, delivered.name)
        if now and not now.withdrawn:
            attempt.write(Put(replace(now, withdrawn=True)))

    def reached(self, id_: str) -> Reached:
        """How many it has reached, by their read cursors; a read for each 100 recipients."""
        seqs = {
            (notices_id(user_id), user_id): seq
            for page in self._all(Delivered, mailing_of(id_))
            for user_id, seq in page.seqs.items()
        }
        members = self._conversations.rows(list(seqs))
        read = sum(one.read_seq >= seqs[one.conversation_id, one.user_id] for one in members)
        return Reached(len(seqs), read)

    def _all(self, kind: type[R], owner: str) -> list[R]:
        return list(_every(self._records, kind, owner))


def _every(records: Records, kind: type[R], owner: str) -> Iterator[R]:
    after: str | None = None
    while True:
        page, after = records.page(kind, owner, after, RECORDS)
        yield from page
        if after is None:
            return


def _one(user_id: str, _: int) -> Audience:
    return Audience(user_ids=(user_id,))
