"""Uploads over HTTP."""

from chirrup.contracts.uploads import NewUpload, UploadPart, UploadTicket, UploadView
from chirrup.domain.errors import ErrorCode
from chirrup.domain.media import Media
from chirrup.domain.media_types import Purpose
from chirrup.service.uploads import Declared, Ticket
from chirrup.transport.http.endpoint import Call, Endpoint, MediaApp


def _declare(app: MediaApp, call: Call) -> UploadTicket:
    new: NewUpload = call.body
    declared = Declared(
        purpose=Purpose(new.purpose),
        content_type=new.content_type,
        size=new.size,
        sha256=tuple(new.sha256),
        client_id=new.client_id,
        file_name=new.name or "",
    )
    return _ticket(app.uploads().declare(call.actor.user_id, declared))


def _complete(app: MediaApp, call: Call) -> UploadView:
    return _view(app.uploads().complete(call.actor.user_id, call.media_id))


def _cancel(app: MediaApp, call: Call) -> None:
    app.uploads().cancel(call.actor.user_id, call.media_id)


def _ticket(ticket: Ticket) -> UploadTicket:
    media, form = ticket.media, ticket.form
    if form:
        return UploadTicket(
            media_id=media.owner,
            expires_at=ticket.expires_at,
            method="post",
            url=form.url,
            fields=dict(form.fields),
        )
    parts = [
        UploadPart(
            number=part.number,
            first_byte=part.first,
            size=part.size,
            url=sending.url,
            headers=dict(sending.headers),
        )
        for part, sending in zip(media.parts, ticket.parts, strict=True)
    ]
    return UploadTicket(
        media_id=media.owner, expires_at=ticket.expires_at, method="parts", parts=parts
    )


def _view(media: Media) -> UploadView:
    return UploadView(
        media_id=media.owner,
        purpose=media.purpose,
        content_type=media.content_type,
        size=media.size,
        name=media.file_name or None,
        expires_at=media.expires_at,
    )


_ALL = "/v1/uploads"
_ONE = f"{_ALL}/<media_id>"
ENDPOINTS = (
    Endpoint(
        "POST",
        _ALL,
        "declareUpload",
        "Declare an upload, and learn how to send it to the bucket.",
        _declare,
        UploadTicket,
        NewUpload,
        status=201,
        errors=(ErrorCode.MEDIA_NOT_ALLOWED, ErrorCode.RATE_LIMITED),
    ),
    Endpoint(
        "POST",
        f"{_ONE}/complete",
        "completeUpload",
        "Put the parts together, if there are any, and have the upload looked at.",
        _complete,
        UploadView,
        errors=(ErrorCode.MEDIA_NOT_FOUND, ErrorCode.MEDIA_NOT_ALLOWED, ErrorCode.RATE_LIMITED),
    ),
    Endpoint(
        "DELETE",
        _ONE,
        "cancelUpload",
        "Forget an upload that was not used yet.",
        _cancel,
        status=204,
        errors=(ErrorCode.MEDIA_NOT_FOUND, ErrorCode.CONFLICT, ErrorCode.RATE_LIMITED),
    ),
)
