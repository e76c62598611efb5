"""Faces: the emoji that a user keeps for themselves."""

from dataclasses import dataclass

from chirrup.domain.contents import is_media_id
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.faces import Face, Faces, face_id
from chirrup.domain.occasions import Occasion
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.screening import Screening


@dataclass(frozen=True, slots=True)
class NewFace:
    """What a face shall be: the user's own upload or an https URL, and its size in pixels."""

    media: str
    width: int
    height: int
    name: str | None = None


class OwnFaces:
    """What users do with their faces."""

    def __init__(
        self,
        *,
        records: Records,
        pictures: Pictures,
        screening: Screening,
        committing: Committing,
    ) -> None:
        self._records = records
        self._screening = screening
        self._pictures = pictures
        self._committing = committing

    def list(self, actor: Actor) -> tuple[Face, ...]:
        """All faces of the user, the one added last first."""
        return self._of(actor).faces

    def add(self, actor: Actor, new: NewFace) -> Face:
        """Keep a face; one of the same media stays as it is.

        Raises:
            ChirrupError: `conflict` when there is no room; `sensitive_word`, `media_not_found`,
                `media_not_allowed`.
        """
        id_ = face_id(actor.user_id, new.media)

        def build(attempt: Attempt) -> Face:
            faces = self._of(actor)
            known = faces.find(id_)
            if known:
                return known
            written = Occasion(actor.user_id, "face", ref=id_)
            name = self._screening.text(written, "name", new.name) if new.name else None
            face = Face(id_, new.media, new.width, new.height, attempt.now, name)
            more = faces.with_face(face)
            if is_media_id(new.media):
                self._pictures.publish(actor.user_id, new.media, "face")
            attempt.write(Put(more))
            return face

        return self._committing.run(build)

    def remove(self, actor: Actor, id_: str) -> None:
        """Keep a face no more; messages that were sent with it still show it.

        Raises:
            ChirrupError: `not_found`.
        """

        def build(attempt: Attempt) -> None:
            faces = self._of(actor)
            if faces.find(id_) is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            fewer = faces.without(id_)
            attempt.write(Put(fewer) if fewer.faces else Delete(faces))

        self._committing.run(build)

    def _of(self, actor: Actor) -> Faces:
        return self._records.get(Faces, actor.user_id) or Faces(owner=actor.user_id)
