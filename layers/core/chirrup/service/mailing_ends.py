"""What comes after a mailing: whom it has reached, and taking it back."""

from dataclasses import dataclass, replace
from functools import partial

from chirrup.domain.audiences import Audience
from chirrup.domain.ids import notices_id
from chirrup.domain.mailings import (
    Delivered,
    Mailing,
    MailingPage,
    Recipients,
    mailing_of,
    pages_of,
)
from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records
from chirrup.service.committing import Attempt, Committing
from chirrup.service.listing import every
from chirrup.service.withdrawing import Withdrawing


@dataclass(frozen=True, slots=True)
class Reached:
    """How many users a mailing has reached: the notice stands in their timeline, they have read."""

    delivered: int
    read: int


class MailingEnds:
    """Looks after mailings that are stored."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        committing: Committing,
        withdrawing: Withdrawing,
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._committing = committing
        self._withdrawing = withdrawing
        self._clock = clock

    def withdraw(self, id_: str, until: int) -> bool:
        """Take back what was delivered, and deliver no more; as `Mailings.deliver`, by pages.

        What is being delivered at this moment either meets the page's record, or is taken back.
        """
        owner = mailing_of(id_)
        self._committing.run(partial(self._stop, owner))
        for page in pages_of(list(every(self._records, Recipients, owner))):
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
            for page in every(self._records, Delivered, mailing_of(id_))
            for user_id, seq in page.seqs.items()
        }
        members = self._conversations.rows(list(seqs))
        read = sum(one.read_seq >= seqs[one.conversation_id, one.user_id] for one in members)
        return Reached(len(seqs), read)


def _one(user_id: str, _: int) -> Audience:
    return Audience(user_ids=(user_id,))
