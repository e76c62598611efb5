"""Emoji as users see them."""

from chirrup.domain.emoji import Picture
from chirrup.domain.errors import ErrorCode
from chirrup.service.faces import NewFace
from chirrup.service.packs import NewPack
from chirrup.service.stocking import NewEmoji
from tests.unit.making import refused
from tests.unit.world import ALICE, World

URL = "https://example.com/a.png"


def make(world: World, name: str, order: int = 0, *, enabled: bool = True) -> str:
    new = NewPack(name, name, order=order, enabled=enabled)
    return world.emoji.packs.create(new).name


def stock(world: World, pack: str, name: str, order: int = 0) -> str:
    new = NewEmoji(name, name, f"https://example.com/{name}.png", 10, 20, order)
    return world.emoji.stocking.add(pack, new).name


def names(world: World, limit: int = 10) -> list[str]:
    """Titles of all packs, page by page."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page, cursor = world.emoji.emoji.packs(cursor, limit)
        assert len(page) <= limit
        found += [one.pack.title for one in page]
        if cursor is None:
            return found


def test_packs_come_in_their_order_with_their_emoji_in_theirs() -> None:
    world = World()
    dogs, cats = make(world, "dogs", 2), make(world, "cats", 1)
    for pack, emoji, order in ((cats, "nod", 5), (cats, "shake", 1), (dogs, "wag", 0)):
        stock(world, pack, emoji, order)
    found, next_ = world.emoji.emoji.packs(None, 10)
    assert [(one.pack.title, [each.title for each in one.emoji]) for one in found] == [
        ("cats", ["shake", "nod"]),
        ("dogs", ["wag"]),
    ]
    assert next_ is None


def test_packs_that_are_not_enabled_are_not_there() -> None:
    world = World()
    make(world, "cats")
    dogs = make(world, "dogs", enabled=False)
    assert names(world) == ["cats"]
    world.emoji.packs.change(dogs, {"enabled": True})
    assert sorted(names(world)) == ["cats", "dogs"]


def test_all_pages_together_hold_each_pack_once() -> None:
    world = World()
    for number in range(7):
        make(world, f"pack {number}", order=number // 3)
    every = names(world)
    assert sorted(every) == [f"pack {number}" for number in range(7)]
    orders = [int(name[-1]) // 3 for name in every]
    assert orders == sorted(orders)
    for limit in (1, 2, 3, 7):
        assert names(world, limit) == every


def test_a_page_goes_on_where_a_deleted_pack_stood() -> None:
    world = World()
    packs = [make(world, f"pack {number}", order=number) for number in range(3)]
    _, cursor = world.emoji.emoji.packs(None, 1)
    world.emoji.packs.delete(packs[0])
    (page, _) = world.emoji.emoji.packs(cursor, 1)
    assert [one.pack.title for one in page] == ["pack 1"]


def test_a_cursor_that_is_none_is_refused() -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="cursor"):
        World().emoji.emoji.packs("here", 1)


def test_an_emoji_is_found_in_its_pack_while_that_is_enabled() -> None:
    world = World()
    cats, dogs = make(world, "cats"), make(world, "dogs")
    nod = stock(world, cats, "nod")
    find = world.emoji.emoji.find
    assert find("alice", cats, nod) == Picture("nod", "https://example.com/nod.png", 10, 20)
    for pack, emoji in ((dogs, nod), (cats, "em_none"), ("ep_none", nod)):
        with refused(ErrorCode.NOT_FOUND):
            find("alice", pack, emoji)
    world.emoji.packs.change(cats, {"enabled": False})
    with refused(ErrorCode.NOT_FOUND):
        find("alice", cats, nod)


def test_a_face_is_found_by_whose_it_is_alone() -> None:
    world = World()
    face = world.emoji.faces.add(ALICE, NewFace(URL, 30, 40))
    assert world.emoji.emoji.face("alice", face.id) == Picture(None, URL, 30, 40)
    for user, id_ in (("bob", face.id), ("alice", "f_none")):
        with refused(ErrorCode.NOT_FOUND):
            world.emoji.emoji.face(user, id_)
