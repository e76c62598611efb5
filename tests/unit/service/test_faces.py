"""Faces: what users keep for themselves."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.faces import FACES_MAX, Faces
from chirrup.service.faces import NewFace
from tests.unit.grouping import meanwhile
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, World

MEDIA = "m_" + "0" * 26


@pytest.fixture
def world() -> World:
    return World()


def url(number: int = 1) -> NewFace:
    return NewFace(f"https://example.com/{number}.png", 64, 48, "Me")


def test_faces_are_ones_own_and_the_last_comes_first(world: World) -> None:
    faces = world.emoji.faces
    one = faces.add(ALICE, url(1))
    world.clock.advance(5)
    two = faces.add(ALICE, url(2))
    assert faces.list(ALICE) == (two, one)
    assert faces.list(BOB) == ()
    assert (one.media, one.width, one.height, one.name) == (
        "https://example.com/1.png",
        64,
        48,
        "Me",
    )
    assert two.added_at == one.added_at + 5


def test_the_same_media_is_kept_once(world: World) -> None:
    first = world.emoji.faces.add(ALICE, url())
    world.clock.advance(5)
    again = world.emoji.faces.add(ALICE, NewFace(url().media, 1, 1, "Other"))
    assert again == first
    assert world.emoji.faces.list(ALICE) == (first,)


def test_the_same_media_added_twice_at_once_is_kept_once(world: World) -> None:
    meanwhile(world, "before commit", lambda: world.emoji.faces.add(ALICE, url()))
    face = world.emoji.faces.add(ALICE, url())
    assert world.emoji.faces.list(ALICE) == (face,)


def test_two_added_at_once_are_both_kept_but_never_more_than_200(world: World) -> None:
    faces = world.emoji.faces
    for number in range(FACES_MAX - 2):
        faces.add(ALICE, url(number))
    meanwhile(world, "before commit", lambda: faces.add(ALICE, url(500)))
    faces.add(ALICE, url(501))
    assert len(faces.list(ALICE)) == FACES_MAX
    with refused(ErrorCode.CONFLICT, reason="too_many_faces", limit=FACES_MAX):
        faces.add(ALICE, url(502))
    faces.remove(ALICE, faces.list(ALICE)[0].id)
    meanwhile(world, "before commit", lambda: faces.add(ALICE, url(503)))
    with refused(ErrorCode.CONFLICT):
        faces.add(ALICE, url(504))


def test_an_upload_must_be_ones_own_and_an_image(world: World) -> None:
    faces, pictures = world.emoji.faces, world.pictures
    new = NewFace(MEDIA, 10, 10)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        faces.add(ALICE, new)
    pictures.uploads[MEDIA] = "alice"
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        faces.add(BOB, new)
    pictures.no_images.add(MEDIA)
    with refused(ErrorCode.MEDIA_NOT_ALLOWED):
        faces.add(ALICE, new)
    assert faces.list(ALICE) == faces.list(BOB) == ()
    pictures.no_images.clear()
    faces.add(ALICE, new)
    assert pictures.published == [(MEDIA, "face")]


def test_a_face_is_removed_once(world: World) -> None:
    faces = world.emoji.faces
    one, two = faces.add(ALICE, url(1)), faces.add(ALICE, url(2))
    with refused(ErrorCode.NOT_FOUND):
        faces.remove(BOB, one.id)
    faces.remove(ALICE, one.id)
    assert faces.list(ALICE) == (two,)
    with refused(ErrorCode.NOT_FOUND):
        faces.remove(ALICE, one.id)
    faces.remove(ALICE, two.id)
    assert world.records.get(Faces, "alice") is None
    assert faces.add(ALICE, url(1)).id == one.id
