"""Receipts over HTTP."""

from chirrup.contracts.receipts import ReceiptPage, ReceiptQuery, ReceiptView
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _list(app: App, call: Call) -> ReceiptPage:
    query = call.query
    readers = app.rooms().readership.of(
        call.actor,
        call.conversation_id,
        call.seq,
        read=query.read,
        after=query.cursor,
        limit=query.limit,
    )
    return ReceiptPage(
        conversation_id=readers.conversation_id,
        seq=readers.seq,
        read_count=readers.read_count,
        total=readers.total,
        items=[ReceiptView(user_id=one.user_id, read_seq=one.read_seq) for one in readers.members],
        next_cursor=readers.after,
    )


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/conversations/<conversation_id>/receipts/<seq>",
        "listReceipts",
        "Who has read one's own message, or has not; an announcement's also for owner and admins.",
        _list,
        ReceiptPage,
        query=ReceiptQuery,
        errors=refusals.RECEIPTS,
    ),
)
