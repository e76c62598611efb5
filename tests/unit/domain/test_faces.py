"""Faces: each once, so many, and no more than an item holds."""

import re
from dataclasses import replace

from chirrup.domain.errors import ErrorCode
from chirrup.domain.faces import FACE_ID, FACES_BYTES_MAX, FACES_MAX, Face, Faces, face_id
from tests.fakes.clock import NOON
from tests.unit.making import refused

NONE = Faces(owner="alice")


def face(number: int, media: str = "https://example.com/face.png", name: str | None = None) -> Face:
    return Face(f"f_{number}", media, 64, 64, NOON, name)


def full(number: int, **more: str) -> Faces:
    return replace(NONE, faces=tuple(face(one, **more) for one in range(number)))


def test_the_same_media_of_the_same_user_has_one_id() -> None:
    one = face_id("alice", "https://example.com/a.png")
    assert re.fullmatch(FACE_ID, one)
    assert one == face_id("alice", "https://example.com/a.png")
    others = {face_id("bob", "https://example.com/a.png"), face_id("alice", "https://example.com/")}
    assert len({one, *others}) == 3


def test_a_new_face_comes_first_and_one_taken_away_is_gone() -> None:
    faces = NONE.with_face(face(1)).with_face(face(2))
    assert [one.id for one in faces.faces] == ["f_2", "f_1"]
    assert faces.find("f_1") == face(1)
    assert faces.without("f_2").find("f_2") is None
    assert faces.without("f_3") == faces


def test_there_are_200_and_no_more() -> None:
    faces = full(FACES_MAX - 1).with_face(face(999))
    assert len(faces.faces) == FACES_MAX
    with refused(ErrorCode.CONFLICT, reason="too_many_faces", limit=200):
        faces.with_face(face(1000))


def test_the_longest_urls_are_refused_before_the_item_is_full() -> None:
    url = "https://" + "x" * 2040
    fitting = FACES_BYTES_MAX // face(1, media=url).weight
    assert 100 < fitting < FACES_MAX
    faces = full(fitting, media=url)
    with refused(ErrorCode.CONFLICT, reason="faces_too_large"):
        faces.with_face(face(999, media=url))
    # Uploads and ordinary URLs never meet that limit.
    media = "m_" + "0" * 26
    assert full(FACES_MAX - 1, media=media, name="😀" * 64).with_face(face(999))
