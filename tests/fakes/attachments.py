"""Uploads in memory, as messages use them."""

from collections.abc import Sequence

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports.attachments import Attachment


class FakeAttaching:
    """Implements `ports.attachments.Attaching`.

    Attributes:
        owners: Who has uploaded what.
        held: What conversations hold, from which seq on.
    """

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}
        self.held: list[tuple[str, str, int]] = []
        self.asked: list[Attachment] = []

    def attach(
        self, user_id: str, attachments: Sequence[Attachment], conversation_id: str, from_seq: int
    ) -> None:
        """See `ports.attachments.Attaching`."""
        for attachment in attachments:
            if attachment.media_id not in self.owners:
                raise ChirrupError(ErrorCode.MEDIA_NOT_FOUND)
            if self.owners[attachment.media_id] != user_id:
                raise ChirrupError(ErrorCode.MEDIA_NOT_ALLOWED, reason="owner")
        self.asked += attachments
        self.pass_on([one.media_id for one in attachments], conversation_id, from_seq)

    def pass_on(self, media_ids: Sequence[str], conversation_id: str, from_seq: int) -> None:
        """See `ports.attachments.Attaching`."""
        self.held += [(media_id, conversation_id, from_seq) for media_id in media_ids]
