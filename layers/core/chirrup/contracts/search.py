"""The search for messages on the wire."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from chirrup.contracts.base import NOT_BLANK, SEQ_MAX, ConversationId, Emitted, Received, UserId
from chirrup.contracts.content import KeptType
from chirrup.contracts.messages import MessageView
from chirrup.contracts.people import NextCursor
from chirrup.domain.places import PLACE_MAX

QUERY_MAX = 256
RESULTS_MAX = 50

Time = Annotated[int, Field(ge=0, le=SEQ_MAX, examples=[1_790_000_000_000])]
_ONE_OF = ("q", "sender_id", "type", "from", "to")


class SearchQuery(Received):
    """What to look for, and where. At least one of `q`, `sender_id`, `type`, `from` and `to`."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": [name]} for name in _ONE_OF]}
    )

    q: Annotated[
        Annotated[str, Field(min_length=1, max_length=QUERY_MAX, json_schema_extra={**NOT_BLANK})]
        | None,
        Field(
            description=(
                "Words or parts of words, separated by blanks; each must stand in the message. Case"
                " and width do not matter."
            ),
            examples=["lunch noon"],
        ),
    ] = None
    conversation_id: Annotated[
        ConversationId | None, Field(description="Only there; in all of your own if left out.")
    ] = None
    sender_id: Annotated[UserId | None, Field(description="Only what they sent.")] = None
    type: Annotated[KeptType | None, Field(description="Only messages of this type.")] = None
    from_: Annotated[
        Time | None,
        Field(alias="from", description="Sent then or later (ms since the epoch)."),
    ] = None
    to: Annotated[Time | None, Field(description="Sent before (ms since the epoch).")] = None
    limit: Annotated[int, Field(ge=1, le=RESULTS_MAX, description="Messages at most.")] = 20
    cursor: Annotated[
        Annotated[str, Field(pattern="^[A-Za-z0-9_-]+$", max_length=PLACE_MAX)] | None,
        Field(description="`next_cursor` of the page before."),
    ] = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if {"q", "sender_id", "type", "from_", "to"}.isdisjoint(self._given()):
            raise ValueError("nothing to look for")
        if self.q is not None and not self.q.strip():
            raise ValueError("blank")
        return self

    def _given(self) -> set[str]:
        return {name for name in self.model_fields_set if getattr(self, name) is not None}


class SearchPage(Emitted):
    """A page of results. It may hold fewer than asked for, or none, and yet not be the last."""

    messages: Annotated[
        list[MessageView],
        Field(description="Conversation by conversation, the newest first in each."),
    ]
    next_cursor: NextCursor = None
    complete: Annotated[bool, Field(description="Everything was looked at: there is no next page.")]
