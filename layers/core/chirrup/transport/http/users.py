"""Users, sessions and health over HTTP."""

from chirrup.contracts.users import (
    HealthView,
    MeView,
    ProfileChanges,
    ProfileView,
    TicketView,
    UserPage,
    UserQuery,
)
from chirrup.domain.errors import ErrorCode
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.views import me_view, profile_view


def _health(_: App, __: Call) -> HealthView:
    return HealthView()


def _me(app: App, call: Call) -> MeView:
    return me_view(app.users().me(call.identity))


def _change_me(app: App, call: Call) -> MeView:
    changes = call.body.model_dump(exclude_unset=True)
    if not changes:
        return _me(app, call)
    return me_view(app.users().change(call.identity, changes))


def _find(app: App, call: Call) -> UserPage:
    query, users, next_ = call.query, app.users(), None
    if query.name is None:
        found = users.find(call.identity, query.user_id)
    else:
        found, next_ = users.search(query.name, query.cursor, query.limit)
    return UserPage(items=[profile_view(one) for one in found], next_cursor=next_)


def _user(app: App, call: Call) -> ProfileView:
    return profile_view(app.users().get(call.user_id))


def _ticket(app: App, call: Call) -> TicketView:
    ticket = app.tickets().issue(call.identity)
    return TicketView(ticket=ticket.ticket, expires_at=ticket.expires_at)


ENDPOINTS = (
    Endpoint(
        "GET", "/v1/health", "health", "Whether the API answers.", _health, HealthView, open=True
    ),
    Endpoint("GET", "/v1/me", "getMe", "One's own profile, made at first sight.", _me, MeView),
    Endpoint(
        "PATCH",
        "/v1/me",
        "changeMe",
        "Change one's own profile.",
        _change_me,
        MeView,
        ProfileChanges,
        errors=refusals.APPEARANCE,
    ),
    Endpoint(
        "GET",
        "/v1/users",
        "findUsers",
        "Users by id, or by the beginning of their name.",
        _find,
        UserPage,
        query=UserQuery,
    ),
    Endpoint(
        "GET",
        "/v1/users/<user_id>",
        "getUser",
        "A user's profile.",
        _user,
        ProfileView,
        errors=(ErrorCode.NOT_FOUND,),
    ),
    Endpoint(
        "POST",
        "/v1/ws-tickets",
        "issueTicket",
        "A single-use ticket to open the WebSocket, for browsers.",
        _ticket,
        TicketView,
        status=201,
    ),
)
