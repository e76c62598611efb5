"""Hits on the wire: where words were found, as those see it who look after them."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import (
    ConversationId,
    ConversationRef,
    Emitted,
    Received,
    Seq,
    Timestamp,
    UserId,
    UserRef,
)
from chirrup.contracts.people import NextCursor
from chirrup.contracts.words import Category, WordId
from chirrup.domain.hit_ids import HIT_ID
from chirrup.domain.hits import FOUND_MAX, Outcome, Status
from chirrup.domain.words import Action

HitId = Annotated[
    str,
    Field(
        pattern=f"^{HIT_ID}$",
        description="The id of a hit; the newest sorts first.",
        examples=["h_8209999999999_0123456789abcdef01234567"],
    ),
]


class HitQuery(Received):
    """Which page of which hits, the newest first."""

    limit: Annotated[int, Field(ge=1, le=100, description="Hits at most.")] = 50
    cursor: Annotated[HitId | None, Field(description="`next_cursor` of the page before.")] = None
    since: Annotated[Timestamp | None, Field(ge=0, description="Not before.")] = None
    until: Annotated[Timestamp | None, Field(ge=0, description="Not after.")] = None
    action: Annotated[Action | None, Field(strict=False, description="With this action.")] = None
    status: Annotated[Status | None, Field(strict=False, description="With this status.")] = None
    category: Annotated[Category | None, Field(description="Of a word of this category.")] = None
    user_id: Annotated[UserId | None, Field(description="Of what this user wrote.")] = None
    conversation_id: Annotated[ConversationId | None, Field(description="Found here.")] = None


class WaitingQuery(Received):
    """Which page of the hits that somebody has to look at, the newest first."""

    limit: Annotated[int, Field(ge=1, le=100, description="Hits at most.")] = 50
    cursor: Annotated[HitId | None, Field(description="`next_cursor` of the page before.")] = None


class HitHandling(Received):
    """What came of the review."""

    outcome: Annotated[Outcome, Field(strict=False, description="What was done.")]


class FoundView(Emitted):
    """A word that was found in a field, as it stood on the list then."""

    field: Annotated[str, Field(examples=["content.text"])]
    word_id: WordId
    word: str
    category: str
    action: Action


class HitView(Emitted):
    """A text in which words were found; not the text."""

    hit_id: HitId
    at: Timestamp
    user_id: UserRef
    what: Annotated[
        str,
        Field(
            description="`message`, `edit`, `reaction`, `group`, `announcement`, `nickname`,"
            " `face` or `profile`.",
            examples=["message"],
        ),
    ]
    conversation_id: ConversationRef | None = None
    ref: Annotated[
        str | None, Field(description="The `client_id` of the message or the new group.")
    ] = None
    seq: Annotated[
        Seq | None,
        Field(description="The lowest that the message can have; of an edit, the one it has."),
    ] = None
    action: Annotated[Action, Field(description="The strictest of the words.")]
    found: Annotated[list[FoundView], Field(max_length=FOUND_MAX)]
    more: Annotated[int | None, Field(ge=1, description="Other words that were found.")] = None
    status: Status
    outcome: Outcome | None = None
    handled_by: UserRef | None = None
    handled_at: Timestamp | None = None


class HitPage(Emitted):
    """A page of hits; it may hold fewer than the limit, and yet not be the last."""

    items: list[HitView]
    next_cursor: NextCursor = None
