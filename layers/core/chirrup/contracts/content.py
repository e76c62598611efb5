"""The content of messages: texts and custom ones here, all others where they are first asked for.

Most messages are texts, and every model costs a cold start some time.
"""

import unicodedata
from importlib import import_module
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, field_validator

from chirrup.contracts.base import NOT_BLANK, Received, decode
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import USER_ID
from chirrup.domain.messages import (
    CUSTOM_BYTES_MAX,
    CUSTOM_DEPTH_MAX,
    TEXT_MAX,
    depth_of,
    encode_json,
)

MENTIONS_MAX = 50

KeptType = Literal[
    "text",
    "image",
    "voice",
    "video",
    "file",
    "location",
    "card",
    "emoji",
    "merged",
    "material",
    "custom",
]
MessageType = Literal[KeptType, "forward"]
"""What a client sends; what it forwards is kept as a message of the type that it forwards."""
TypeRef = Annotated[
    str,
    Field(description="Type of a message.", json_schema_extra={"enum": list(get_args(KeptType))}),
]
"""In what we send; not checked again there."""
Mention = Annotated[str, Field(pattern=f"^{USER_ID}$", description="A user id, or `all`.")]


class TextContent(Received):
    """A text, stored as sent in Unicode normal form C, never as HTML."""

    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=TEXT_MAX,
            description="Not blank; counted and stored in Unicode normal form C.",
            json_schema_extra={**NOT_BLANK},
        ),
    ]
    mentions: Annotated[
        Annotated[list[Mention], Field(max_length=MENTIONS_MAX)] | None,
        Field(description="Members who are to be told by name."),
    ] = None

    @field_validator("text", mode="before")
    @classmethod
    def _normalised(cls, text: object) -> object:
        # Before the length is checked: what some systems type decomposed is counted as it is kept.
        return unicodedata.normalize("NFC", text) if isinstance(text, str) else text

    @field_validator("text")
    @classmethod
    def _not_blank(cls, text: str) -> str:
        if not text.strip():
            raise ValueError("blank")
        return text


class CustomContent(Received):
    """Anything an application wants to send, 8 KB of JSON at most."""

    custom_type: Annotated[
        str, Field(min_length=1, max_length=64, description="The application's own name for it.")
    ]
    data: Annotated[
        dict[str, Any],
        Field(
            description=f"At most {CUSTOM_BYTES_MAX} bytes as compact JSON, nested at most "
            f"{CUSTOM_DEPTH_MAX} levels deep."
        ),
    ]

    @field_validator("data")
    @classmethod
    def _bounded(cls, data: dict[str, Any]) -> dict[str, Any]:
        if depth_of(data) > CUSTOM_DEPTH_MAX:
            raise ValueError("nested too deeply")
        try:
            size = len(encode_json(data))
        except ChirrupError as error:
            raise ValueError("not JSON") from error
        if size > CUSTOM_BYTES_MAX:
            raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=CUSTOM_BYTES_MAX)
        return data


def content_model(type_: str) -> type[Received]:
    """The shape of the content that a client sends with a type of messages."""
    if type_ in _PLAIN:
        return _PLAIN[type_]
    rich: type[Received] = import_module("chirrup.contracts.rich_content").SENT[type_]
    return rich


_PLAIN: dict[str, type[Received]] = {"text": TextContent, "custom": CustomContent}


def checked_content(type_: str, content: dict[str, Any]) -> dict[str, Any]:
    """The content as it was meant.

    Raises:
        ChirrupError: `invalid_request` with the field, `payload_too_large`.
    """
    try:
        model = decode(content_model(type_), content)
    except ChirrupError as error:
        if "field" in error.details:
            error.details["field"] = f"content.{error.details['field']}"
        raise
    # A field that is null is one that is left out; what is null inside custom data stays.
    return model.model_dump(exclude_none=True)
