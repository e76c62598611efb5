"""One conversation, two users with two devices each, and everything that may happen to them."""

import uuid
from dataclasses import dataclass, replace
from functools import partial

from chirrup.domain.errors import ErrorCode
from chirrup.service.actor import Actor
from chirrup.service.changing import Changing
from chirrup.service.conversations import ConversationService
from chirrup.service.reading import Reading
from chirrup.service.sending import Draft, Sending
from tests.model.actions import History
from tests.model.backends import Build
from tests.model.client import Client
from tests.model.network import ModelClock, Network
from tests.model.replies import Ledger
from tests.model.rules import check_state
from tests.model.schedule import Schedule
from tests.model.state import State
from tests.model.tape import Tape

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass
class Outgoing:
    """A message that a user means to send.

    Attributes:
        attempts: How often it has been sent.
        settled: Acknowledged, or refused for good.
        unmarked: Its retries may go unmarked: the device's clock was not ahead.
    """

    user: str
    draft: Draft
    attempts: int = 0
    settled: bool = False
    unmarked: bool = True


class World:
    """All services on one backend, and the clients."""

    def __init__(self, history: History, build: Build) -> None:
        self.tape = Tape(history.tape)
        self.schedule = Schedule(self.tape, switch=history.switch, crash=history.crash)
        names = (("alice", "a1"), ("alice", "a2"), ("bob", "b1"), ("bob", "b2"))
        self.clients = [
            Client(user, name, ahead)
            for (user, name), ahead in zip(names, history.clocks, strict=True)
        ]
        for client in self.clients:
            client.connection = f"{client.name}-0"
        self.ledger = Ledger()
        self.outgoing: list[Outgoing] = []
        self._state = State()
        self._changed = False
        self.clock = ModelClock(self.schedule, partial(self.tape.below, 40))
        self.network = Network(self.schedule, self.tape, self.clients)
        self.backend = build(self.schedule, self.tape, self.wrote)
        timeline, conversations = self.backend.timeline, self.backend.conversations
        self.sending = Sending(
            timeline=timeline,
            conversations=conversations,
            dispatcher=self.network,
            clock=self.clock,
            side_by_side=self.schedule.side_by_side,
            friends_only=False,
        )
        self.changing = Changing(
            timeline=timeline,
            conversations=conversations,
            dispatcher=self.network,
            clock=self.clock,
        )
        self.conversations = ConversationService(
            timeline=timeline,
            conversations=conversations,
            dispatcher=self.network,
            clock=self.clock,
        )
        self.reading = Reading(
            timeline=timeline,
            conversations=conversations,
            side_by_side=self.schedule.side_by_side,
        )

    def wrote(self) -> None:
        """Something was written: every invariant must hold now."""
        self._changed = True
        if self.backend.quick:
            self.state()

    def state(self) -> State:
        """What is stored now, where every invariant holds."""
        if self._changed:
            self._changed = False
            state = self.backend.state()
            check_state(state, self._state)
            self._state = state
        return self._state

    def actor(self, client: Client) -> Actor:
        """Who asks, over which socket."""
        return Actor(client.user, client.connection)

    def compose(self, client: Client, pick: int, quote_seq: int | None, *, to: bool) -> Outgoing:
        """A new message, with an id and a text like no other."""
        number = len(self.outgoing)
        client_id, timed = self._client_id(client, number, pick)
        peer = "bob" if client.user == "alice" else "alice"
        draft = Draft(
            client_id=client_id,
            type="text",
            content={"text": text(number)},
            conversation_id=None if to else "p_alice~bob",
            to=peer if to else None,
            quote_seq=quote_seq,
        )
        unmarked = not timed or client.ahead_ms <= 0
        message = Outgoing(client.user, draft, unmarked=unmarked)
        self.outgoing.append(message)
        return message

    def _client_id(self, client: Client, number: int, pick: int) -> tuple[str, bool]:
        """A ULID, a UUIDv7 or any other text; and whether it tells the device's time."""
        at = self.clock.time + client.ahead_ms
        if pick % 4 == 0:
            return f"c-{number}", False
        if pick % 4 == 1:
            hexes = f"{at:012x}7000{8000 + number:016d}"
            return str(uuid.UUID(hexes)), True
        digits = [CROCKFORD[at >> 5 * place & 31] for place in range(9, -1, -1)]
        return "".join(digits) + f"{number:016d}", True


def text(number: int) -> str:
    """A text that contains no other one."""
    return f"<{number}>"


def other_payload(draft: Draft) -> Draft:
    """The same client_id with another text."""
    return replace(draft, content={"text": draft.content["text"] + "!"})


FINAL = frozenset({ErrorCode.IDEMPOTENCY_CONFLICT, ErrorCode.INVALID_QUOTE, ErrorCode.NOT_FOUND})
"""Refusals after which a client does not try again."""
