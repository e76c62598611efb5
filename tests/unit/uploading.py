"""Uploads for tests: all that is done with them, on fakes."""

from typing import Any

from chirrup.domain.media import Media, State
from chirrup.domain.media_parts import parts_of
from chirrup.domain.media_types import Purpose
from chirrup.domain.media_uses import MediaUse
from chirrup.ports.media import Picture
from chirrup.service.attaching import Attaching
from chirrup.service.uploads import Declared, Ticket
from tests.support.files import image, sum_of
from tests.support.uploads import UploadCases, upload_cases
from tests.unit.club import Club

PNG = image()
SMALL = Picture(b"small", "image/webp")


class Gallery(Club):
    """A group and its people, who upload.

    Attributes:
        bucket: Where uploads are.
        small: What is made of the images; None for none.
        made_small: The images that thumbnails were made of.
    """

    def __init__(self) -> None:
        self.small: Picture | None = SMALL
        self.made_small: list[bytes] = []
        self.declared = 0
        super().__init__()

    def upload_cases(self) -> UploadCases:
        """With thumbnails that can be told apart."""
        return upload_cases(
            self.tables,
            records=self.records,
            conversations=self.conversations,
            timeline=self.timeline,
            clock=self.clock,
            make_small=self._make_small,
        )

    def attaching_of(self, cases: UploadCases) -> Attaching:
        """Messages hold what was really uploaded."""
        return cases.attaching

    def _make_small(self, body: bytes) -> Picture | None:
        self.made_small.append(body)
        return self.small

    def declare(self, body: bytes = PNG, by: str = "alice", **more: Any) -> Ticket:
        """Declare an upload, by default alice's image."""
        size = more.get("size", len(body))
        parts = parts_of(size)
        pieces = [body[part.first : part.first + part.size] for part in parts] or [body]
        self.declared += 1
        given = {"purpose": Purpose.IMAGE, "content_type": "image/png", "size": size}
        given["client_id"] = f"u-{self.declared}"
        given["sha256"] = tuple(map(sum_of, pieces))
        return self.uploads.declare(by, Declared(**(given | more)))

    def send_in(self, ticket: Ticket, body: bytes = PNG) -> None:
        """Send what was declared."""
        if ticket.form:
            assert self.bucket.post(ticket.form.fields, body) == 204
        for part, sending in zip(ticket.media.parts, ticket.parts, strict=True):
            piece = body[part.first : part.first + part.size]
            assert self.bucket.put(sending.url, sending.headers, piece) == 200

    def upload(self, body: bytes = PNG, by: str = "alice", **more: Any) -> str:
        """Declare and send; the id."""
        ticket = self.declare(body, by, **more)
        self.send_in(ticket, body)
        return ticket.media.owner

    def media(self, media_id: str) -> Media:
        """What is known of an upload."""
        found = self.records.get(Media, media_id)
        assert found
        return found

    def use(self, media_id: str, conversation_id: str) -> MediaUse | None:
        """That a conversation holds an upload."""
        return self.records.get(MediaUse, media_id, conversation_id)

    def is_unused(self, media_id: str, folder: str = "media") -> bool:
        """Whether an object has the mark by which the bucket deletes it."""
        return self.tables.uploads[f"{folder}/{media_id}"].unused

    def media_state(self, media_id: str) -> State:
        """How far an upload has come, without a request."""
        found = self.tables.records[Media, media_id, ""]
        assert isinstance(found, Media)
        return found.state
