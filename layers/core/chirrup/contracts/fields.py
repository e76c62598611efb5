"""Fields that several contents have: uploads, titles, text that may not be blank."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from chirrup.contracts.base import NOT_BLANK
from chirrup.domain.contents import MEDIA_ID, TITLE_MAX

ID_MAX = 64
URL_MAX = 2048


def _composed(text: object) -> object:
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("blank")
    return text


Composed = BeforeValidator(_composed)
"""Normal form C, before the length is checked."""
NotBlank = AfterValidator(_not_blank)
Media = Annotated[
    str,
    Field(
        # ASCII, as RFC 3986 has it, and nothing that JSON would have to escape.
        pattern=rf"^({MEDIA_ID}|https://[!$-.0->@-\[\]-~][!#-\[\]-~]*)$",
        max_length=URL_MAX,
        description="The id of an upload of one's own, or an https URL.",
        examples=["m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
PictureRef = Annotated[
    str | None, Field(description="The id of an upload that everybody may see, or an https URL.")
]
"""In what we send; not checked again there."""
Title = Annotated[
    str,
    Field(min_length=1, max_length=TITLE_MAX, json_schema_extra={**NOT_BLANK}),
    Composed,
    NotBlank,
]
CatalogId = Annotated[str, Field(min_length=1, max_length=ID_MAX, pattern=r"^[A-Za-z0-9_]+$")]
"""An id of the catalog's: ours, or the application's."""
