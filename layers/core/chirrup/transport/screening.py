"""What looks through all that users write."""

from chirrup.ports import Clock, SideBySide
from chirrup.ports.objects import Objects
from chirrup.ports.records import Records
from chirrup.ports.words import OpenList
from chirrup.service.screening import Screening
from chirrup.service.word_list import WordListInForce


def screening(
    *,
    records: Records,
    objects: Objects,
    open_list: OpenList,
    clock: Clock,
    side_by_side: SideBySide,
) -> Screening:
    """Put it together.

    Args:
        records: Where it stands which list is in force.
        objects: Where lists are.
        open_list: Called only where there are words; see `words.opener`.
        clock: For times.
        side_by_side: Runs requests at the same time.
    """
    words = WordListInForce(records=records, objects=objects, open_list=open_list, clock=clock)
    return Screening(words=words, side_by_side=side_by_side)
