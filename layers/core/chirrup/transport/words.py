"""The use cases of words that are not wanted, where there are any."""

from chirrup.domain.word_lists import decoded
from chirrup.ports import Clock
from chirrup.ports.records import Records
from chirrup.ports.words import Compile, OpenList, Screen
from chirrup.service.hit_log import HitLog
from chirrup.service.searching import Search


def opener(*, records: Records, clock: Clock, compile_: Compile) -> OpenList:
    """What opens lists.

    Args:
        records: Where hits are noted.
        clock: For times.
        compile_: Makes a list ready to be searched for.
    """
    hit_log = HitLog(records=records, clock=clock)

    def open_list(body: bytes) -> Screen:
        return Search(decoded(body), compile_=compile_, hit_log=hit_log)

    return open_list
