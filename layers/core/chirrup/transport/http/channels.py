"""Channels over HTTP; what they say is read like any conversation."""

from chirrup.contracts.channels import ChannelPage, ChannelQuery, ChannelView
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import channel_id, is_channel_code
from chirrup.service.channels import OwnChannel
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _list(app: App, call: Call) -> ChannelPage:
    found, next_ = app.channels().channels.list(call.actor, call.query.cursor, call.query.limit)
    return ChannelPage(items=[_view(one) for one in found], next_cursor=next_)


def _get(app: App, call: Call) -> ChannelView:
    return _view(app.channels().channels.get(call.actor, code_of(call)))


def _subscribe(app: App, call: Call) -> ChannelView:
    return _view(app.channels().channels.subscribe(call.actor, code_of(call)))


def _unsubscribe(app: App, call: Call) -> None:
    app.channels().channels.unsubscribe(call.actor, code_of(call))


def code_of(call: Call) -> str:
    """The code of the path; there is no channel of one that cannot be."""
    code = call.path["channel_code"]
    if not is_channel_code(code):
        raise ChirrupError(ErrorCode.NOT_FOUND)
    return code


def _view(own: OwnChannel) -> ChannelView:
    channel = own.channel
    return ChannelView(
        code=channel.name,
        conversation_id=channel_id(channel.name),
        name=channel.title,
        avatar=channel.avatar,
        description=channel.description,
        kind=channel.kind,
        enabled=channel.enabled,
        created_at=channel.created_at,
        subscribed=own.subscribed,
        muted=own.muted,
        unread=own.unread,
    )


_ONE = "/v1/channels/<channel_code>"
ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/channels",
        "listChannels",
        "The channels that there are, with exact unread.",
        _list,
        ChannelPage,
        query=ChannelQuery,
    ),
    Endpoint(
        "GET",
        _ONE,
        "getChannel",
        "One channel.",
        _get,
        ChannelView,
        errors=refusals.CHANNEL,
    ),
    Endpoint(
        "PUT",
        _ONE + "/subscription",
        "subscribe",
        "Be told what a channel says.",
        _subscribe,
        ChannelView,
        errors=refusals.SUBSCRIBE,
    ),
    Endpoint(
        "DELETE",
        _ONE + "/subscription",
        "unsubscribe",
        "Be told no more.",
        _unsubscribe,
        status=204,
        errors=refusals.UNSUBSCRIBE,
    ),
)
