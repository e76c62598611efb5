"""Uploads in messages: whose they are, what they are for, and that they are kept."""

from typing import Any

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.media import UNUSED_MS, State
from chirrup.domain.media_types import Purpose
from chirrup.ports.attachments import Attachment
from chirrup.service.attaching import AT_ONCE
from tests.support.files import ogg
from tests.unit.making import CHAT, refused
from tests.unit.uploading import PNG, Gallery


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


def attach(gallery: Gallery, id_: str, user_id: str = "alice", seq: int = 1, **more: Any) -> None:
    one = Attachment(id_, more.pop("purpose", "image"), **more)
    gallery.attaching.attach(user_id, [one], CHAT, seq)


def untouched(gallery: Gallery, id_: str) -> bool:
    return gallery.use(id_, CHAT) is None and gallery.media(id_).state is not State.KEPT


def test_an_upload_is_used_without_having_been_looked_at_before(gallery: Gallery) -> None:
    id_ = gallery.upload()
    attach(gallery, id_, size=len(PNG), content_type="image/png")
    use = gallery.use(id_, CHAT)
    assert use
    assert use.seqs == (1,)
    assert gallery.media(id_).state is State.KEPT
    assert not gallery.is_unused(id_)


def test_what_is_used_does_not_expire(gallery: Gallery) -> None:
    id_ = gallery.upload()
    attach(gallery, id_)
    gallery.clock.advance(2 * UNUSED_MS)
    attach(gallery, id_, seq=9)
    use = gallery.use(id_, CHAT)
    assert use
    assert use.seqs == (1, 9)


def test_nothing_is_used_that_was_not_sent(gallery: Gallery) -> None:
    id_ = gallery.declare().media.owner
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        attach(gallery, id_)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        attach(gallery, "m_unknown")
    assert untouched(gallery, id_)


def test_nobody_uses_what_is_anothers(gallery: Gallery) -> None:
    id_ = gallery.upload()
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        attach(gallery, id_, "bob")
    assert untouched(gallery, id_)


def test_what_has_expired_is_gone(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.clock.advance(UNUSED_MS)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        attach(gallery, id_)
    assert untouched(gallery, id_)


def test_what_is_not_as_declared_is_refused(gallery: Gallery) -> None:
    id_ = gallery.upload(b"not a picture")
    for _ in range(2):
        with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="content_type"):
            attach(gallery, id_)
    assert untouched(gallery, id_)


@pytest.mark.parametrize(
    ("named", "reason"),
    [
        ({"purpose": "file"}, "purpose"),
        ({"purpose": "video"}, "purpose"),
        ({"size": 1}, "size"),
        ({"content_type": "image/jpeg"}, "content_type"),
    ],
)
def test_a_message_says_of_an_upload_what_is_so(
    gallery: Gallery, named: dict[str, Any], reason: str
) -> None:
    id_ = gallery.upload()
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason=reason):
        attach(gallery, id_, **named)
    assert untouched(gallery, id_)


def test_of_several_all_are_used_or_none(gallery: Gallery) -> None:
    good, thumbnail = gallery.upload(), gallery.upload()
    bad = gallery.declare().media.owner
    both = [Attachment(good, "image"), Attachment(bad, "image")]
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.attaching.attach("alice", both, CHAT, 1)
    assert untouched(gallery, good)
    both[1] = Attachment(thumbnail, "image")
    gallery.attaching.attach("alice", [*both, both[0]], CHAT, 1)
    assert gallery.use(good, CHAT)
    assert gallery.use(thumbnail, CHAT)


def test_no_attachments_cost_nothing(gallery: Gallery) -> None:
    gallery.tables.hook = pytest.fail
    gallery.attaching.attach("alice", [], CHAT, 1)


def test_the_same_message_again_changes_nothing(gallery: Gallery) -> None:
    id_ = gallery.upload()
    attach(gallery, id_)
    before = gallery.use(id_, CHAT), gallery.media(id_)
    attach(gallery, id_)
    assert (gallery.use(id_, CHAT), gallery.media(id_)) == before


