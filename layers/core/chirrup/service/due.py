"""Broadcasts that are due: sent once, however often they are called for."""

from functools import partial

from chirrup.domain.broadcasts import Broadcast, State, broadcasts_of
from chirrup.ports import Clock
from chirrup.ports.records import Records
from chirrup.service.broadcasts import Broadcasts
from chirrup.service.committing import Committing
from chirrup.service.mailing import Mailings
from chirrup.service.telling import Telling


class DueBroadcasts:
    """Sends them."""

    def __init__(
        self,
        *,
        records: Records,
        committing: Committing,
        broadcasts: Broadcasts,
        mailings: Mailings,
        telling: Telling,
        clock: Clock,
    ) -> None:
        self._records = records
        self._committing = committing
        self._broadcasts = broadcasts
        self._mailings = mailings
        self._telling = telling
        self._clock = clock

    def run(self, code: str, id_: str, until: int) -> bool:
        """Send a broadcast if it is due, and deliver it to whom it names.

        Called too early, twice, or for what was sent, cancelled or never made, it does no harm.

        Args:
            code: Of the channel.
            id_: Of the broadcast.
            until: Begin no page after that (ms since epoch).

        Returns:
            Whether nothing is left to be done; else it is to be called again.

        Raises:
            ChirrupError: `rate_limited`, `temporarily_unavailable`: to be called again.
        """
        one = self._records.get(Broadcast, broadcasts_of(code), id_)
        if one is None:
            return True
        if one.state is State.SCHEDULED:
            if (one.due_at or 0) > self._clock.now():
                return True  # It was moved; its schedule calls again.
            one = self._committing.run(partial(self._broadcasts.send_planned, code, id_))
        if one.state is State.SENT and one.listed:
            return self._mailings.deliver(id_, until)
        return self._telling.tell(code, id_, until)
