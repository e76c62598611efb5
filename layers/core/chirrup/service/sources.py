"""Messages that a user passes on: those that the user sees, wherever they are."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.messages import Entry
from chirrup.ports import Clock, SideBySide
from chirrup.ports.conversations import Conversations
from chirrup.ports.timelines import Timeline
from chirrup.service.access import can_see, member_view, own_conversation


class Place(NamedTuple):
    """Where a message is."""

    conversation_id: str
    seq: int


class Sources:
    """Reads them."""

    def __init__(
        self,
        *,
        timeline: Timeline,
        conversations: Conversations,
        clock: Clock,
        side_by_side: SideBySide,
    ) -> None:
        self._timeline = timeline
        self._conversations = conversations
        self._clock = clock
        self._side_by_side = side_by_side

    def read(self, user_id: str, places: Sequence[Place]) -> dict[Place, Entry]:
        """The messages there that a user sees: sent by users, and not recalled.

        What the user does not see is left out, whatever the reason: nobody learns what exists.
        """
        seqs: dict[str, list[int]] = {}
        for place in dict.fromkeys(places):
            seqs.setdefault(place.conversation_id, []).append(place.seq)
        found: Iterable[list[Entry]] = self._side_by_side(
            *(lambda id_=id_, its=its: self._of(user_id, id_, its) for id_, its in seqs.items())
        )
        entries = (entry for some in found for entry in some)
        return {Place(entry.conversation_id, entry.seq): entry for entry in entries}

    def _of(self, user_id: str, conversation_id: str, seqs: Sequence[int]) -> list[Entry]:
        try:
            conversation = own_conversation(conversation_id, user_id)
            _, member, settings = member_view(
                self._conversations, conversation, user_id, self._clock.now()
            )
        except ChirrupError as error:
            if error.code in (ErrorCode.NOT_MEMBER, ErrorCode.NOT_FOUND):
                return []
            raise
        entries = self._timeline.get(conversation_id, seqs).values()
        return [
            entry
            for entry in entries
            if entry.by_user and not entry.recalled and can_see(entry, member, settings)
        ]
