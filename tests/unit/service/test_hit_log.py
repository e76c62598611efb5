"""The log of hits: who wrote where, which words; never what was written."""

import json
from dataclasses import asdict

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.hits import FOUND_MAX, KEPT_MS, Status
from chirrup.domain.words import Action, Word
from chirrup.ports.records import CommitConflict
from chirrup.service.senders import Draft
from tests.unit.guarded import Guarded
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE


@pytest.fixture
def world() -> Guarded:
    """Where some words are not wanted."""
    return Guarded()


def test_a_hit_says_who_where_which_word_and_when(world: Guarded) -> None:
    world.send(ALICE, "hello")
    world.send(ALICE, "Oh D.A.R.N, the password is swordfish", client_id="m-x")
    (hit,) = world.hits()
    occasion = hit.occasion
    assert (occasion.user_id, occasion.what, occasion.ref) == ("alice", "message", "m-x")
    assert (occasion.conversation_id, occasion.seq) == (CHAT, 2)
    (found,) = hit.found
    word = Word("darn", Action.MASK, "rude")
    assert (found.field, found.word_id, found.word) == ("content.text", word.id, "darn")
    assert (found.category, found.action, hit.action) == ("rude", Action.MASK, Action.MASK)
    assert (hit.at, hit.expires_at) == (world.clock.time, world.clock.time + KEPT_MS)


def test_a_hit_never_holds_what_was_written(world: Guarded) -> None:
    with refused(ErrorCode.SENSITIVE_WORD):
        world.send(ALICE, "SPAM, the password is swordfish")
    everything = json.dumps([asdict(one) for one in world.tables.records.values()])
    assert "swordfish" not in everything
    assert "SPAM" not in everything


def test_a_hit_is_noted_before_the_message_is_stored(world: Guarded) -> None:
    steps: list[str] = []
    world.tables.hook = steps.append
    world.send(ALICE, "darn")
    assert steps.index("after commit") < steps.index("before append")


def test_a_message_whose_hit_cannot_be_noted_is_not_stored(world: Guarded) -> None:
    def hook(step: str) -> None:
        if step == "before commit":
            raise CommitConflict

    world.tables.hook = hook
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        world.send(ALICE, "darn")
    assert world.seqs() == []


def test_what_is_sent_again_is_noted_once(world: Guarded) -> None:
    draft = Draft("m-1", "text", {"text": "spam"}, CHAT)
    for _ in range(3):
        world.clock.advance(60_000)
        with refused(ErrorCode.SENSITIVE_WORD):
            world.messaging.sending.send(ALICE, draft)
    assert len(world.hits()) == 1
    with refused(ErrorCode.SENSITIVE_WORD):
        world.messaging.sending.send(ALICE, Draft("m-1", "text", {"text": "spam!"}, CHAT))
    assert len(world.hits()) == 2


def test_a_retry_after_a_crash_finds_its_hit_noted(world: Guarded) -> None:
    draft = Draft("m-1", "text", {"text": "my bank account"}, CHAT)

    def crash(step: str) -> None:
        if step == "before append":
            raise RuntimeError("crash")

    world.tables.hook = crash
    with pytest.raises(RuntimeError, match="crash"):
        world.messaging.sending.send(ALICE, draft)
    world.tables.hook = lambda _: None
    world.clock.advance(1_000)
    assert not world.messaging.sending.send(ALICE, draft).duplicate
    assert len(world.hits()) == 1
    assert len(world.moderation.hits.waiting(None, 10)[0]) == 1


def test_a_word_is_noted_once_for_each_field_however_often_it_stands_there(
    world: Guarded,
) -> None:
    world.change(name="darn darn", description="darn, 法轮, my bank account")
    (hit,) = world.hits()
    assert [(one.field, one.word) for one in hit.found] == [
        ("name", "darn"),
        ("description", "darn"),
        ("description", "法轮"),
        ("description", "bank account"),
    ]
    assert hit.status is Status.WAITING


def test_of_very_many_words_the_first_are_noted_and_the_rest_is_counted() -> None:
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(FOUND_MAX + 7)]
    world = Guarded(*(Word(word, Action.FLAG) for word in words))
    world.send(ALICE, " ".join(words))
    (hit,) = world.hits()
    assert (len(hit.found), hit.more) == (FOUND_MAX, 7)


def test_a_strict_word_among_very_many_decides_although_it_is_not_noted() -> None:
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(FOUND_MAX)]
    world = Guarded(*(Word(word, Action.FLAG) for word in words), Word("spam", Action.REJECT))
    with refused(ErrorCode.SENSITIVE_WORD):
        world.send(ALICE, " ".join([*words, "spam"]))
    assert world.hits()[0].action is Action.REJECT
