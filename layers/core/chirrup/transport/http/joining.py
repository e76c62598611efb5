"""Requests to join groups over HTTP."""

from chirrup.contracts.conversations import PageQuery
from chirrup.contracts.joining import NewRequest, Rejection, RequestPage, RequestStatus
from chirrup.domain.errors import ErrorCode
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.group_views import request_view


def _ask(app: App, call: Call) -> RequestStatus:
    joining = app.groups().joining
    joined = joining.ask(call.actor, call.group_id, call.body.text, call.body.invite)
    return RequestStatus(group_id=call.group_id, status="joined" if joined else "pending")


def _requests(app: App, call: Call) -> RequestPage:
    requests, next_ = app.groups().joining.requests(
        call.actor, call.group_id, call.query.cursor, call.query.limit
    )
    return RequestPage(items=[request_view(one) for one in requests], next_cursor=next_)


def _accept(app: App, call: Call) -> None:
    app.groups().joining.accept(call.actor, call.group_id, call.user_id)


def _reject(app: App, call: Call) -> None:
    app.groups().joining.reject(call.actor, call.group_id, call.user_id, call.body.reason)


def _withdraw(app: App, call: Call) -> None:
    app.groups().joining.withdraw(call.actor, call.group_id, call.user_id)


_REQUESTS = "/v1/groups/<group_id>/requests"
_REQUEST = _REQUESTS + "/<user_id>"
_ANSWER = (
    *refusals.IN_CHARGE,
    ErrorCode.NOT_FOUND,
    ErrorCode.REQUEST_HANDLED,
    ErrorCode.REQUEST_EXPIRED,
)
ENDPOINTS = (
    Endpoint(
        "POST",
        _REQUESTS,
        "requestToJoin",
        "Join a group, or ask to be let in.",
        _ask,
        RequestStatus,
        NewRequest,
        errors=(
            ErrorCode.NOT_FOUND,
            ErrorCode.ALREADY_MEMBER,
            ErrorCode.GROUP_FULL,
            ErrorCode.CONFLICT,
            ErrorCode.RATE_LIMITED,
        ),
    ),
    Endpoint(
        "GET",
        _REQUESTS,
        "listJoinRequests",
        "Those who want to come in.",
        _requests,
        RequestPage,
        query=PageQuery,
        errors=refusals.LOOK,
    ),
    Endpoint(
        "POST",
        _REQUEST + "/accept",
        "acceptJoinRequest",
        "Let somebody in.",
        _accept,
        status=204,
        errors=(*_ANSWER, ErrorCode.GROUP_FULL, ErrorCode.CONFLICT),
    ),
    Endpoint(
        "POST",
        _REQUEST + "/reject",
        "rejectJoinRequest",
        "Do not let somebody in.",
        _reject,
        body=Rejection,
        status=204,
        errors=_ANSWER,
    ),
    Endpoint(
        "DELETE",
        _REQUEST,
        "withdrawJoinRequest",
        "Take one's own request back.",
        _withdraw,
        status=204,
        errors=(
            ErrorCode.FORBIDDEN,
            ErrorCode.NOT_FOUND,
            ErrorCode.REQUEST_HANDLED,
            ErrorCode.REQUEST_EXPIRED,
            ErrorCode.RATE_LIMITED,
        ),
    ),
)
