"""Broadcasts at a set time: made now, said then, once; changed and cancelled until then."""

from dataclasses import replace
from functools import partial

from chirrup.domain.broadcasts import Broadcast, State, broadcasts_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.materials import MATERIALS, Material
from chirrup.ports.records import Put, Records
from chirrup.ports.schedules import Schedules
from chirrup.service.broadcasts import Broadcasts, NewBroadcast, check_future
from chirrup.service.committing import Attempt, Committing
from chirrup.service.mailing import Mailings


class ScheduledBroadcasts:
    """Plans broadcasts.

    The record says when it is due; a schedule only calls. One that was lost is set again by the
    same request made again. What happens then: `service.due`.
    """

    def __init__(
        self,
        *,
        records: Records,
        committing: Committing,
        broadcasts: Broadcasts,
        mailings: Mailings,
        schedules: Schedules,
    ) -> None:
        self._records = records
        self._committing = committing
        self._broadcasts = broadcasts
        self._mailings = mailings
        self._schedules = schedules

    def create(self, code: str, new: NewBroadcast, due_at: int) -> Broadcast:
        """Make a broadcast that is to be sent at a time (ms since epoch).

        Raises:
            ChirrupError: As `Broadcasts.create`; `invalid_request` for a time that is past.
        """
        made = self._committing.run(partial(self._broadcasts.plan, code, new, due_at))
        if made.state is State.SCHEDULED:
            self._call_at(made)
        return made

    def move(self, code: str, id_: str, due_at: int) -> Broadcast:
        """Have it sent at another time.

        Raises:
            ChirrupError: `not_found`, `invalid_request` for a time that is past, `conflict` for one
                that was sent or cancelled, `rate_limited`.
        """

        def build(attempt: Attempt) -> Broadcast:
            one = self._waiting(code, id_)
            check_future(due_at, attempt.now)
            moved = replace(one, due_at=due_at)
            if moved != one:
                attempt.write(Put(moved))
            return moved

        moved = self._committing.run(build)
        self._call_at(moved)
        return moved

    def cancel(self, code: str, id_: str) -> Broadcast:
        """Have it not sent at all; its material is free again, unless it was sent otherwise.

        Raises:
            ChirrupError: `not_found`, `conflict` for one that was sent, `rate_limited`.
        """

        def build(attempt: Attempt) -> Broadcast:
            one = self._known(code, id_)
            if one.state is State.CANCELLED:
                return one
            cancelled = replace(self._waiting(code, id_), state=State.CANCELLED)
            attempt.write(Put(cancelled))
            material = (
                self._records.get(Material, MATERIALS, one.material_id) if one.material_id else None
            )
            if material:
                attempt.write(Put(replace(material, uses=material.uses - 1)))
            if one.listed:
                self._mailings.release(attempt, id_, withdrawn=True)
            return cancelled

        cancelled = self._committing.run(build)
        self._schedules.cancel(id_)
        return cancelled

    def _known(self, code: str, id_: str) -> Broadcast:
        one = self._records.get(Broadcast, broadcasts_of(code), id_)
        if one is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return one

    def _waiting(self, code: str, id_: str) -> Broadcast:
        one = self._known(code, id_)
        if one.state is not State.SCHEDULED:
            raise ChirrupError(ErrorCode.CONFLICT, reason=one.state.value)
        return one

    def _call_at(self, one: Broadcast) -> None:
        payload = {"code": one.code, "broadcast_id": one.name}
        self._schedules.set(one.name, one.due_at or 0, payload)