def test_two_first_uses_at_the_same_time_both_count(gallery: Gallery) -> None:
    id_ = gallery.upload()

    def meanwhile(step: str) -> None:
        if step == "before commit" and gallery.media_state(id_) is State.READY:
            gallery.tables.hook = lambda _: None
            attach(gallery, id_, seq=7)

    gallery.tables.hook = meanwhile
    attach(gallery, id_, seq=5)
    use = gallery.use(id_, CHAT)
    assert use
    assert use.seqs == (5, 7)


@pytest.mark.parametrize("step", ["before keep object", "after keep object", "before commit"])
def test_after_a_crash_nothing_that_is_used_is_marked_as_unused(
    gallery: Gallery, step: str
) -> None:
    id_ = gallery.upload()
    gallery.confirming.confirm(id_)

    def crash(now: str) -> None:
        if now == step:
            raise RuntimeError

    gallery.tables.hook = crash
    with pytest.raises(RuntimeError):
        attach(gallery, id_)
    gallery.tables.hook = lambda _: None
    assert untouched(gallery, id_)
    attach(gallery, id_)
    assert not gallery.is_unused(id_)


def test_a_thumbnail_is_kept_too_whenever_it_was_made(gallery: Gallery) -> None:
    early, late, between = (gallery.upload() for _ in range(3))
    gallery.thumbnails.arrived(early)
    attach(gallery, early)
    attach(gallery, late)
    gallery.thumbnails.arrived(late)

    def meanwhile(step: str) -> None:
        if step == "before keep object":
            gallery.tables.hook = lambda _: None
            gallery.thumbnails.arrived(between)

    gallery.tables.hook = meanwhile
    attach(gallery, between)
    for id_ in (early, late, between):
        assert not gallery.is_unused(id_, "thumbnails")
        assert not gallery.is_unused(id_)


def test_forwarding_passes_on_what_others_uploaded(gallery: Gallery) -> None:
    id_ = gallery.upload(by="bob")
    attach(gallery, id_, "bob")
    gallery.attaching.pass_on([id_, id_], gallery.id, 12)
    use = gallery.use(id_, gallery.id)
    assert use
    assert use.seqs == (12,)


def test_forwarding_leaves_out_what_is_gone(gallery: Gallery) -> None:
    kept, never = gallery.upload(), gallery.declare().media.owner
    attach(gallery, kept)
    gallery.attaching.pass_on(["m_gone", never, kept], gallery.id, 12)
    assert gallery.use(kept, gallery.id)
    assert gallery.use(never, gallery.id) is None
    assert gallery.use("m_gone", gallery.id) is None


def test_any_number_is_passed_on(gallery: Gallery) -> None:
    ids = [gallery.upload() for _ in range(2 * AT_ONCE + 1)]
    for id_ in ids:
        gallery.confirming.confirm(id_)
    gallery.attaching.pass_on(ids, gallery.id, 3)
    assert all(gallery.use(id_, gallery.id) for id_ in ids)
    assert not any(gallery.is_unused(id_) for id_ in ids)


def test_what_is_public_is_everybodys(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.attaching.publish("alice", id_, "face")
    assert gallery.media(id_).public
    assert not gallery.is_unused(id_)
    attach(gallery, id_, "bob")
    assert gallery.use(id_, CHAT) is None


def test_one_publishes_ones_own_and_the_platform_anybodys(gallery: Gallery) -> None:
    id_ = gallery.upload()
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.attaching.publish("bob", id_, "face")
    gallery.attaching.publish(None, id_, "face")
    assert gallery.media(id_).public
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        gallery.attaching.publish(None, "m_unknown", "icon")


def test_a_voice_clip_is_no_avatar(gallery: Gallery) -> None:
    id_ = gallery.upload(ogg(), purpose=Purpose.VOICE, content_type="audio/ogg")
    with refused(ErrorCode.MEDIA_NOT_ALLOWED, reason="purpose", uploaded=Purpose.VOICE):
        gallery.attaching.publish("alice", id_, "face")
    assert not gallery.media(id_).public
