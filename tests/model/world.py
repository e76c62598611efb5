"""One conversation, two or three users with two devices each, and all that may happen to them."""

import uuid
from dataclasses import dataclass, replace
from functools import partial

from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import History as HistoryMode
from chirrup.domain.groups import JoinMode
from chirrup.service.actor import Actor
from chirrup.service.groups import NewGroup
from chirrup.service.senders import Draft
from chirrup.transport.groups import groups
from chirrup.transport.services import messaging
from tests.fakes import FakePictures
from tests.model.actions import History
from tests.model.backends import Build
from tests.model.carried import Carried
from tests.model.client import Client
from tests.model.network import ModelClock, Network
from tests.model.replies import Ledger
from tests.model.rules import check_state
from tests.model.schedule import Schedule
from tests.model.state import GROUP, USERS, Room, State
from tests.model.tape import Tape
from tests.support.composing import only_texts
from tests.support.words import no_words

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass
class Outgoing:
    """A message that a user means to send.

    Attributes:
        attempts: How often it has been sent.
        running: Attempts that have begun and not ended.
        settled: Acknowledged, or refused for good.
        unmarked: Its retries may go unmarked: the device's clock was not ahead.
    """

    user: str
    draft: Draft
    attempts: int = 0
    running: int = 0
    settled: bool = False
    unmarked: bool = True


class World:
    """All services on one backend, and the clients."""

    def __init__(self, history: History, build: Build) -> None:
        self.tape = Tape(history.tape)
        self.schedule = Schedule(self.tape, switch=history.switch, crash=history.crash)
        self.room = Room(GROUP, everything=history.everything) if history.group else Room()
        users = USERS if history.group else USERS[:2]
        self.clients = [
            Client(user, f"{user[0]}{number}", history.clocks[at % len(history.clocks)])
            for at, (user, number) in enumerate(
                (user, number) for user in users for number in (1, 2)
            )
        ]
        self.ledger = Ledger()
        self.outgoing: list[Outgoing] = []
        self._state = State(room=self.room)
        self._changed = False
        self.clock = ModelClock(self.schedule, partial(self.tape.below, 40))
        self.backend = build(self.schedule, self.tape, self.room, self.wrote)
        carried = history.mode != "local"
        self.network = Carried(self, history.mode) if carried else Network(self)
        app = messaging(
            timeline=self.backend.timeline,
            conversations=self.backend.conversations,
            records=self.backend.records,
            dispatcher=self.network,
            screening=no_words(self.clock),
            clock=self.clock,
            users=self.backend.users,
            side_by_side=self.schedule.side_by_side,
            composing=only_texts,
            friends_only=False,
        )
        self.app = app
        self.sending, self.changing = app.sending, app.changing
        self.reading, self.conversations = app.reading, app.conversations
        self.receipts = app.receipts
        self.groups = groups(
            conversations=self.backend.conversations,
            records=self.backend.records,
            users=self.backend.users,
            committing=app.committing,
            screening=app.screening,
            pictures=FakePictures(),
            clock=self.clock,
            friends_only=False,
            members_max=len(USERS),
            history=HistoryMode.JOIN,
        )
        if history.group:
            self._make_group(everything=history.everything)
        for client in self.clients:
            client.connection = f"{client.name}-0"

    def _make_group(self, *, everything: bool) -> None:
        """Alice's group, with bob in it, and the door open."""
        self.schedule.calm = True
        new = NewGroup(
            client_id="model",
            name="Model",
            member_ids=("bob",),
            join_mode=JoinMode.FREE,
            history=HistoryMode.ALL if everything else HistoryMode.JOIN,
        )
        self.groups.groups.create(Actor("alice"), new)
        self.schedule.calm = False
        self._changed = True
        self.state()

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
            state = replace(state, as_sent={**state.entries, **self._state.as_sent})
            check_state(state, self._state)
            self._state = state
        return self._state

    def actor(self, client: Client) -> Actor:
        """Who asks, over which socket."""
        return Actor(client.user, client.connection)

    def compose(
        self,
        client: Client,
        pick: int,
        quote_seq: int | None,
        *,
        to: bool,
        mentions: tuple[str, ...] = (),
    ) -> Outgoing:
        """A new message, with an id and a text like no other."""
        number = len(self.outgoing)
        client_id, timed = self._client_id(client, number, pick)
        peer = "bob" if client.user == "alice" else "alice"
        to = to and not self.room.group
        named = {"mentions": list(mentions)} if mentions else {}
        draft = Draft(
            client_id=client_id,
            type="text",
            content={"text": text(number), **named},
            conversation_id=None if to else self.room.id,
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
    return replace(draft, content={**draft.content, "text": draft.content["text"] + "!"})


FINAL = frozenset(
    {
        ErrorCode.IDEMPOTENCY_CONFLICT,
        ErrorCode.INVALID_QUOTE,
        ErrorCode.INVALID_REQUEST,
        ErrorCode.NOT_FOUND,
        ErrorCode.NOT_MEMBER,
        ErrorCode.ADMIN_REQUIRED,
        ErrorCode.GROUP_DISSOLVED,
        ErrorCode.GROUP_MUTED,
        ErrorCode.MEMBER_MUTED,
    }
)
"""Refusals after which a client does not try again."""
