"""What comes after a broadcast: whom it has reached, and taking it back."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from chirrup.domain.broadcasts import Broadcast, State, broadcasts_of
from chirrup.domain.channels import audience_at
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import channel_id
from chirrup.domain.materials import MATERIALS, Material
from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records, Write
from chirrup.service.broadcasts import subscribers
from chirrup.service.channels import channel_of
from chirrup.service.committing import Attempt, Committing
from chirrup.service.mailing_ends import MailingEnds
from chirrup.service.withdrawing import Withdrawing


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a broadcast has reached.

    Attributes:
        recipients: Whom it was for; None for everybody.
        delivered: In how many timelines it stands that these users have; None for everybody.
        read: How many of them have a read cursor at or past it.
    """

    recipients: int | None
    delivered: int | None
    read: int


class BroadcastEnds:
    """Looks after broadcasts that were made."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        committing: Committing,
        withdrawing: Withdrawing,
        mailings: MailingEnds,
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._committing = committing
        self._withdrawing = withdrawing
        self._mailings = mailings
        self._clock = clock

    def list(self, code: str, after: str | None, limit: int) -> tuple[list[Broadcast], str | None]:
        """A page of a channel's broadcasts, by id, and the id to go on from.

        Raises:
            ChirrupError: `not_found`.
        """
        channel_of(self._records, code)
        return self._records.page(Broadcast, broadcasts_of(code), after, limit)

    def get(self, code: str, id_: str) -> Broadcast:
        """One broadcast.

        Raises:
            ChirrupError: `not_found`.
        """
        found = self._records.get(Broadcast, broadcasts_of(code), id_)
        if found is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return found

    def reach(self, code: str, id_: str) -> Reach:
        """Whom it has reached, by their read cursors now.

        Nothing is counted up when somebody reads: the rows of the channel are read instead, some
        12 read units for 100 subscribers.

        Raises:
            ChirrupError: `not_found`.
        """
        one = self.get(code, id_)
        if one.listed:
            reached = self._mailings.reached(one.name)
            return Reach(one.recipients, reached.delivered, reached.read)
        if not one.seq:
            return Reach(one.recipients, 0, 0)
        channel = channel_id(code)
        read, _ = self._conversations.count_read(channel, one.seq, channel)
        return Reach(one.recipients, one.recipients, read)

    def withdraw(self, code: str, id_: str, until: int) -> bool:
        """Take a broadcast back: it is gone from every later read, and devices are told.

        Doing it again goes on where it was interrupted.

        Args:
            code: Of the channel.
            id_: Which.
            until: Begin no page of users by name after that (ms since epoch).

        Returns:
            Whether all was taken back.

        Raises:
            ChirrupError: `not_found`; `conflict` for one that was not sent; `rate_limited`.
        """
        one = self.get(code, id_)
        if one.state not in (State.SENT, State.WITHDRAWN):
            raise ChirrupError(ErrorCode.CONFLICT, reason=one.state.value)
        if one.seq:
            channel = channel_of(self._records, code)
            size = 0 if channel.for_everyone else subscribers(self._records, channel_id(code))
            self._withdrawing.recall(
                channel_id(code),
                one.seq,
                lambda seq: audience_at(channel, seq, size),
                partial(self._marks, code, id_, self._clock.now),
            )
        # Where the message is not kept any more, or nothing stands in the channel.
        self._committing.run(partial(self._mark, code, id_))
        return self._mailings.withdraw(id_, until) if one.listed else True

    def _mark(self, code: str, id_: str, attempt: Attempt) -> None:
        attempt.write(*self._marks(code, id_, lambda: attempt.now))

    def _marks(self, code: str, id_: str, now: Callable[[], int]) -> tuple[Write, ...]:
        one = self.get(code, id_)
        if one.state is State.WITHDRAWN:
            return ()
        writes: list[Write] = [Put(replace(one, state=State.WITHDRAWN, withdrawn_at=now()))]
        if one.material_id:
            material = self._records.get(Material, MATERIALS, one.material_id)
            if material:
                writes.append(Put(replace(material, live=material.live - 1)))
        return tuple(writes)
