"""Packs of emoji as the administration makes them."""

from functools import partial

import pytest

from chirrup.domain.emoji import PACKS_MAX, EmojiPack
from chirrup.domain.errors import ErrorCode
from chirrup.ports.records import Put
from chirrup.service.packs import NewPack
from chirrup.service.stocking import NewEmoji
from tests.unit.grouping import meanwhile
from tests.unit.making import refused
from tests.unit.world import World

MEDIA = "m_" + "0" * 26
EMOJI = NewEmoji("nod", "Nod", "https://example.com/nod.png", 10, 20)


@pytest.fixture
def world() -> World:
    return World()


def test_a_pack_is_made_once_under_a_client_id(world: World) -> None:
    pack = world.emoji.packs.create(NewPack("c1", "Cats", order=3))
    world.emoji.packs.change(pack.name, {"name": "Dogs"})
    again = world.emoji.packs.create(NewPack("c1", "Cats", order=3))
    assert (again.name, again.title) == (pack.name, "Dogs")
    assert world.emoji.packs.list(None, 10)[0] == [again]
    assert (pack.title, pack.order, pack.enabled, pack.size) == ("Cats", 3, False, 0)


def test_what_is_changed_is_what_is_named(world: World) -> None:
    pack = world.emoji.packs.create(NewPack("c1", "Cats", icon="https://example.com/i.png"))
    changed = world.emoji.packs.change(pack.name, {"enabled": True, "order": 9})
    assert (changed.title, changed.icon, changed.enabled, changed.order) == (
        "Cats",
        "https://example.com/i.png",
        True,
        9,
    )
    assert world.emoji.packs.change(pack.name, {"icon": None}).icon is None


def test_a_change_of_nothing_writes_nothing(world: World) -> None:
    pack = world.emoji.packs.create(NewPack("c1", "Cats"))
    world.emoji.packs.change(pack.name, {"name": "Cats"})
    world.emoji.packs.change(pack.name, {})
    ((stored, *_), _) = world.emoji.packs.list(None, 10)
    assert stored.version == 1


def test_an_icon_that_was_uploaded_is_shown_to_everybody(world: World) -> None:
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        world.emoji.packs.create(NewPack("c1", "Cats", icon=MEDIA))
    assert world.emoji.packs.list(None, 10) == ([], None)
    world.pictures.uploads[MEDIA] = None
    pack = world.emoji.packs.create(NewPack("c1", "Cats", icon=MEDIA))
    assert world.pictures.published == [(MEDIA, "icon")]
    other = MEDIA[:-1] + "1"
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        world.emoji.packs.change(pack.name, {"icon": other})
    world.pictures.uploads[other] = None
    assert world.emoji.packs.change(pack.name, {"icon": other}).icon == other


def test_a_pack_is_deleted_only_when_empty(world: World) -> None:
    pack = world.emoji.packs.create(NewPack("c1", "Cats")).name
    emoji = world.emoji.stocking.add(pack, EMOJI).name
    with refused(ErrorCode.CONFLICT, reason="pack_not_empty", size=1):
        world.emoji.packs.delete(pack)
    world.emoji.stocking.remove(pack, emoji)
    world.emoji.packs.delete(pack)
    assert world.emoji.packs.list(None, 10) == ([], None)
    for act in (
        partial(world.emoji.packs.delete, pack),
        partial(world.emoji.packs.change, pack, {"order": 1}),
    ):
        with refused(ErrorCode.NOT_FOUND):
            act()


def test_an_emoji_that_comes_meanwhile_keeps_its_pack(world: World) -> None:
    pack = world.emoji.packs.create(NewPack("c1", "Cats")).name
    meanwhile(world, "before commit", lambda: world.emoji.stocking.add(pack, EMOJI))
    with refused(ErrorCode.CONFLICT, reason="pack_not_empty"):
        world.emoji.packs.delete(pack)
    assert len(world.emoji.stocking.list(pack)[1]) == 1


def test_a_pack_that_goes_meanwhile_takes_no_emoji(world: World) -> None:
    pack = world.emoji.packs.create(NewPack("c1", "Cats")).name
    meanwhile(world, "before commit", lambda: world.emoji.packs.delete(pack))
    with refused(ErrorCode.NOT_FOUND):
        world.emoji.stocking.add(pack, EMOJI)


def test_there_are_so_many_packs_and_no_more(world: World) -> None:
    for number in range(PACKS_MAX):
        pack = EmojiPack(owner="EMOJI", name=f"ep_{number}", title="x")
        world.records.commit([Put(pack)])
    with refused(ErrorCode.CONFLICT, reason="too_many_packs", limit=PACKS_MAX):
        world.emoji.packs.create(NewPack("c1", "Cats"))


def test_the_administration_sees_all_packs_by_pages(world: World) -> None:
    for number in range(5):
        new = NewPack(f"c{number}", f"{number}", order=9 - number, enabled=number % 2 == 0)
        world.emoji.packs.create(new)
    page, cursor = world.emoji.packs.list(None, 3)
    rest, end = world.emoji.packs.list(cursor, 3)
    assert [one.title for one in (*page, *rest)] == ["4", "3", "2", "1", "0"]
    assert end is None
    with refused(ErrorCode.INVALID_REQUEST, field="cursor"):
        world.emoji.packs.list("x", 3)
