"""For every permission the smallest thing that needs it: first prepared, then done.

What is done raises when it does not work: `Refused`, `HandshakeRefused`, or `NotDone` where the
client is not told, such as a push that does not come.
"""

import time
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from websockets.exceptions import ConnectionClosed

from local.processes import wait_until
from tests.e2e.client import Socket
from tests.e2e.http import in_chat
from tests.e2e.people import World
from tests.e2e.wire import PATIENCE_S, Json, Refused, chat_of, text

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Done = Callable[[], object]
Ask = Callable[..., Json]


class NotDone(Exception):
    """It was not done, though nobody was told so."""


class Stage:
    """Alice, who does something, and Bob, who notices; both have a profile."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.alice = world.person("alice")
        self.bob = world.person("bob")
        self.chat = chat_of(self.alice.id, self.bob.id)

    @cached_property
    def phone(self) -> Socket:
        """Alice's socket."""
        return self.alice.open("phone")

    @cached_property
    def desk(self) -> Socket:
        """Bob's socket."""
        return self.bob.open("desk")

    @property
    def connections(self) -> set[str]:
        """The elements of Bob's connection set."""
        item = self._table.get_item(**self._key, ConsistentRead=True).get("Item", {})
        found: set[str] = set(item.get("sockets", {}).get("SS", ()))
        return found

    def replace_connections(self, elements: set[str]) -> None:
        """Put others in their place."""
        self._table.update_item(
            **self._key,
            UpdateExpression="SET sockets = :sockets",
            ExpressionAttributeValues={":sockets": {"SS": sorted(elements)}},
        )

    @cached_property
    def _table(self) -> "DynamoDBClient":
        found: DynamoDBClient = self.world.stack.aws("dynamodb")
        return found

    @property
    def _key(self) -> Json:
        name = self.world.stack.resources["ConnectionsTable"]
        return {"TableName": name, "Key": {"user_id": {"S": self.bob.id}}}


def over_socket(stage: Stage) -> Ask:
    """Alice's frames, which ws_message handles."""
    return stage.phone.ask


def over_http(stage: Stage) -> Ask:
    """The same requests to http_api."""
    api, messages = stage.alice.api, in_chat(stage.chat, "messages")

    def ask(action: str, **data: object) -> Json:
        if action == "sync":
            return api.post("/v1/sync", data)
        data.pop("conversation_id")
        return api.get(messages, **data) if action == "history" else api.post(messages, data)

    return ask


def sent(stage: Stage, ask: Ask, **more: object) -> Json:
    """A message, by default a text."""
    return ask("sendMessage", conversation_id=stage.chat, **{**text("hello"), **more})


def first_message(stage: Stage, ask: Ask) -> Done:
    """Opens the conversation."""
    return partial(sent, stage, ask)


def message(stage: Stage, ask: Ask) -> Done:
    """In a conversation that is open."""
    sent(stage, ask)
    return partial(sent, stage, ask)


def quote(stage: Stage, ask: Ask) -> Done:
    """Reads the quoted message."""
    sent(stage, ask)
    return partial(sent, stage, ask, quote={"seq": 1})


def card(stage: Stage, ask: Ask) -> Done:
    """Shows a profile."""
    sent(stage, ask)
    content = {"kind": "user", "target_id": stage.bob.id}
    return partial(sent, stage, ask, type="card", content=content)


def emoji(stage: Stage, ask: Ask) -> Done:
    """Looks for an emoji; there is none, which only one who may look can tell."""
    sent(stage, ask)

    def done() -> None:
        content = {"pack_id": "ep_0", "emoji_id": "em_0"}
        try:
            sent(stage, ask, type="emoji", content=content)
        except Refused as refused:
            if refused.code != "not_found":
                raise

    return done


def history(stage: Stage, ask: Ask) -> Done:
    """A page that refers to nothing else."""
    sent(stage, ask)
    return partial(ask, "history", conversation_id=stage.chat)


