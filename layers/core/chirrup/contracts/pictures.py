"""Pictures on the wire: what emoji, icons and faces have in common."""

from typing import Annotated

from pydantic import AfterValidator, Field

from chirrup.contracts.base import NOT_BLANK
from chirrup.contracts.groups import not_blank
from chirrup.domain.emoji import EMOJI_ID, NAME_MAX, ORDER_MAX, PACK_ID, SIDE_MAX

MediaRef = Annotated[
    str,
    Field(
        description="The id of an upload, or an https URL.",
        examples=["m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
"""In what we send; not checked again there."""
Side = Annotated[int, Field(ge=1, le=SIDE_MAX, description="In pixels.", examples=[240])]
PictureName = Annotated[
    str,
    AfterValidator(not_blank),
    Field(
        min_length=1,
        max_length=NAME_MAX,
        description="What it is called; not blank.",
        examples=["Nodding cat"],
        json_schema_extra={**NOT_BLANK},
    ),
]
Order = Annotated[
    int, Field(ge=0, le=ORDER_MAX, description="The lower, the further to the front.")
]
PackId = Annotated[
    str,
    Field(
        pattern=f"^{PACK_ID}$", description="A pack.", examples=["ep_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"]
    ),
]
EmojiId = Annotated[
    str,
    Field(
        pattern=f"^{EMOJI_ID}$",
        description="An emoji of a pack.",
        examples=["em_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
