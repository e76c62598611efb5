"""Broadcasts: what a channel says, stored once, whatever the number of those who hear it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from chirrup.domain.broadcasts import Broadcast, State, broadcast_id, broadcasts_of
from chirrup.domain.channels import Channel
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import channel_id
from chirrup.domain.materials import MATERIALS, Material
from chirrup.domain.messages import Json, payload_digest
from chirrup.domain.records import Name
from chirrup.domain.rosters import CHUNKS, RosterChunk
from chirrup.ports import Clock
from chirrup.ports.records import Put, Records
from chirrup.service.channels import channel_of
from chirrup.service.committing import Attempt, Committing
from chirrup.service.mailing import Mailings, Mass
from chirrup.service.telling import Telling

TELL_MS = 10_000
"""For which a request may tell; API Gateway waits 29 s for its answer."""
NOTICE = "notice.channel_message"
"""What users get by name; in the channel itself it is a plain message."""


@dataclass(frozen=True, slots=True)
class NewBroadcast:
    """What a channel shall say: a text, or a material of its own.

    Attributes:
        key: Its maker's own; the same again is the same broadcast.
        user_ids: To whom by name; None for all who are in the channel.
    """

    key: str
    text: str | None = None
    material_id: str | None = None
    user_ids: Sequence[str] | None = None


class Broadcasts:
    """Makes broadcasts."""

    def __init__(
        self,
        *,
        records: Records,
        committing: Committing,
        mailings: Mailings,
        telling: Telling,
        clock: Clock,
    ) -> None:
        self._records = records
        self._telling = telling
        self._clock = clock
        self._committing = committing
        self._mailings = mailings

    def create(self, code: str, new: NewBroadcast) -> Broadcast:
        """Send a broadcast; to users by name it is delivered by `Mailings.deliver` under its id.

        The same again goes on telling: the first attempt may have ended before the devices knew.
        Large audiences take longer than `TELL_MS`; `Telling.tell` tells the rest.

        Raises:
            ChirrupError: `not_found`, with `field` for the material; `channel_disabled`,
                `idempotency_conflict`, `rate_limited`.
        """
        made = self._committing.run(partial(self._make, code, new, None))
        self._telling.tell(code, made.name, self._clock.now() + TELL_MS)
        return made

    def plan(self, code: str, new: NewBroadcast, due_at: int, attempt: Attempt) -> Broadcast:
        """Have a broadcast stored that is to be sent at a time (ms since epoch).

        Raises:
            ChirrupError: As `create`; `invalid_request` for a time that is past.
        """
        return self._make(code, new, due_at, attempt)

    def send_planned(self, code: str, id_: str, attempt: Attempt) -> Broadcast:
        """Have a planned broadcast sent; in a channel that is disabled now it is cancelled.

        Raises:
            ChirrupError: `not_found`.
        """
        channel = channel_of(self._records, code)
        one = self._records.get(Broadcast, broadcasts_of(code), id_)
        if one is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        if one.state is not State.SCHEDULED:
            return one
        live = channel.enabled
        if one.material_id:
            material = self._material(code, one.material_id)
            # It was counted as used when it was planned.
            uses = material.uses if live else material.uses - 1
            attempt.write(Put(replace(material, uses=uses, live=material.live + live)))
        if one.listed:
            self._mailings.release(attempt, id_, withdrawn=not live)
        if live:
            one = replace(one, state=State.SENT, sent_at=attempt.now)
            sent = one if one.listed else self._say(attempt, channel, one)
        else:
            sent = replace(one, state=State.CANCELLED)
        attempt.write(Put(sent))
        return sent

    def _make(
        self, code: str, new: NewBroadcast, due_at: int | None, attempt: Attempt
    ) -> Broadcast:
        channel = channel_of(self._records, code)
        id_, digest = broadcast_id(code, new.key), _digest(new)
        found = self._records.get(Broadcast, broadcasts_of(code), id_)
        if found:
            if found.digest != digest:
                raise ChirrupError(ErrorCode.IDEMPOTENCY_CONFLICT, broadcast_id=id_)
            return found
        if not channel.enabled:
            raise ChirrupError(ErrorCode.CHANNEL_DISABLED)
        now = due_at is None
        if due_at is not None:
            check_future(due_at, attempt.now)
        material = self._material(code, new.material_id) if new.material_id else None
        broadcast = Broadcast(
            owner=broadcasts_of(code),
            name=id_,
            code=code,
            type="material" if material else "text",
            content=material.content if material else {"text": new.text},
            digest=digest,
            made_at=attempt.now,
            state=State.SENT if now else State.SCHEDULED,
            due_at=due_at,
            sent_at=attempt.now if now else None,
            material_id=new.material_id,
            listed=new.user_ids is not None,
        )
        if material:
            attempt.write(Put(replace(material, uses=material.uses + 1, live=material.live + now)))
        if new.user_ids is not None:
            broadcast = self._address(attempt, broadcast, new.user_ids)
        elif now:
            broadcast = self._say(attempt, channel, broadcast)
        attempt.write(Put(broadcast))
        return broadcast

    def _say(self, attempt: Attempt, channel: Channel, broadcast: Broadcast) -> Broadcast:
        """Have it stand in the channel's timeline."""
        id_ = channel_id(channel.name)
        size = 0 if channel.for_everyone else subscribers(self._records, id_)
        entry = attempt.grow(
            id_,
            id_,
            broadcast.type,
            broadcast.content,
            None,
        )
        recipients = None if channel.for_everyone else size
        return replace(broadcast, seq=entry.seq, recipients=recipients)

    def _address(
        self, attempt: Attempt, broadcast: Broadcast, user_ids: Sequence[str]
    ) -> Broadcast:
        """Have it go to users by name."""
        sender_id = channel_id(broadcast.code)
        content: Json = {
            "channel_id": sender_id,
            "broadcast_id": broadcast.name,
            "type": broadcast.type,
            "content": dict(broadcast.content),
        }
        mass = Mass(sender_id, NOTICE, content, broadcast.digest)
        hold = broadcast.state is State.SCHEDULED
        recipients = self._mailings.start(attempt, broadcast.name, mass, user_ids, hold=hold)
        return replace(broadcast, recipients=recipients)

    def _material(self, code: str, id_: str) -> Material:
        material = self._records.get(Material, MATERIALS, id_)
        if material is None or material.code != code:
            raise ChirrupError(ErrorCode.NOT_FOUND, field="material_id")
        return material


def check_future(due_at: int, now: int) -> None:
    """Refuse a time that is past.

    Raises:
        ChirrupError: `invalid_request`.
    """
    if due_at <= now:
        raise ChirrupError(ErrorCode.INVALID_REQUEST, field="due_at", problem="is past")


def subscribers(records: Records, conversation_id: str) -> int:
    """How many users are in a channel for whom there are rows to be told by; some 64 items."""
    names = [Name(conversation_id, f"{number:02d}") for number in range(CHUNKS)]
    return sum(len(chunk.since) for chunk in records.several(RosterChunk, names).values())


def _digest(new: NewBroadcast) -> str:
    to = None if new.user_ids is None else sorted(set(new.user_ids))
    said = {"text": new.text, "material_id": new.material_id, "user_ids": to}
    return payload_digest("broadcast", said, None)
