"""Quotes lose their excerpt with the message that they quote."""

from chirrup.domain.messages import Quote, recall
from chirrup.service.quoting import as_now, looked_up
from tests.fakes import FakeTables, FakeTimeline
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, message

QUOTING = message(2, quote=Quote(1, "alice", "text", "text 1"))
BARE = message(2, quote=Quote(1, "alice", "text", None))


def test_a_quote_of_what_is_still_there_stays() -> None:
    assert as_now(QUOTING, {1: message(1)}) is QUOTING
    assert as_now(message(1), {}) == message(1)


def test_a_quote_of_what_is_recalled_or_gone_loses_its_excerpt() -> None:
    assert as_now(QUOTING, {1: recall(message(1), "alice", NOON)}) == BARE
    assert as_now(QUOTING, {}) == BARE
    assert as_now(BARE, {}) == BARE


def test_the_quoted_message_is_looked_up_only_where_there_is_one() -> None:
    tables = FakeTables()
    tables.entries[CHAT] = {1: message(1)}
    steps: list[str] = []
    tables.hook = steps.append
    timeline = FakeTimeline(tables)
    assert looked_up(timeline, message(3)) == message(3)
    assert steps == []
    assert looked_up(timeline, QUOTING) == QUOTING
    del tables.entries[CHAT][1]
    assert looked_up(timeline, QUOTING) == BARE
