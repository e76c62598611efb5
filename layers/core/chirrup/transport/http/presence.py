"""Presence over HTTP."""

from chirrup.contracts.presence import PresenceList, PresenceQuery
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.views import presence_view


def _presence(app: App, call: Call) -> PresenceList:
    seen = app.presence().of(call.actor, call.query.user_ids)
    return PresenceList(items=[presence_view(one) for one in seen])


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/presence",
        "getPresence",
        "Who of one's friends is online, and when they were seen last.",
        _presence,
        PresenceList,
        query=PresenceQuery,
    ),
)
