"""Occasions: what is the same in a retry."""

from dataclasses import replace

from chirrup.domain.occasions import RETRY_MS, Occasion, key_of

MESSAGE = Occasion("alice", "message", "p_alice~bob", "m-1", 7)
NAME = Occasion("alice", "profile")
TEXTS = {"content.text": "spam"}
NOON = 1_790_000_000_000 // RETRY_MS * RETRY_MS


def test_a_retry_of_a_message_is_the_same_at_any_time_and_wherever_its_end_is_by_then() -> None:
    later = replace(MESSAGE, seq=9)
    assert key_of(MESSAGE, TEXTS, NOON) == key_of(later, TEXTS, NOON + 9 * RETRY_MS)


def test_another_user_place_id_or_text_is_another() -> None:
    others = [
        key_of(replace(MESSAGE, user_id="bob"), TEXTS, NOON),
        key_of(replace(MESSAGE, conversation_id="g_1"), TEXTS, NOON),
        key_of(replace(MESSAGE, ref="m-2"), TEXTS, NOON),
        key_of(replace(MESSAGE, what="edit"), TEXTS, NOON),
        key_of(MESSAGE, {"content.text": "spam "}, NOON),
        key_of(MESSAGE, {"content.title": "spam"}, NOON),
        key_of(MESSAGE, TEXTS, NOON),
    ]
    assert len(set(others)) == len(others)


def test_what_has_no_id_is_the_same_within_an_hour() -> None:
    assert key_of(NAME, TEXTS, NOON) == key_of(NAME, TEXTS, NOON + RETRY_MS - 1)
    assert key_of(NAME, TEXTS, NOON) != key_of(NAME, TEXTS, NOON + RETRY_MS)


def test_a_key_tells_nothing_of_the_text() -> None:
    assert len(key_of(MESSAGE, {"content.text": "secret" * 100}, NOON)) == 24
