"""The actions of the wire protocol: for each the shape of its data and what it does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from chirrup.contracts.base import Emitted, Received
from chirrup.contracts.messages import (
    ChangeAck,
    EditMessage,
    History,
    HistoryPage,
    MessageRef,
    Ping,
    PingAck,
    React,
    ReadAck,
    ReadConversation,
    SendMessage,
    SentAck,
    TypingAck,
    TypingIn,
)
from chirrup.contracts.sync import Sync, SyncPage
from chirrup.domain.errors import ErrorCode
from chirrup.service.actor import Actor
from chirrup.transport import messaging, refusals
from chirrup.transport.services import Messaging

REPLY_BYTES = 96 * 1024
"""What a reply may hold: below API Gateway's 128 KB a message, with room for estimates."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action.

    Attributes:
        data: What its frame carries.
        ack: What its ack carries.
        run: Carries it out.
        summary: One sentence for the reference.
        errors: What it may refuse, besides what every frame may.
    """

    data: type[Received]
    ack: type[Emitted]
    run: Callable[[Messaging, Actor, Any], Emitted]
    summary: str
    errors: tuple[ErrorCode, ...] = ()


def _send(app: Messaging, actor: Actor, data: SendMessage) -> SentAck:
    return messaging.send(app, actor, data, conversation_id=data.conversation_id, to=data.to)


def _recall(app: Messaging, actor: Actor, data: MessageRef) -> ChangeAck:
    return messaging.recall(app, actor, data.conversation_id, data.seq)


def _edit(app: Messaging, actor: Actor, data: EditMessage) -> ChangeAck:
    return messaging.edit(app, actor, data.conversation_id, data.seq, data.content)


def _add_reaction(app: Messaging, actor: Actor, data: React) -> ChangeAck:
    return messaging.react(app, actor, data.conversation_id, data.seq, data.reaction, add=True)


def _remove_reaction(app: Messaging, actor: Actor, data: React) -> ChangeAck:
    return messaging.react(app, actor, data.conversation_id, data.seq, data.reaction, add=False)


def _read(app: Messaging, actor: Actor, data: ReadConversation) -> ReadAck:
    return messaging.read(app, actor, data.conversation_id, data.seq)


def _typing(app: Messaging, actor: Actor, data: TypingIn) -> TypingAck:
    app.conversations.typing(actor, data.conversation_id)
    return TypingAck()


def _history(app: Messaging, actor: Actor, data: History) -> HistoryPage:
    return messaging.history(app, actor, data.conversation_id, data, REPLY_BYTES)


def _sync(app: Messaging, actor: Actor, data: Sync) -> SyncPage:
    return messaging.sync(app, actor, data, REPLY_BYTES)


def _ping(app: Messaging, _: Actor, __: Ping) -> PingAck:
    return PingAck(now=app.clock.now())


ACTIONS: Mapping[str, Action] = {
    "sendMessage": Action(
        SendMessage,
        SentAck,
        _send,
        "Send a message.",
        (*refusals.SEND, ErrorCode.CANNOT_TARGET_SELF),
    ),
    "recallMessage": Action(
        MessageRef,
        ChangeAck,
        _recall,
        "Take back one's own message within 5 minutes.",
        refusals.RECALL,
    ),
    "editMessage": Action(
        EditMessage, ChangeAck, _edit, "Change one's own text within 24 hours.", refusals.EDIT
    ),
    "addReaction": Action(
        React, ChangeAck, _add_reaction, "React to a message.", refusals.ADD_REACTION
    ),
    "removeReaction": Action(
        React, ChangeAck, _remove_reaction, "Take a reaction back.", refusals.REMOVE_REACTION
    ),
    "readConversation": Action(
        ReadConversation, ReadAck, _read, "Move the read cursor forward.", refusals.READ
    ),
    "typing": Action(
        TypingIn, TypingAck, _typing, "Tell the others that one is typing.", refusals.TYPING
    ),
    "sync": Action(Sync, SyncPage, _sync, "Catch up on all conversations."),
    "history": Action(
        History, HistoryPage, _history, "Read a page of a conversation.", refusals.MEMBER
    ),
    "ping": Action(Ping, PingAck, _ping, "Keep an idle socket open."),
}
