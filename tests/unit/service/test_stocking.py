"""What is in packs of emoji, as the administration has it."""

from functools import partial

import pytest

from chirrup.domain.emoji import EMOJI_MAX
from chirrup.domain.errors import ErrorCode
from chirrup.service.packs import NewPack
from chirrup.service.stocking import NewEmoji
from tests.unit.making import refused
from tests.unit.world import World

MEDIA = "m_" + "0" * 26


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def pack(world: World) -> str:
    return world.emoji.packs.create(NewPack("c1", "Cats")).name


def new(client_id: str = "nod", media: str = "https://example.com/nod.png") -> NewEmoji:
    return NewEmoji(client_id, client_id.capitalize(), media, 10, 20)


def size(world: World, pack: str) -> int:
    found, emoji = world.emoji.stocking.list(pack)
    assert found.size == len(emoji)
    return found.size


def test_the_pack_counts_what_is_added_and_removed(world: World, pack: str) -> None:
    stocking = world.emoji.stocking
    nod, shake = stocking.add(pack, new()).name, stocking.add(pack, new("shake")).name
    assert size(world, pack) == 2
    stocking.remove(pack, nod)
    assert [one.name for one in stocking.list(pack)[1]] == [shake]
    assert size(world, pack) == 1


def test_an_emoji_is_added_once_under_a_client_id(world: World, pack: str) -> None:
    first = world.emoji.stocking.add(pack, new())
    again = world.emoji.stocking.add(pack, new())
    assert (again.name, size(world, pack)) == (first.name, 1)


def test_a_full_pack_takes_no_more(world: World, pack: str) -> None:
    for number in range(EMOJI_MAX):
        world.emoji.stocking.add(pack, new(f"n{number}"))
    with refused(ErrorCode.CONFLICT, reason="pack_full", limit=EMOJI_MAX):
        world.emoji.stocking.add(pack, new())
    assert size(world, pack) == EMOJI_MAX


def test_what_is_changed_is_what_is_named(world: World, pack: str) -> None:
    stocking = world.emoji.stocking
    nod, _ = stocking.add(pack, new()).name, stocking.add(pack, new("shake"))
    changed = stocking.change(pack, nod, {"name": "Bow", "order": 5})
    assert (changed.title, changed.order, changed.media, changed.width) == (
        "Bow",
        5,
        "https://example.com/nod.png",
        10,
    )
    assert [one.title for one in stocking.list(pack)[1]] == ["Shake", "Bow"]
    stocking.change(pack, nod, {"name": "Bow"})
    assert stocking.list(pack)[1][1].version == 2


def test_an_upload_is_shown_to_everybody_and_a_url_needs_nothing(world: World, pack: str) -> None:
    world.pictures.uploads[MEDIA] = None
    stocking = world.emoji.stocking
    stocking.add(pack, new("url"))
    assert world.pictures.published == []
    nod = stocking.add(pack, new("nod", MEDIA)).name
    assert world.pictures.published == [(MEDIA, "emoji")]
    world.pictures.no_images.add(other := MEDIA[:-1] + "1")
    world.pictures.uploads[other] = None
    with refused(ErrorCode.MEDIA_NOT_ALLOWED):
        stocking.change(pack, nod, {"media": other})
    with refused(ErrorCode.MEDIA_NOT_ALLOWED):
        stocking.add(pack, new("bow", other))
    assert size(world, pack) == 2


def test_what_is_not_there_is_not_found(world: World, pack: str) -> None:
    stocking = world.emoji.stocking
    for act in (
        partial(stocking.list, "ep_none"),
        partial(stocking.add, "ep_none", new()),
        partial(stocking.change, pack, "em_none", {}),
        partial(stocking.remove, pack, "em_none"),
        partial(stocking.remove, "ep_none", "em_none"),
    ):
        with refused(ErrorCode.NOT_FOUND):
            act()
