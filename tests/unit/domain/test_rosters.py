"""Rosters: chunks that together hold every member once."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.rosters import CHUNKS, Roster, RosterChunk, chunk_of

USERS = st.dictionaries(st.text(min_size=1, max_size=9), st.integers(1, 99), max_size=40)


@given(since=USERS, muted=st.sets(st.integers(0, 39)))
def test_a_roster_is_what_its_chunks_hold(since: dict[str, int], muted: set[int]) -> None:
    silent = {user for at, user in enumerate(since) if at in muted}
    names = sorted({chunk_of(user) for user in since})
    chunks = [
        RosterChunk(
            owner="g_1",
            name=name,
            since={user: seq for user, seq in since.items() if chunk_of(user) == name},
            muted=tuple(user for user in silent if chunk_of(user) == name),
        )
        for name in names
    ]
    assert Roster.of(chunks) == Roster(since, frozenset(silent))


def test_an_empty_roster_holds_nobody() -> None:
    assert Roster.of([]) == Roster({}, frozenset())


def test_a_user_always_stands_in_the_same_chunk_and_users_are_spread() -> None:
    counts = Counter(chunk_of(f"user{number}") for number in range(10_000))
    assert len(counts) == CHUNKS
    assert max(counts.values()) < 250
    assert chunk_of("alice") == chunk_of("alice")
    assert all(name == f"{int(name):02d}" for name in counts)
