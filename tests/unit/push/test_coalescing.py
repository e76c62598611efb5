"""What one connection hears of a batch: in the order of seqs, each once, in few frames."""

import json
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.audiences import Audience
from chirrup.domain.jobs import Job, Told
from chirrup.push.coalescing import Coalescing
from chirrup.push.recipients import Hearing

PLACES = ("g_1", "g_2", "p_a~b")


def job(place: str, seq: int | None, at: int, but: str | None = None) -> Job:
    text = json.dumps({"conversation_id": place, "seq": seq, "at": at})
    return Job((Told(text, place, seq, flagged=seq is not None),), Audience((), but), at)


def heard(jobs: list[Job], frames: list[bytes]) -> list[dict[str, Any]]:
    assert frames or not jobs
    return [event for frame in frames for event in json.loads(frame)["events"]]


def all_of(jobs: list[Job], *, muted: bool = False) -> tuple[Hearing, ...]:
    return tuple((place, muted) for place in range(len(jobs)))


BATCHES = st.lists(st.tuples(st.sampled_from(PLACES), st.booleans()), min_size=1, max_size=30)


@given(BATCHES, st.integers(0))
def test_any_order_and_any_repetition_gives_each_event_once_in_the_order_of_seqs(
    batch: list[tuple[str, bool]], seed: int
) -> None:
    seqs = dict.fromkeys(PLACES, 0)
    sent: list[Job] = []
    for at, (place, numbered) in enumerate(batch):
        seqs[place] += numbered
        sent.append(job(place, seqs[place] if numbered else None, at))
    random = Random(seed)  # noqa: S311 - repeatable, not secret
    came = [*sent, *random.choices(sent, k=random.randrange(5))]
    random.shuffle(came)
    events = heard(came, Coalescing(came).of(all_of(came)))
    assert len(events) == len(sent)
    for place in PLACES:
        mine = [event["seq"] for event in events if event["conversation_id"] == place]
        numbers = [seq for seq in mine if seq is not None]
        assert numbers == list(range(1, seqs[place] + 1))
    # Dispatched in order, they are told in order, whatever way they came.
    assert [event["at"] for event in events] == list(range(len(sent)))


def test_seqs_win_over_the_times_of_two_senders() -> None:
    jobs = [job("g_1", 2, at=10), job("g_1", 1, at=20)]
    assert [event["seq"] for event in heard(jobs, Coalescing(jobs).of(all_of(jobs)))] == [1, 2]


def test_what_has_no_seq_stays_where_it_was_dispatched() -> None:
    jobs = [job("g_1", 2, at=1), job("g_1", None, at=2), job("g_1", 1, at=3)]
    events = heard(jobs, Coalescing(jobs).of(all_of(jobs)))
    assert [event["seq"] for event in events] == [1, None, 2]


def test_a_connection_does_not_hear_what_it_has_caused() -> None:
    jobs = [job("g_1", 1, 1, but="mine="), job("g_1", 2, 2, but="other=")]
    frames = Coalescing(jobs)
    assert frames.but(all_of(jobs), "mine=") == ((1, False),)
    assert frames.but(all_of(jobs), "third=") == all_of(jobs)


def test_those_who_hear_the_same_get_the_very_same_frames() -> None:
    jobs = [job("g_1", seq, seq) for seq in range(1, 6)]
    frames = Coalescing(jobs)
    assert frames.of(all_of(jobs)) is frames.of(all_of(jobs))
    assert frames.of(all_of(jobs)) is not frames.of(all_of(jobs, muted=True))
    assert frames.events(all_of(jobs)) == 5


def test_who_has_muted_the_conversation_hears_so_of_each_message() -> None:
    jobs = [job("g_1", 1, 1), job("g_1", None, 2)]
    events = heard(jobs, Coalescing(jobs).of(all_of(jobs, muted=True)))
    assert [event.get("muted") for event in events] == [True, None]
