"""The search for messages over HTTP."""

from chirrup.contracts.search import SearchPage, SearchQuery
from chirrup.domain.finding import Criteria, terms_of
from chirrup.transport import refusals
from chirrup.transport.http.conversations import SYNC_BYTES
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.views import shown_views


def _search(app: App, call: Call) -> SearchPage:
    query = call.query
    criteria = Criteria(
        terms=terms_of(query.q or ""),
        sender_id=query.sender_id,
        type=query.type,
        since=query.from_,
        until=query.to,
    )
    found = app.finding().search(
        call.actor,
        criteria,
        query.conversation_id,
        query.cursor,
        limit=query.limit,
        budget=SYNC_BYTES,
    )
    return SearchPage(
        messages=shown_views(found.messages),
        next_cursor=found.place.text() if found.place else None,
        complete=found.place is None,
    )


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/search",
        "searchMessages",
        "Find messages, in one conversation or in all of one's own, by at least one of `q`,"
        " `sender_id`, `type`, `from` and `to`.",
        _search,
        SearchPage,
        query=SearchQuery,
        errors=refusals.MEMBER,
    ),
)
