"""Announcements on the wire."""

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field, field_validator

from chirrup.contracts.base import NOT_BLANK, Changes, Emitted, Received, Seq, Timestamp, UserRef
from chirrup.domain.announcements import ANNOUNCEMENT_ID
from chirrup.domain.groups import ANNOUNCEMENT_MAX

AnnouncementId = Annotated[
    str,
    Field(
        pattern=f"^{ANNOUNCEMENT_ID}$",
        description="An announcement id; the newest sorts first.",
        examples=["a_ZZZZZZZZZZP"],
    ),
]


def _normalised(text: object) -> object:
    # Before the length is checked: what some systems type decomposed is counted as it is kept.
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


def _sayable(text: str) -> str:
    if not text.strip():
        raise ValueError("blank")
    text.encode()  # Half a surrogate pair cannot be stored; the error is a ValueError.
    return text


Text = Annotated[
    str,
    BeforeValidator(_normalised),
    Field(
        min_length=1,
        max_length=ANNOUNCEMENT_MAX,
        description="Not blank; counted and stored in Unicode normal form C, never as HTML.",
        json_schema_extra={**NOT_BLANK},
    ),
]
Top = Annotated[bool, Field(description="The one on top, in the place of any other.")]


class NewAnnouncement(Received):
    """What to tell a group."""

    text: Text
    top: Top = False

    _check = field_validator("text")(_sayable)


class AnnouncementChanges(Changes):
    """What to change of an announcement; a new text is told to the group again."""

    text: Text = ""
    top: Top = False

    _check = field_validator("text")(_sayable)


class AnnouncementQuery(Received):
    """Which page of a group's announcements."""

    limit: Annotated[int, Field(ge=1, le=100, description="Announcements at most.")] = 20
    cursor: Annotated[
        AnnouncementId | None, Field(description="`next_cursor` of the page before.")
    ] = None


class AnnouncementView(Emitted):
    """An announcement of a group."""

    announcement_id: AnnouncementId
    text: str
    author_id: UserRef
    created_at: Timestamp
    edited_at: Annotated[Timestamp | None, Field(description="When its text was changed.")] = None
    seq: Annotated[Seq, Field(description="Of the entry that says it: its receipts are there.")]
    top: Annotated[bool, Field(description="Whether it is the one on top.")]


class AnnouncementPage(Emitted):
    """A page of announcements, the newest first."""

    items: list[AnnouncementView]
    next_cursor: Annotated[
        str | None, Field(description="The `cursor` of the next page; absent on the last.")
    ] = None