def history_with_quotes(stage: Stage, ask: Ask) -> Done:
    """A page whose messages quote two that are not on it."""
    for quoted in (None, None, {"seq": 1}, {"seq": 2}):
        sent(stage, ask, **({"quote": quoted} if quoted else {}))
    return partial(ask, "history", conversation_id=stage.chat, after_seq=2)


def sync(stage: Stage, ask: Ask) -> Done:
    """Finds the conversations of a user."""
    return partial(ask, "sync")


def push(stage: Stage, ask: Ask) -> Done:
    """Reaches Bob's socket."""
    sent(stage, ask)
    stage.desk.pushed()

    def done() -> None:
        sent(stage, ask)
        if not stage.desk.pushed():
            raise NotDone("no push")

    return done


def gone(stage: Stage, ask: Ask) -> Done:
    """Removes a connection of which no `$disconnect` ever told."""
    sent(stage, ask)
    later = int(time.time() * 1000) + 3_600_000
    stage.replace_connections({f"L0SM9cOFvHcCIhw=|{later}|1|desk"})

    def done() -> None:
        sent(stage, ask)
        if stage.connections:
            raise NotDone("the connection is still there")

    return done


def expired(stage: Stage, ask: Ask) -> Done:
    """Closes a socket that has outlived its token."""
    sent(stage, ask)
    stage.desk.ask("ping")
    (element,) = stage.connections
    id_, _, connected_at, device = element.split("|", 3)
    stage.replace_connections({f"{id_}|{int(connected_at) + 1}|{connected_at}|{device}"})

    def done() -> None:
        sent(stage, ask)
        _must_be_closed(stage.desk)

    return done


def _must_be_closed(socket: Socket) -> None:
    """A frame may still have come in before the end."""
    try:
        for _ in range(20):
            socket.ask("ping")
    except ConnectionClosed:
        return
    raise NotDone("still open")


def first_sight(stage: Stage) -> Done:
    """Makes the profile."""
    return partial(stage.world.person("carol", seen=False).api.get, "/v1/me")


def new_name(stage: Stage) -> Done:
    """Changes the profile."""
    return partial(stage.alice.api.patch, "/v1/me", {"name": "Alice A."})


def new_ticket(stage: Stage) -> Done:
    """Stores a ticket."""
    return partial(stage.alice.api.post, "/v1/ws-tickets")


def ticket_shown(stage: Stage) -> Done:
    """Redeems a ticket."""
    ticket = stage.alice.api.post("/v1/ws-tickets")["ticket"]
    return partial(stage.world.open, ticket=ticket)


def socket_opened(stage: Stage) -> Done:
    """By one who was here before."""
    return partial(stage.alice.open, "phone")


def first_socket_opened(stage: Stage) -> Done:
    """Makes the profile."""
    return partial(stage.world.person("carol", seen=False).open, "phone")


def farewell(stage: Stage) -> Done:
    """Tells the device's older socket why it ends."""
    older = stage.alice.open("phone")

    def done() -> None:
        stage.alice.open("phone")
        if older.ended() != [{"event": "session.closing", "reason": "replaced"}]:
            raise NotDone("closed without a word")

    return done


def replaced(stage: Stage) -> Done:
    """Closes the device's older socket."""
    older = stage.alice.open("phone")

    def done() -> None:
        stage.alice.open("phone")
        _must_be_closed(older)

    return done


def socket_closed(stage: Stage) -> Done:
    """Takes the socket out of the connection set."""
    stage.desk.ask("ping")

    def failures() -> int:
        return stage.world.stack.runs("ws-disconnect")["FAILED"]

    def done() -> None:
        before = failures()
        stage.desk.close()
        wait_until(lambda: not stage.connections or failures() > before, timeout_s=PATIENCE_S)
        if stage.connections:
            raise NotDone("still in the set")

    return done
