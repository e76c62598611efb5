"""Announcements: their ids, and what is said again."""

import re

from chirrup.domain.announcements import (
    ANNOUNCEMENT_ID,
    REPEAT_MS,
    Announcement,
    announcement_id,
)
from tests.fakes.clock import NOON


def test_the_newest_id_sorts_first() -> None:
    ids = [announcement_id(seq) for seq in (1, 2, 31, 32, 33, 1_000, 2**53 - 1)]
    assert sorted(ids) == ids[::-1]
    assert all(re.fullmatch(ANNOUNCEMENT_ID, one) for one in ids)


def test_the_same_words_of_the_same_user_are_a_repetition_for_a_while() -> None:
    one = Announcement(
        owner="g_1", name="a_1", text="Hear!", author_id="bob", created_at=NOON, seq=2
    )
    assert one.repeats("Hear!", "bob", NOON + REPEAT_MS)
    assert not one.repeats("Hear!", "bob", NOON + REPEAT_MS + 1)
    assert not one.repeats("Hear!", "alice", NOON)
    assert not one.repeats("Hear", "bob", NOON)
