"""Pins over HTTP."""

from chirrup.contracts.pins import PinAck, PinList, PinMessage, PinView
from chirrup.contracts.views import message_view
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _list(app: App, call: Call) -> PinList:
    pinned = app.rooms().pins.list(call.actor, call.conversation_id)
    return PinList(
        items=[
            PinView(pinned_by=one.user_id, pinned_at=one.at, message=message_view(one.entry))
            for one in pinned
        ]
    )


def _pin(app: App, call: Call) -> PinAck:
    seq = call.body.seq
    entry_seq = app.rooms().pins.pin(call.actor, call.conversation_id, seq)
    return PinAck(conversation_id=call.conversation_id, seq=seq, entry_seq=entry_seq)


def _unpin(app: App, call: Call) -> PinAck:
    entry_seq = app.rooms().pins.unpin(call.actor, call.conversation_id, call.seq)
    return PinAck(conversation_id=call.conversation_id, seq=call.seq, entry_seq=entry_seq)


_ALL = "/v1/conversations/<conversation_id>/pins"
ENDPOINTS = (
    Endpoint(
        "GET",
        _ALL,
        "listPins",
        "The pinned messages, the one pinned last first.",
        _list,
        PinList,
        errors=refusals.MEMBER,
    ),
    Endpoint(
        "POST",
        _ALL,
        "pinMessage",
        "Pin a message; in groups for owner and admins.",
        _pin,
        PinAck,
        PinMessage,
        errors=refusals.PIN,
    ),
    Endpoint(
        "DELETE",
        _ALL + "/<seq>",
        "unpinMessage",
        "Unpin a message; in groups for owner and admins.",
        _unpin,
        PinAck,
        errors=refusals.UNPIN,
    ),
)
