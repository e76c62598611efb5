"""Packs, emoji and faces: kept alike by every store, and exact when many add at once."""

from functools import partial

import pytest

from chirrup.clock import SystemClock
from chirrup.concurrency import one_by_one
from chirrup.domain.emoji import Picture
from chirrup.domain.errors import ErrorCode
from chirrup.domain.faces import FACES_MAX
from chirrup.service.actor import Actor
from chirrup.service.committing import Committing
from chirrup.service.faces import NewFace
from chirrup.service.packs import NewPack
from chirrup.service.stocking import NewEmoji
from chirrup.transport.emoji import EmojiCases, emoji_cases
from tests.contract.conftest import DYNAMO
from tests.contract.stores import Stores
from tests.fakes import FakePictures, RecordingDispatcher
from tests.support.watching import watched
from tests.support.words import no_words
from tests.unit.making import refused


@pytest.fixture
def cases(stores: Stores) -> EmojiCases:
    """The use cases on the stores under test."""
    committing = Committing(
        timeline=stores.timeline,
        conversations=stores.conversations,
        records=stores.records,
        dispatcher=RecordingDispatcher(),
        clock=SystemClock(),
    )
    return emoji_cases(
        records=stores.records,
        pictures=FakePictures(),
        screening=no_words(SystemClock()),
        committing=committing,
        side_by_side=one_by_one,
    )


@pytest.fixture
def pack(cases: EmojiCases, people: tuple[str, str]) -> str:
    """A pack that no other test knows, enabled."""
    new = NewPack(f"cats of {people[0]}", "Cats 🐈", "https://example.com/i.png", 5, enabled=True)
    return cases.packs.create(new).name


def _emoji(number: int = 0) -> NewEmoji:
    return NewEmoji(
        f"e{number}", f"表情 {number}", "https://example.com/e.png", 10, 20, -number % 3
    )


def _shown(cases: EmojiCases, pack: str) -> list[str] | None:
    """Titles in a pack, as users see it; None if they do not."""
    cursor: str | None = None
    while True:
        page, cursor = cases.emoji.packs(cursor, 2)
        for one in page:
            if one.pack.name == pack:
                return [emoji.title for emoji in one.emoji]
        if cursor is None:
            return None


def test_a_pack_is_shown_with_its_emoji_in_their_order(cases: EmojiCases, pack: str) -> None:
    assert _shown(cases, pack) == []
    for number in range(3):
        cases.stocking.add(pack, _emoji(number))
    assert _shown(cases, pack) == ["表情 0", "表情 2", "表情 1"]
    cases.packs.change(pack, {"enabled": False})
    assert _shown(cases, pack) is None


def test_an_emoji_is_found_by_pack_and_id(cases: EmojiCases, pack: str) -> None:
    emoji = cases.stocking.add(pack, _emoji())
    found = cases.emoji.find("alice", pack, emoji.name)
    assert found == Picture("表情 0", "https://example.com/e.png", 10, 20)
    cases.stocking.remove(pack, emoji.name)
    with refused(ErrorCode.NOT_FOUND):
        cases.emoji.find("alice", pack, emoji.name)


def test_a_pack_counts_exactly_when_many_are_added_at_once(
    stores: Stores, cases: EmojiCases, pack: str
) -> None:
    stores.at_once(*(partial(cases.stocking.add, pack, _emoji(number)) for number in range(4)))
    found, emoji = cases.stocking.list(pack)
    assert found.size == len(emoji) == 4
    with refused(ErrorCode.CONFLICT, size=4):
        cases.packs.delete(pack)
    for one in emoji:
        cases.stocking.remove(pack, one.name)
    cases.packs.delete(pack)
    assert _shown(cases, pack) is None


def test_faces_are_kept_whole_and_the_last_comes_first(
    cases: EmojiCases, people: tuple[str, str]
) -> None:
    alice, bob = map(Actor, people)
    faces = [
        cases.faces.add(alice, NewFace(f"https://example.com/{n}.png", 64, 48, name))
        for n, name in enumerate(("貓", None, "😀" * 64))
    ]
    assert cases.faces.list(alice) == tuple(reversed(faces))
    assert cases.faces.list(bob) == ()
    assert cases.emoji.face(alice.user_id, faces[0].id).name == "貓"
    cases.faces.remove(alice, faces[1].id)
    assert cases.faces.list(alice) == (faces[2], faces[0])


def test_the_same_face_added_at_once_is_kept_once_and_others_are_not_lost(
    stores: Stores, cases: EmojiCases, people: tuple[str, str]
) -> None:
    alice = Actor(people[0])
    news = [NewFace(f"https://example.com/{number % 3}.png", 64, 48) for number in range(4)]
    stores.each_at_once(partial(cases.faces.add, alice), news)
    kept = sorted(face.media for face in cases.faces.list(alice))
    assert kept == [f"https://example.com/{number}.png" for number in range(3)]


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_the_largest_faces_that_are_taken_fit_their_item(
    stores: Stores, cases: EmojiCases, people: tuple[str, str]
) -> None:
    alice = Actor(people[0])

    def add(number: int) -> None:
        url = f"https://example.com/{number:03}".ljust(2048, "x")
        cases.faces.add(alice, NewFace(url, 1024, 1024, "😀" * 64))

    with refused(ErrorCode.CONFLICT, reason="faces_too_large"):
        for number in range(FACES_MAX):
            add(number)
    assert len(cases.faces.list(alice)) > FACES_MAX // 2


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_what_a_message_names_is_looked_up_in_two_reads_and_a_face_in_one(
    stores: Stores, cases: EmojiCases, pack: str, people: tuple[str, str]
) -> None:
    emoji = cases.stocking.add(pack, _emoji())
    face = cases.faces.add(Actor(people[0]), NewFace("https://example.com/f.png", 1, 1))
    with watched(stores.dynamo) as requests:
        cases.emoji.find(people[0], pack, emoji.name)
    assert requests.operations == ["GetItem", "GetItem"]
    with watched(stores.dynamo) as requests:
        cases.emoji.face(people[0], face.id)
    assert requests.operations == ["GetItem"]
