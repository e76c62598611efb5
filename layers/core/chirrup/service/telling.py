"""Telling those who are in a channel: by pages, at a pace that leaves chat its share.

The gateway takes 10,000 requests a second of an account. What was handed over stands in the record
of the broadcast, so that whoever is interrupted goes on there. A page may be told twice by that,
never not at all; and what was not told is found by the next sync.
"""

from collections.abc import Sequence
from dataclasses import replace

from chirrup.domain.audiences import PAGE, Audience
from chirrup.domain.broadcasts import Broadcast, State, broadcasts_of
from chirrup.domain.channels import audience_at
from chirrup.domain.events import MessageCreated
from chirrup.domain.ids import channel_id
from chirrup.ports import Clock, Connections, Dispatcher
from chirrup.ports.records import Put, Records
from chirrup.ports.timelines import Timeline
from chirrup.service.channels import channel_of
from chirrup.service.committing import Attempt, Committing

USERS_A_SECOND = 2_000
"""For whom a broadcast is handed over, online or not: a fifth of what an account may push, were all
of them online."""


class Telling:
    """Hands broadcasts to the fan-out."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        records: Records,
        connections: Connections,
        dispatcher: Dispatcher,
        committing: Committing,
        clock: Clock,
        users_a_second: int = USERS_A_SECOND,
    ) -> None:
        """Use these.

        Args:
            timeline: Where entries are.
            records: Where broadcasts are.
            connections: Tells how many may be online, where everybody is in.
            dispatcher: Takes a page after the other.
            committing: Notes how far it got.
            clock: For the pauses between pages.
            users_a_second: The pace.
        """
        self._timeline = timeline
        self._records = records
        self._connections = connections
        self._dispatcher = dispatcher
        self._committing = committing
        self._clock = clock
        self._users_a_second = users_a_second

    def tell(self, code: str, id_: str, until: int) -> bool:
        """Tell of a broadcast those who were not told yet; one of a single page is told anew.

        Args:
            code: Of the channel.
            id_: Of the broadcast.
            until: Begin no page after that (ms since epoch).

        Returns:
            Whether all were told, or there is nothing to tell.

        Raises:
            ChirrupError: `temporarily_unavailable`, `rate_limited`: to be called again.
        """
        one = self._records.get(Broadcast, broadcasts_of(code), id_)
        if one is None or one.state is not State.SENT or not one.seq:
            return True
        entry = self._timeline.get(channel_id(code), [one.seq]).get(one.seq)
        if entry is None or entry.recalled:
            return True
        size = one.recipients or 0
        pages = audience_at(channel_of(self._records, code), one.seq, size).pages()
        pause = 1000 * self._users_of_a_page(size, pages) / self._users_a_second
        for number in range(one.told, len(pages)):
            if self._clock.now() > until:
                return False
            self._dispatcher.dispatch([MessageCreated(entry)], pages[number])
            if len(pages) > 1:
                self._note(code, id_, number + 1)
                self._clock.pause(pause)
        return True

    def _users_of_a_page(self, size: int, pages: Sequence[Audience]) -> float:
        if pages[0].everyone:
            # Never more are online than have connected.
            return min(sum(self._connections.counted().values()) / len(pages), PAGE)
        return size / len(pages)

    def _note(self, code: str, id_: str, told: int) -> None:
        def build(attempt: Attempt) -> None:
            now = self._records.get(Broadcast, broadcasts_of(code), id_)
            if now and now.told < told:
                attempt.write(Put(replace(now, told=told)))

        self._committing.run(build)
