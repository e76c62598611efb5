"""Materials: what channels publish beside plain texts, and messages pass on."""

from dataclasses import dataclass
from typing import Any, ClassVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import channel_id, hashed_id
from chirrup.domain.records import Owned, Record

SUMMARY_MAX = 255
HTML_BYTES_MAX = 64 * 1024
MATERIAL_ID = r"mt_[0-9A-HJKMNP-TV-Z]{26}"
MATERIALS = "MATERIALS"
"""The owner of all materials."""


@dataclass(frozen=True, slots=True)
class Material(Record):
    """A material; its `name` is its id. Its rich text stands apart: `MaterialBody`.

    Attributes:
        code: Of the channel that it belongs to.
        title: What it is called.
        made_at: Milliseconds since the epoch.
        digest: Of what it was made of, to tell a retry from another one.
        summary: In a sentence or two.
        cover: An upload, or an https URL.
        url: Where it leads; None for a rich text.
        uses: How often it was broadcast.
        live: How many of these broadcasts were not withdrawn.
    """

    KIND: ClassVar[str] = "MATERIAL"
    OF: ClassVar[Owned] = "catalog"

    code: str
    title: str
    made_at: int
    digest: str
    summary: str | None = None
    cover: str | None = None
    url: str | None = None
    uses: int = 0
    live: int = 0

    @property
    def content(self) -> dict[str, Any]:
        """What a message holds of it; the rich text is asked for where it is read."""
        shown = {
            "material_id": self.name,
            "channel_id": channel_id(self.code),
            "title": self.title,
            "summary": self.summary,
            "cover": self.cover,
            "url": self.url,
        }
        return {name: value for name, value in shown.items() if value is not None}

    def check_free(self) -> None:
        """Refuse to change or delete what somebody has got already.

        Raises:
            ChirrupError: `material_in_use`.
        """
        if self.uses:
            raise ChirrupError(ErrorCode.MATERIAL_IN_USE, uses=self.uses)


@dataclass(frozen=True, slots=True)
class MaterialBody(Record):
    """The rich text of a material, sanitised; its `owner` is `body_of(material id)`."""

    KIND: ClassVar[str] = "BODY"
    OF: ClassVar[Owned] = "catalog"

    html: str


def material_id(code: str, client_id: str) -> str:
    """The id of the material that a channel is given under a client_id: twice is the same one."""
    return hashed_id("mt_", "material", code, client_id)


def body_of(id_: str) -> str:
    """By what the rich text of a material is kept."""
    return f"MATERIAL#{id_}"


def holds(type_: str, content: Any, id_: str) -> bool:  # noqa: ANN401 - a JSON object
    """Whether a message shows a material, itself or in what it merges."""
    if type_ == "material":
        return bool(content.get("material_id") == id_)
    items = content.get("items", ()) if type_ == "merged" else ()
    return any(holds(item["type"], item["content"], id_) for item in items)
