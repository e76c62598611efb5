"""Materials as users read them: by their channel, or by a message that shows them."""

from dataclasses import dataclass

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import channel_id, parse_conversation_id
from chirrup.domain.materials import MATERIALS, Material, MaterialBody, body_of, holds
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Records
from chirrup.service.access import Enrol
from chirrup.service.sources import Place, Sources

BODIES_KEPT = 32
"""Rich texts that a warm function remembers, 2 MB at most: what was broadcast changes no more, and
all who were told of it ask for it at the same moment."""


@dataclass(frozen=True, slots=True)
class Read:
    """A material with its rich text; None for a link."""

    material: Material
    html: str | None


class MaterialReading:
    """Shows materials."""

    def __init__(
        self, *, conversations: Conversations, records: Records, sources: Sources, enrol: Enrol
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._sources = sources
        self._enrol = enrol
        self._bodies: dict[str, str] = {}

    def seen(self, user_id: str, id_: str) -> Material | None:
        """A material that its channel shows to a user; None where there is none.

        What was only made, or was withdrawn, nobody sees there.
        """
        material = self._records.get(Material, MATERIALS, id_)
        if material is None or material.live < 1:
            return None
        conversation = parse_conversation_id(channel_id(material.code))
        row = self._conversations.member(conversation.id, user_id)
        return material if row or self._enrol(conversation, user_id) else None

    def read(self, user_id: str, code: str, id_: str, place: Place | None) -> Read:
        """A material in full.

        Args:
            user_id: Who reads.
            code: Of the channel that published it.
            id_: Which.
            place: A message that shows it, for one who is not in the channel.

        Raises:
            ChirrupError: `not_found`.
        """
        if place is None:
            material = self.seen(user_id, id_)
        else:
            entry = self._sources.read(user_id, [place]).get(place)
            shown = entry is not None and holds(entry.type, entry.content, id_)
            material = self._records.get(Material, MATERIALS, id_) if shown else None
        if material is None or material.code != code:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return Read(material, None if material.url else self._html(id_))

    def _html(self, id_: str) -> str | None:
        if id_ not in self._bodies:
            body = self._records.get(MaterialBody, body_of(id_))
            if body is None:
                return None
            while len(self._bodies) >= BODIES_KEPT:
                del self._bodies[next(iter(self._bodies))]
            self._bodies[id_] = body.html
        return self._bodies[id_]
