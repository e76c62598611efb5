"""Downloads over HTTP."""

from chirrup.contracts.downloads import MediaLink, MediaQuery
from chirrup.domain.errors import ErrorCode
from chirrup.transport.http.endpoint import Call, Endpoint, MediaApp, Redirect


def _get(app: MediaApp, call: Call) -> MediaLink | Redirect:
    query: MediaQuery = call.query
    link = app.downloads().link(
        call.actor.user_id,
        call.media_id,
        query.conversation_id,
        query.seq,
        thumbnail=query.thumbnail,
    )
    if query.redirect:
        return Redirect(link.url)
    return MediaLink(url=link.url, expires_at=link.expires_at)


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/media/<media_id>",
        "getMedia",
        "Download an upload that you own, that is public, or that stands in a message you see.",
        _get,
        MediaLink,
        query=MediaQuery,
        errors=(ErrorCode.MEDIA_NOT_FOUND,),
        redirects=True,
    ),
)
