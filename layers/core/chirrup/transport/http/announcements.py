"""Announcements over HTTP."""

import re

from chirrup.contracts.announcements import (
    AnnouncementChanges,
    AnnouncementPage,
    AnnouncementQuery,
    AnnouncementView,
    NewAnnouncement,
)
from chirrup.domain.announcements import ANNOUNCEMENT_ID
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.service.announcements import Announced
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint

_ID = re.compile(ANNOUNCEMENT_ID)


def _list(app: App, call: Call) -> AnnouncementPage:
    query = call.query
    page, next_ = app.rooms().announcements.list(
        call.actor, call.group_id, query.cursor, query.limit
    )
    return AnnouncementPage(items=[announcement_view(one) for one in page], next_cursor=next_)


def _announce(app: App, call: Call) -> AnnouncementView:
    body = call.body
    made = app.rooms().announcements.announce(call.actor, call.group_id, body.text, top=body.top)
    return announcement_view(made)


def _change(app: App, call: Call) -> AnnouncementView:
    changes = call.body.model_dump(exclude_unset=True)
    changed = app.rooms().announcements.change(call.actor, call.group_id, _id(call), **changes)
    return announcement_view(changed)


def _delete(app: App, call: Call) -> None:
    app.rooms().announcements.delete(call.actor, call.group_id, _id(call))


def _id(call: Call) -> str:
    id_ = call.path["announcement_id"]
    if not _ID.fullmatch(id_):
        raise ChirrupError(
            ErrorCode.INVALID_REQUEST, field="announcement_id", problem="is not valid"
        )
    return id_


def announcement_view(announced: Announced) -> AnnouncementView:
    """An announcement."""
    one = announced.announcement
    return AnnouncementView(
        announcement_id=one.name,
        text=one.text,
        author_id=one.author_id,
        created_at=one.created_at,
        edited_at=one.edited_at or None,
        seq=one.seq,
        top=announced.top,
    )


_ALL = "/v1/groups/<group_id>/announcements"
_ONE = _ALL + "/<announcement_id>"
ENDPOINTS = (
    Endpoint(
        "GET",
        _ALL,
        "listAnnouncements",
        "A group's announcements, the newest first.",
        _list,
        AnnouncementPage,
        query=AnnouncementQuery,
        errors=refusals.OF_GROUP,
    ),
    Endpoint(
        "POST",
        _ALL,
        "announce",
        "Tell the whole group something, and keep it; for owner and admins.",
        _announce,
        AnnouncementView,
        NewAnnouncement,
        status=201,
        errors=refusals.ANNOUNCE,
    ),
    Endpoint(
        "PATCH",
        _ONE,
        "changeAnnouncement",
        "Give it another text, which is told again, or put it on top.",
        _change,
        AnnouncementView,
        AnnouncementChanges,
        errors=refusals.CHANGE_ANNOUNCEMENT,
    ),
    Endpoint(
        "DELETE",
        _ONE,
        "deleteAnnouncement",
        "Take an announcement off the board; for owner and admins.",
        _delete,
        status=204,
        errors=refusals.DELETE_ANNOUNCEMENT,
    ),
)
