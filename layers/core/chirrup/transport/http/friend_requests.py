"""Requests for friendship over HTTP."""

from chirrup.contracts.friend_requests import (
    FriendRequestAcceptance,
    FriendRequestPage,
    FriendRequestQuery,
    FriendRequestRejection,
    FriendRequestView,
    NewFriendRequest,
)
from chirrup.contracts.friends import FriendView
from chirrup.domain.friends import FriendRequestOut
from chirrup.service.between import Asking
from chirrup.service.friend_requests import Request
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.friends import friend_view


def _ask(app: App, call: Call) -> FriendRequestView:
    body = call.body
    asking = Asking(text=body.text, remark=body.remark, source=body.source)
    return _request_view(app.friendship().requests.ask(call.actor, body.user_id, asking))


def _requests(app: App, call: Call) -> FriendRequestPage:
    query = call.query
    found, next_ = app.friendship().requests.list(
        call.actor, query.direction, query.cursor, query.limit
    )
    return FriendRequestPage(items=[_request_view(one) for one in found], next_cursor=next_)


def _accept(app: App, call: Call) -> FriendView:
    requests = app.friendship().requests
    return friend_view(requests.accept(call.actor, call.user_id, call.body.remark))


def _reject(app: App, call: Call) -> None:
    app.friendship().requests.reject(call.actor, call.user_id, call.body.reason)


def _withdraw(app: App, call: Call) -> None:
    app.friendship().requests.withdraw(call.actor, call.user_id)


def _request_view(request: Request) -> FriendRequestView:
    record, profile = request.record, request.profile
    return FriendRequestView(
        user_id=record.name,
        name=profile.name,
        picture=profile.picture,
        direction=request.direction,
        status=request.status,
        text=record.text,
        source=record.source,
        remark=record.remark if isinstance(record, FriendRequestOut) else None,
        asked_at=record.asked_at,
        expires_at=record.ends_at,
    )


_REQUEST = "/v1/friend-requests/<user_id>"
ENDPOINTS = (
    Endpoint(
        "POST",
        "/v1/friend-requests",
        "askFriend",
        "Ask somebody for friendship; asking again refreshes the request.",
        _ask,
        FriendRequestView,
        NewFriendRequest,
        status=201,
        errors=refusals.ASK_FRIEND,
    ),
    Endpoint(
        "GET",
        "/v1/friend-requests",
        "listFriendRequests",
        "Requests to you, or of your own.",
        _requests,
        FriendRequestPage,
        query=FriendRequestQuery,
    ),
    Endpoint(
        "POST",
        _REQUEST + "/accept",
        "acceptFriend",
        "Accept somebody's request.",
        _accept,
        FriendView,
        FriendRequestAcceptance,
        errors=refusals.ACCEPT_FRIEND,
    ),
    Endpoint(
        "POST",
        _REQUEST + "/reject",
        "rejectFriend",
        "Reject somebody's request.",
        _reject,
        body=FriendRequestRejection,
        status=204,
        errors=refusals.REJECT_FRIEND,
    ),
    Endpoint(
        "DELETE",
        _REQUEST,
        "withdrawFriendRequest",
        "Withdraw one's own request.",
        _withdraw,
        status=204,
        errors=refusals.WITHDRAW_REQUEST,
    ),
)
