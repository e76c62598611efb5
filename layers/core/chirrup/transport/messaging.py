"""The requests that WebSocket actions and HTTP routes have in common: model in, model out."""

from chirrup.contracts.content import checked_content
from chirrup.contracts.messages import (
    ChangeAck,
    HistoryPage,
    HistoryQuery,
    NewMessage,
    ReadAck,
    SentAck,
)
from chirrup.contracts.sync import Sync, SyncPage
from chirrup.service.actor import Actor
from chirrup.service.senders import Draft
from chirrup.transport.services import Messaging
from chirrup.transport.views import (
    changed_view,
    read_view,
    sent_view,
    shown_views,
    synced_view,
)


def send(
    app: Messaging,
    actor: Actor,
    message: NewMessage,
    *,
    conversation_id: str | None = None,
    to: str | None = None,
) -> SentAck:
    """Send a message."""
    draft = Draft(
        client_id=message.client_id,
        type=message.type,
        content=checked_content(message.type, message.content),
        conversation_id=conversation_id,
        to=to,
        quote_seq=message.quote.seq if message.quote else None,
        attempt=message.attempt,
    )
    return sent_view(app.sending.send(actor, draft))


def recall(app: Messaging, actor: Actor, conversation_id: str, seq: int) -> ChangeAck:
    """Take a message back."""
    return changed_view(app.changing.recall(actor, conversation_id, seq))


def edit(
    app: Messaging, actor: Actor, conversation_id: str, seq: int, content: dict[str, object]
) -> ChangeAck:
    """Give a text another content."""
    checked = checked_content("text", content)
    return changed_view(app.changing.edit(actor, conversation_id, seq, checked))


def react(
    app: Messaging, actor: Actor, conversation_id: str, seq: int, reaction: str, *, add: bool
) -> ChangeAck:
    """Add or remove a reaction."""
    changed = app.changing.react(actor, conversation_id, seq, reaction, add=add)
    return changed_view(changed)


def read(app: Messaging, actor: Actor, conversation_id: str, seq: int) -> ReadAck:
    """Move the read cursor."""
    return read_view(app.receipts.read(actor, conversation_id, seq))


def history(
    app: Messaging, actor: Actor, conversation_id: str, query: HistoryQuery, budget: int
) -> HistoryPage:
    """A page of a conversation."""
    page = app.reading.history(
        actor,
        conversation_id,
        before_seq=query.before_seq,
        after_seq=query.after_seq,
        limit=query.limit,
        budget=budget,
    )
    return HistoryPage(messages=shown_views(page.entries), has_more=page.has_more)


def sync(app: Messaging, actor: Actor, request: Sync, budget: int) -> SyncPage:
    """What the client lacks."""
    now = app.clock.now()
    synced, next_page = app.reading.sync(
        actor, request.cursors, request.page, since=request.since, budget=budget
    )
    views = [synced_view(one) for one in synced]
    return SyncPage(conversations=views, next_page=next_page, now=now)
