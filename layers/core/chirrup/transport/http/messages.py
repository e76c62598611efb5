"""Messages over HTTP."""

from chirrup.contracts.messages import (
    ChangeAck,
    EditContent,
    HistoryPage,
    HistoryQuery,
    NewMessage,
    Reaction,
    SentAck,
)
from chirrup.transport import messaging, refusals
from chirrup.transport.http.conversations import SYNC_BYTES
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _send(app: App, call: Call) -> SentAck:
    return messaging.send(
        app.messaging(), call.actor, call.body, conversation_id=call.conversation_id
    )


def _history(app: App, call: Call) -> HistoryPage:
    return messaging.history(
        app.messaging(), call.actor, call.conversation_id, call.query, SYNC_BYTES
    )


def _edit(app: App, call: Call) -> ChangeAck:
    return messaging.edit(
        app.messaging(), call.actor, call.conversation_id, call.seq, call.body.content
    )


def _hide(app: App, call: Call) -> None:
    app.messaging().conversations.delete_message_for_me(call.actor, call.conversation_id, call.seq)


def _recall(app: App, call: Call) -> ChangeAck:
    return messaging.recall(app.messaging(), call.actor, call.conversation_id, call.seq)


def _add_reaction(app: App, call: Call) -> ChangeAck:
    return messaging.react(
        app.messaging(),
        call.actor,
        call.conversation_id,
        call.seq,
        call.body.reaction,
        add=True,
    )


def _remove_reaction(app: App, call: Call) -> ChangeAck:
    return messaging.react(
        app.messaging(),
        call.actor,
        call.conversation_id,
        call.seq,
        call.query.reaction,
        add=False,
    )


_ALL = "/v1/conversations/<conversation_id>/messages"
_ONE = _ALL + "/<seq>"
ENDPOINTS = (
    Endpoint(
        "POST",
        _ALL,
        "sendMessage",
        "Send a message.",
        _send,
        SentAck,
        NewMessage,
        status=201,
        errors=refusals.SEND,
    ),
    Endpoint(
        "GET",
        _ALL,
        "history",
        "A page of the conversation.",
        _history,
        HistoryPage,
        query=HistoryQuery,
        errors=refusals.MEMBER,
    ),
    Endpoint(
        "PATCH",
        _ONE,
        "editMessage",
        "Change one's own text within 24 hours.",
        _edit,
        ChangeAck,
        EditContent,
        errors=refusals.EDIT,
    ),
    Endpoint(
        "DELETE",
        _ONE,
        "deleteMessage",
        "Delete one message, for oneself.",
        _hide,
        status=204,
        errors=refusals.MEMBER,
    ),
    Endpoint(
        "POST",
        _ONE + "/recall",
        "recallMessage",
        "Take back one's own message within 5 minutes.",
        _recall,
        ChangeAck,
        errors=refusals.RECALL,
    ),
    Endpoint(
        "POST",
        _ONE + "/reactions",
        "addReaction",
        "React to a message.",
        _add_reaction,
        ChangeAck,
        Reaction,
        errors=refusals.ADD_REACTION,
    ),
    Endpoint(
        "DELETE",
        _ONE + "/reactions",
        "removeReaction",
        "Take a reaction back.",
        _remove_reaction,
        ChangeAck,
        query=Reaction,
        errors=refusals.REMOVE_REACTION,
    ),
)
