"""The use cases of words that are not wanted, where there are any."""

from dataclasses import dataclass
from functools import partial

from chirrup.domain.word_lists import decoded
from chirrup.ports import Clock
from chirrup.ports.objects import Objects
from chirrup.ports.records import Records
from chirrup.ports.words import Compile, Load, OpenList
from chirrup.service.hit_log import HitLog
from chirrup.service.hits import HitService
from chirrup.service.searching import Search
from chirrup.service.word_store import WordStore
from chirrup.service.words import WordService


@dataclass(frozen=True, slots=True)
class Moderation:
    """What those do who look after words."""

    words: WordService
    hits: HitService


def moderation(*, records: Records, objects: Objects, clock: Clock) -> Moderation:
    """Put the use cases together.

    Args:
        records: Where it stands which list is in force, and where hits are.
        objects: Where lists are.
        clock: For times.
    """
    store = WordStore(records=records, objects=objects, clock=clock)
    return Moderation(words=WordService(store=store), hits=HitService(records=records, clock=clock))


def opener(*, records: Records, clock: Clock, compile_: Compile) -> OpenList:
    """What opens lists.

    Args:
        records: Where hits are noted.
        clock: For times.
        compile_: Makes a list ready to be searched for.
    """
    hit_log = HitLog(records=records, clock=clock)

    def open_list(body: bytes) -> Load:
        return partial(Search, decoded(body), compile_=compile_, hit_log=hit_log)

    return open_list
