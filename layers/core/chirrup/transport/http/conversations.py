"""Conversations over HTTP."""

from chirrup.contracts.conversations import (
    ConversationChanges,
    ConversationPage,
    ConversationView,
    PageQuery,
)
from chirrup.contracts.messages import ReadAck, ReadUpTo
from chirrup.contracts.sync import Sync, SyncPage
from chirrup.transport import messaging, refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.views import conversation_view

SYNC_BYTES = 2 * 1024 * 1024
"""Well below the 6 MB that a Lambda may answer with."""


def _list(app: App, call: Call) -> ConversationPage:
    views, next_ = app.messaging().conversations.list(
        call.actor, call.query.cursor, call.query.limit
    )
    return ConversationPage(items=[conversation_view(view) for view in views], next_cursor=next_)


def _get(app: App, call: Call) -> ConversationView:
    return conversation_view(app.messaging().conversations.get(call.actor, call.conversation_id))


def _change(app: App, call: Call) -> ConversationView:
    conversations = app.messaging().conversations
    changes = call.body.model_dump(exclude_unset=True)
    if not changes:
        return _get(app, call)
    return conversation_view(
        conversations.change_settings(call.actor, call.conversation_id, changes)
    )


def _delete(app: App, call: Call) -> None:
    app.messaging().conversations.delete_for_me(call.actor, call.conversation_id)


def _read(app: App, call: Call) -> ReadAck:
    return messaging.read(app.messaging(), call.actor, call.conversation_id, call.body.seq)


def _typing(app: App, call: Call) -> None:
    app.messaging().conversations.typing(call.actor, call.conversation_id)


def _sync(app: App, call: Call) -> SyncPage:
    return messaging.sync(app.messaging(), call.actor, call.body, SYNC_BYTES)


_ONE = "/v1/conversations/<conversation_id>"
ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/conversations",
        "listConversations",
        "One's conversations, with exact unread.",
        _list,
        ConversationPage,
        query=PageQuery,
    ),
    Endpoint(
        "GET",
        _ONE,
        "getConversation",
        "One conversation.",
        _get,
        ConversationView,
        errors=refusals.MEMBER,
    ),
    Endpoint(
        "PATCH",
        _ONE,
        "changeConversation",
        "Mute, pin, archive, mark unread, or keep a draft.",
        _change,
        ConversationView,
        ConversationChanges,
        errors=refusals.SETTINGS,
    ),
    Endpoint(
        "DELETE",
        _ONE,
        "deleteConversation",
        "Delete the conversation up to its present end, for oneself.",
        _delete,
        status=204,
        errors=refusals.MEMBER,
    ),
    Endpoint(
        "POST",
        _ONE + "/read",
        "readConversation",
        "Move the read cursor forward.",
        _read,
        ReadAck,
        ReadUpTo,
        errors=refusals.READ,
    ),
    Endpoint(
        "POST",
        _ONE + "/typing",
        "typing",
        "Tell the others that one is typing.",
        _typing,
        status=204,
        errors=refusals.TYPING,
    ),
    Endpoint("POST", "/v1/sync", "sync", "Catch up on all conversations.", _sync, SyncPage, Sync),
)
