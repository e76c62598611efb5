"""Screening for tests that are about something else."""

from chirrup.concurrency import one_by_one
from chirrup.ports import Clock
from chirrup.service.screening import Screening
from chirrup.transport.screening import screening
from chirrup.transport.words import opener
from chirrup.words.automaton import Automaton
from tests.fakes import FakeObjects, FakeRecords, FakeTables


def no_words(clock: Clock) -> Screening:
    """What looks through texts where no word is unwanted; in tables of its own."""
    tables = FakeTables()
    records = FakeRecords(tables)
    return screening(
        records=records,
        objects=FakeObjects(tables),
        open_list=opener(records=records, clock=clock, compile_=Automaton),
        clock=clock,
        side_by_side=one_by_one,
    )
