"""Uploads: what may be declared, how parts are cut, when they expire."""

from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from chirrup.domain.contents import MEDIA_BYTES_MAX, is_media_id
from chirrup.domain.declaring import check_declared
from chirrup.domain.errors import ErrorCode
from chirrup.domain.media import UNUSED_MS, Media, State, media_id
from chirrup.domain.media_parts import MB, PART_SIZE, WHOLE_MAX, parts_of
from chirrup.domain.media_types import Purpose
from chirrup.domain.media_uses import FIRST, LAST, MediaUse
from tests.fakes.clock import NOON
from tests.support.files import sum_of
from tests.unit.making import refused

SUM = sum_of(b"")


def media(**more: Any) -> Media:
    given: dict[str, Any] = {
        "owner": "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
        "by": "alice",
        "purpose": Purpose.IMAGE,
        "content_type": "image/png",
        "size": 10,
        "sha256": (SUM,),
        "created_at": NOON,
    }
    return Media(**(given | more))


def test_an_id_tells_nothing_and_stands_for_all_that_was_declared() -> None:
    one = media_id(media(), "c1")
    assert is_media_id(one)
    assert media_id(media(created_at=1, version=4), "c1") == one
    others: list[dict[str, Any]] = [
        {"by": "bob"},
        {"size": 11},
        {"sha256": (sum_of(b"x"),)},
        {"file_name": "x"},
    ]
    ids = {one, media_id(media(), "c2"), *(media_id(media(**other), "c1") for other in others)}
    assert len(ids) == len(others) + 2


@pytest.mark.parametrize(
    ("purpose", "type_"),
    [
        (Purpose.IMAGE, "image/webp"),
        (Purpose.VOICE, "audio/ogg"),
        (Purpose.VIDEO, "video/mp4"),
        (Purpose.FILE, "text/html"),
    ],
)
def test_what_is_within_its_limit_may_be_declared(purpose: Purpose, type_: str) -> None:
    check_declared(purpose, type_, 1, [SUM])
    limit = MEDIA_BYTES_MAX[purpose]
    check_declared(purpose, type_, limit, [SUM] * (len(parts_of(limit)) or 1))
    with refused(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=limit):
        check_declared(purpose, type_, limit + 1, [SUM])


@pytest.mark.parametrize(
    ("purpose", "type_"),
    [
        (Purpose.IMAGE, "image/svg+xml"),
        (Purpose.IMAGE, "video/mp4"),
        (Purpose.VOICE, "video/mp4"),
        (Purpose.VIDEO, "audio/mp4"),
    ],
)
def test_a_purpose_has_its_types(purpose: Purpose, type_: str) -> None:
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="content_type"):
        check_declared(purpose, type_, 1, [SUM])


@pytest.mark.parametrize(
    "sums", [[], [SUM, SUM], ["x"], [SUM[:-1]], [SUM[:-2] + "V="], [SUM.replace("=", "A")], [""]]
)
def test_a_checksum_is_the_sha256_of_the_whole(sums: list[str]) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="sha256", expected=1):
        check_declared(Purpose.IMAGE, "image/png", 1, sums)


def test_a_large_upload_has_a_checksum_for_each_part() -> None:
    check_declared(Purpose.VIDEO, "video/mp4", 120 * MB, [SUM] * 8)
    with refused(ErrorCode.INVALID_REQUEST, field="sha256", expected=8):
        check_declared(Purpose.VIDEO, "video/mp4", 120 * MB, [SUM])


@pytest.mark.parametrize(
    "size", [WHOLE_MAX + 1, 120 * MB, 7 * PART_SIZE, 7 * PART_SIZE + 1, 300 * MB]
)
def test_parts_cover_an_upload_without_gap_or_overlap(size: int) -> None:
    parts = parts_of(size)
    assert [part.number for part in parts] == list(range(1, len(parts) + 1))
    assert [part.first for part in parts] == [at * PART_SIZE for at in range(len(parts))]
    assert sum(part.size for part in parts) == size
    assert all(part.size == PART_SIZE for part in parts[:-1])
    assert 0 < parts[-1].size <= PART_SIZE


def test_what_one_request_takes_has_no_parts() -> None:
    assert parts_of(WHOLE_MAX) == ()


def test_the_checksum_of_parts_is_that_of_their_checksums() -> None:
    sums = tuple(sum_of(bytes([number])) for number in range(8))
    whole = sha256(b"".join(map(b64decode, sums))).digest()
    assert media(size=120 * MB, sha256=sums).checksum == f"{b64encode(whole).decode()}-8"
    assert media().checksum == SUM


def test_an_upload_expires_until_it_is_used() -> None:
    waiting = media(state=State.READY)
    assert waiting.is_there(NOON + UNUSED_MS - 1)
    assert not waiting.is_there(NOON + UNUSED_MS)
    assert waiting.expires_at == NOON + UNUSED_MS
    assert waiting.kept().expires_at is None
    assert waiting.kept().is_there(NOON + 10 * UNUSED_MS)


def test_what_is_public_stays_so() -> None:
    assert not media().kept().public
    assert media().kept(public=True).kept().public


def test_a_use_remembers_the_first_and_the_last_seqs() -> None:
    use = MediaUse(owner="m_x", name="p_a~b")
    for seq in (5, 3, 5):
        use = use.used_from(seq)
    assert use.seqs == (3, 5)
    for seq in range(10, 10 + FIRST + LAST):
        use = use.used_from(seq)
    assert use.seqs == (3, 5, *range(10, 8 + FIRST), *range(10 + FIRST, 10 + FIRST + LAST))
    assert replace(use, seqs=()).used_from(1).seqs == (1,)
