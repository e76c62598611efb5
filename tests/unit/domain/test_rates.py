"""The rate of one sender in one conversation: 20 at once, 10 a second, 120 a minute."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.rates import BURST, INTERVAL_MS, MINUTE_MS, PER_MINUTE, Rate
from tests.fakes.clock import NOON
from tests.unit.making import refused


def sent(gaps: Iterable[int], *, rate: Rate | None = None, now: int = NOON) -> list[int]:
    """The times of those messages that are let through, when one is tried after each gap."""
    rate = rate or Rate()
    times = []
    for gap in gaps:
        now += gap
        try:
            rate = rate.charged(now)
        except ChirrupError:
            continue
        times.append(now)
    return times


def test_twenty_go_at_once_and_the_next_after_a_tenth_of_a_second() -> None:
    assert sent([0] * 30) == [NOON] * BURST
    rate = Rate()
    for _ in range(BURST):
        rate = rate.charged(NOON)
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=INTERVAL_MS):
        rate.charged(NOON)
    assert rate.charged(NOON + INTERVAL_MS)


def test_after_a_burst_it_is_ten_a_second() -> None:
    times = sent([0] * BURST + [10] * 300)
    assert len([time for time in times if NOON < time <= NOON + 1_000]) == 10


def test_at_a_steady_pace_120_go_in_a_minute() -> None:
    times = sent([200] * 300)
    assert len(times) == PER_MINUTE
    assert times[-1] == NOON + 200 * PER_MINUTE


def test_a_refusal_says_when_the_minute_ends_and_then_it_goes() -> None:
    rate = Rate(due=0, minute=NOON, sent=PER_MINUTE)
    with refused(ErrorCode.RATE_LIMITED, retry_after_ms=MINUTE_MS - 400):
        rate.charged(NOON + 400)
    assert rate.charged(NOON + MINUTE_MS).sent == 1


def test_a_rest_fills_the_bucket_but_never_above_its_burst() -> None:
    assert len(sent([3_600_000, *[0] * 40], rate=Rate().charged(NOON))) == BURST


@given(st.lists(st.sampled_from([0, 1, 10, 50, 99, 100, 101, 500, 2_000, 61_000]), max_size=400))
def test_no_pattern_gets_more_through_than_the_rules_allow(gaps: list[int]) -> None:
    times = sent(gaps)
    for first in range(len(times)):
        for last in range(first + BURST, len(times)):
            # In any stretch of time: the burst, and one more for each tenth of a second.
            allowed = BURST + (times[last] - times[first]) // INTERVAL_MS
            assert last - first + 1 <= allowed
            if last - first > 3 * BURST:
                break
    # A minute begins with the first message after the minute before.
    begun, count = -MINUTE_MS, 0
    for time in times:
        begun, count = (time, 1) if time - begun >= MINUTE_MS else (begun, count + 1)
        assert count <= PER_MINUTE


@given(st.lists(st.integers(0, 400), min_size=1, max_size=200))
def test_waiting_as_long_as_a_refusal_says_is_enough(gaps: list[int]) -> None:
    rate, now = Rate(), NOON
    for gap in gaps:
        now += gap
        try:
            rate = rate.charged(now)
        except ChirrupError as error:
            wait = error.details["retry_after_ms"]
            assert isinstance(wait, int)
            assert 0 < wait <= MINUTE_MS
            now += wait
            rate = _let_through(rate, now)


def _let_through(rate: Rate, now: int) -> Rate:
    """After the wait for the bucket the minute may still be full, but then one more wait does."""
    try:
        return rate.charged(now)
    except ChirrupError as error:
        wait = error.details["retry_after_ms"]
        assert isinstance(wait, int)
        return rate.charged(now + wait)
