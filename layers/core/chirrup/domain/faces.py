"""Faces: the emoji that a user keeps for themselves."""

from dataclasses import dataclass, replace
from typing import ClassVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import hashed_id
from chirrup.domain.records import Owned, Record

FACES_MAX = 200
FACES_BYTES_MAX = 300_000
"""Of all faces together: they are one item, and an item has 400 KB. Uploads are far below it; only
the longest URLs meet it before there are 200."""
FACE_ID = r"f_[0-9A-HJKMNP-TV-Z]{26}"
_FRAMING = 250
"""Bytes that names, numbers and the id of a face take, and more than that."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face.

    Attributes:
        id: Of the user and the media, so that it is there once.
        media: The user's own upload, or an https URL.
        width: Pixels.
        height: Pixels.
        added_at: Milliseconds since the epoch.
        name: What the user calls it.
    """

    id: str
    media: str
    width: int
    height: int
    added_at: int
    name: str | None = None

    @property
    def weight(self) -> int:
        """Bytes that it takes in the record, not less than what it will be."""
        return _FRAMING + len(self.media) + 6 * len(self.name or "")


@dataclass(frozen=True, slots=True)
class Faces(Record):
    """All faces of a user, in one record: so their number is exact, whoever adds at the same time.

    Attributes:
        faces: The one added last first.
    """

    KIND: ClassVar[str] = "FACES"
    OF: ClassVar[Owned] = "user"

    faces: tuple[Face, ...] = ()

    def find(self, id_: str) -> Face | None:
        """The face with this id."""
        return next((face for face in self.faces if face.id == id_), None)

    def with_face(self, face: Face) -> "Faces":
        """The same and a face.

        Raises:
            ChirrupError: `conflict` with `reason` when there is no room.
        """
        if len(self.faces) >= FACES_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_faces", limit=FACES_MAX)
        faces = (face, *self.faces)
        if sum(one.weight for one in faces) > FACES_BYTES_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="faces_too_large", limit=FACES_BYTES_MAX)
        return replace(self, faces=faces)

    def without(self, id_: str) -> "Faces":
        """The same less a face."""
        return replace(self, faces=tuple(face for face in self.faces if face.id != id_))


def face_id(user_id: str, media: str) -> str:
    """The id of the face that a user makes of an upload or a URL."""
    return hashed_id("f_", "face", user_id, media)
