"""Uploads: what is known of one."""

import hashlib
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from chirrup.domain.contents import MEDIA_BYTES_MAX
from chirrup.domain.ids import hashed_id
from chirrup.domain.media_parts import WHOLE_MAX, Part, parts_of
from chirrup.domain.media_types import IMAGES, Purpose
from chirrup.domain.records import Owned, Record

URL_MS = 60 * 60 * 1000
"""How long an upload may be begun; what runs by then may end."""
UNUSED_MS = 23 * 60 * 60 * 1000
"""How long an upload waits for its first use. An hour less than the bucket keeps its object, so
that none is deleted that has just been used."""


class State(StrEnum):
    """How far an upload has come: declared, there and as declared, used; or there and not so."""

    PENDING = "pending"
    READY = "ready"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Media(Record):
    """An upload; its `owner` is its id.

    Attributes:
        by: Who uploads it.
        purpose: What for.
        content_type: As declared, and as found once it is ready.
        size: Bytes.
        sha256: Of the whole, or of each part, in base64.
        created_at: When it was declared (ms since epoch).
        file_name: What it is called where it is downloaded.
        state: How far it has come.
        refusal: Why it was refused.
        multipart: S3's id of an upload in parts; None where it is one request.
        public: Everybody who is signed in may see it.
        thumbnail: Its type where there is one; empty for none yet.
        unshowable: No thumbnail can be made of it.
    """

    KIND: ClassVar[str] = "MEDIA"
    OF: ClassVar[Owned] = "catalog"

    by: str
    purpose: Purpose
    content_type: str
    size: int
    sha256: tuple[str, ...]
    created_at: int
    file_name: str = ""
    state: State = State.PENDING
    refusal: str = ""
    multipart: str | None = None
    public: bool = False
    thumbnail: str = ""
    unshowable: bool = False

    @property
    def expires_at(self) -> int | None:
        """Until its first use it goes by itself; see `Record`."""
        return None if self.state is State.KEPT else self.created_at + UNUSED_MS

    def is_there(self, now: int) -> bool:
        """Whether it has not expired (now: ms since epoch)."""
        return self.expires_at is None or now < self.expires_at

    @property
    def is_picture(self) -> bool:
        """Whether a thumbnail may be made of it: an image, and no larger than images may be."""
        return self.content_type in IMAGES and self.size <= MEDIA_BYTES_MAX[Purpose.IMAGE]

    @property
    def is_usable(self) -> bool:
        """Whether it was found to be as declared."""
        return self.state in (State.READY, State.KEPT)

    @property
    def checksum(self) -> str:
        """What S3 says of the whole: its SHA-256, or of parts the SHA-256 of theirs.

        Source: the S3 user guide, "Checking object integrity", on composite checksums.
        """
        if self.size <= WHOLE_MAX:
            return self.sha256[0]
        joined = hashlib.sha256(b"".join(map(b64decode, self.sha256))).digest()
        return f"{b64encode(joined).decode()}-{len(self.sha256)}"

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts that it is uploaded in; none where it is one request."""
        return parts_of(self.size)

    def refused(self, reason: str) -> "Media":
        """The same, found to be something else than declared."""
        return replace(self, state=State.REFUSED, refusal=reason)

    def kept(self, *, public: bool = False) -> "Media":
        """The same, used."""
        return replace(self, state=State.KEPT, public=self.public or public)


def media_id(media: Media, client_id: str) -> str:
    """The id of an upload: declaring it twice gives one upload.

    It holds all that was declared, the checksums above all. So no form that was made out for other
    bytes can ever replace an object that was looked at already.

    Args:
        media: As declared, whatever its `owner`.
        client_id: Tells it from the same user's others that are just the same.
    """
    said = (media.by, client_id, media.purpose, media.content_type, str(media.size))
    return hashed_id("m_", "media", *said, *media.sha256, media.file_name)
