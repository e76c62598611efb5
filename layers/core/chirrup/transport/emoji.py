"""The use cases around emoji, put together."""

from dataclasses import dataclass

from chirrup.ports import SideBySide
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Records
from chirrup.service.committing import Committing
from chirrup.service.emoji import Emoji
from chirrup.service.faces import OwnFaces
from chirrup.service.packs import Packs
from chirrup.service.screening import Screening
from chirrup.service.stocking import Stocking


@dataclass(frozen=True, slots=True)
class EmojiCases:
    """What users and the administration do with emoji.

    Attributes:
        emoji: For users: the packs that there are.
        faces: For users: their own.
        packs: For the administration.
        stocking: For the administration: what is in packs.
    """

    emoji: Emoji
    faces: OwnFaces
    packs: Packs
    stocking: Stocking


def emoji_cases(
    *,
    records: Records,
    pictures: Pictures,
    screening: Screening,
    committing: Committing,
    side_by_side: SideBySide,
) -> EmojiCases:
    """Put the use cases together.

    Args:
        records: Where packs, emoji and faces are.
        pictures: Shows uploads to everybody.
        screening: Looks through the names of faces.
        committing: Stores.
        side_by_side: Runs requests at the same time.
    """
    return EmojiCases(
        emoji=Emoji(records=records, side_by_side=side_by_side),
        faces=OwnFaces(
            records=records, pictures=pictures, screening=screening, committing=committing
        ),
        packs=Packs(records=records, pictures=pictures, committing=committing),
        stocking=Stocking(records=records, pictures=pictures, committing=committing),
    )
