"""All that a connection is told in one batch of jobs, in as few frames as hold it."""

from collections.abc import Sequence

from chirrup.domain.jobs import Job, Told
from chirrup.push.frames import frames_of
from chirrup.push.recipients import Hearing

Heard = tuple[Hearing, ...]
"""What one connection hears."""


class Coalescing:
    """The frames of jobs: made once for all connections that hear the same."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs
        self._made: dict[Heard, tuple[list[bytes], int]] = {}
        self._causes = {job.audience.but_connection for job in jobs} - {None}

    def but(self, heard: Heard, connection_id: str) -> Heard:
        """Without what this connection has caused itself."""
        if connection_id not in self._causes:
            return heard
        jobs = self._jobs
        return tuple(one for one in heard if jobs[one[0]].audience.but_connection != connection_id)

    def of(self, heard: Heard) -> list[bytes]:
        """The frames that hold all of it."""
        return self._of(heard)[0]

    def events(self, heard: Heard) -> int:
        """How many events those frames hold."""
        return self._of(heard)[1]

    def _of(self, heard: Heard) -> tuple[list[bytes], int]:
        made = self._made.get(heard)
        if made is None:
            texts = self._texts(heard)
            made = self._made[heard] = frames_of(texts), len(texts)
        return made

    def _texts(self, heard: Heard) -> dict[str, None]:
        """The texts of events in the order of their seqs, each once.

        Batches come in any order. What has a seq changes places with others of its conversation;
        what has none, such as typing, stays where its job stands.
        """
        jobs = [self._jobs[place] for place, _ in heard]
        mine = sorted(zip(jobs, heard, strict=True), key=lambda one: one[0].at)
        told = [(event, muted) for job, (_, muted) in mine for event in job.events]
        numbered: dict[str, list[tuple[Told, bool]]] = {}
        for event, muted in told:
            if event.seq is not None:
                numbered.setdefault(event.conversation_id, []).append((event, muted))
        queues = {
            conversation_id: iter(sorted(events, key=lambda one: one[0].seq or 0))
            for conversation_id, events in numbered.items()
        }
        in_order = (
            one if one[0].seq is None else next(queues[one[0].conversation_id]) for one in told
        )
        return dict.fromkeys(event.shown(muted=muted) for event, muted in in_order)
