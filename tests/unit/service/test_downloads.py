"""Who may download an upload: its owner, and those who see a message that holds it."""

from dataclasses import replace

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.ids import notices_id, private_id
from chirrup.domain.media import UNUSED_MS
from chirrup.domain.media_types import Purpose
from chirrup.domain.messages import Entry
from chirrup.ports.attachments import Attachment
from chirrup.service.actor import Actor
from chirrup.service.downloads import LINK_MS, Link
from chirrup.service.sending import Sent
from chirrup.service.showing import WITHIN
from tests.unit.club import DORA, ERIN
from tests.unit.making import CHAT, refused
from tests.unit.uploading import PNG, Gallery
from tests.unit.world import ALICE, BOB, CAROL


@pytest.fixture
def gallery() -> Gallery:
    return Gallery()


def link(
    gallery: Gallery, id_: str, user_id: str, *, where: str | None = None, thumbnail: bool = False
) -> Link:
    return gallery.downloads.link(user_id, id_, where, thumbnail=thumbnail)


def may(gallery: Gallery, id_: str, user_id: str, where: str | None = None) -> bool:
    """Whether a user gets an upload, however asked; a refusal says nothing of it."""
    try:
        found = link(gallery, id_, user_id, where=where)
    except Exception:
        with refused(ErrorCode.MEDIA_NOT_FOUND):
            link(gallery, id_, user_id, where=where)
        return False
    status, _, body = gallery.bucket.get(found.url)
    return (status, body) == (200, PNG)


def post(gallery: Gallery, id_: str, actor: Actor = ALICE, where: str | None = None) -> Sent:
    """Send an image."""
    content = {"media": id_, "width": 40, "height": 30, "size": len(PNG)}
    conversation_id = where or gallery.id
    return gallery.send(actor, type="image", content=content, conversation_id=conversation_id)


def holding(gallery: Gallery, id_: str) -> dict[int, Entry]:
    """An image that is stored at the end, and nothing done for it."""
    entries = gallery.tables.entries[gallery.id]
    last = entries[max(entries)]
    seq = last.seq + 1
    return {seq: replace(last, seq=seq, type="image", content={"media": id_})}


def test_its_owner_has_it_before_it_is_used(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.confirming.confirm(id_)
    assert may(gallery, id_, "alice")
    assert not may(gallery, id_, "bob")
    assert link(gallery, id_, "alice").expires_at == gallery.clock.time + LINK_MS
    gallery.clock.advance(UNUSED_MS)
    assert not may(gallery, id_, "alice")


def test_nobody_has_what_was_not_looked_at(gallery: Gallery) -> None:
    id_ = gallery.upload()
    assert not may(gallery, id_, "alice")
    bad = gallery.upload(PNG + b"\0")
    with refused(ErrorCode.MEDIA_NOT_ALLOWED):
        gallery.confirming.confirm(bad)
    assert not may(gallery, bad, "alice")
    assert not may(gallery, "m_unknown", "alice")


def test_members_have_what_stands_in_their_group_and_outsiders_have_not(gallery: Gallery) -> None:
    id_ = gallery.upload()
    post(gallery, id_)
    for where in (None, gallery.id):
        assert may(gallery, id_, "bob", where)
        assert may(gallery, id_, "carol", where)
        assert not may(gallery, id_, "dora", where)
    assert not may(gallery, id_, "bob", CHAT)
    assert not may(gallery, id_, "bob", "no conversation")


def test_a_private_chat_shows_it_to_its_two(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.send()
    post(gallery, id_, where=CHAT)
    assert may(gallery, id_, "bob")
    assert not may(gallery, id_, "carol")
    assert not may(gallery, id_, "carol", CHAT)


def test_a_use_without_its_message_shows_nobody_anything(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.attaching.attach("alice", [Attachment(id_, "image")], gallery.id, 2)
    assert not may(gallery, id_, "bob")
    gallery.say(BOB)
    assert not may(gallery, id_, "bob")


def test_many_may_write_between_the_use_and_its_message(gallery: Gallery) -> None:
    near, far = gallery.upload(), gallery.upload()
    seq = gallery.say().entry.seq + 1
    attachments = [Attachment(near, "image"), Attachment(far, "image")]
    gallery.attaching.attach("alice", attachments, gallery.id, seq)
    for _ in range(WITHIN - 1):
        gallery.say(BOB)
    for id_ in (near, far):
        # As if it had been held when the others began to write.
        gallery.tables.entries[gallery.id] |= holding(gallery, id_)
    assert may(gallery, near, "bob")
    assert not may(gallery, far, "bob")


def test_what_is_recalled_is_its_owners_alone(gallery: Gallery) -> None:
    id_ = gallery.upload()
    sent = post(gallery, id_)
    gallery.messaging.changing.recall(ALICE, gallery.id, sent.entry.seq)
    assert not may(gallery, id_, "bob")
    assert may(gallery, id_, "alice")
    post(gallery, id_)
    assert may(gallery, id_, "bob")


def test_what_one_has_deleted_for_oneself_is_gone(gallery: Gallery) -> None:
    id_ = gallery.upload()
    sent = post(gallery, id_)
    gallery.messaging.conversations.delete_message_for_me(BOB, gallery.id, sent.entry.seq)
    assert not may(gallery, id_, "bob")
    assert may(gallery, id_, "carol")


def test_who_leaves_keeps_what_was_sent_before_and_sees_nothing_after(gallery: Gallery) -> None:
    before, after = gallery.upload(), gallery.upload()
    post(gallery, before)
    gallery.groups.membership.leave(CAROL, gallery.id)
    post(gallery, after)
    assert may(gallery, before, "carol")
    assert not may(gallery, after, "carol")
    assert may(gallery, after, "bob")


def test_who_joins_sees_what_comes_after(gallery: Gallery) -> None:
    before, after = gallery.upload(), gallery.upload()
    post(gallery, before)
    gallery.let_know("alice", "dora")
    gallery.groups.membership.invite(ALICE, gallery.id, ["dora"])
    post(gallery, after)
    assert not may(gallery, before, "dora")
    assert may(gallery, after, "dora")


def test_what_was_sent_again_is_found_where_one_was_in(gallery: Gallery) -> None:
    id_ = gallery.upload()
    post(gallery, id_)
    gallery.groups.membership.leave(CAROL, gallery.id)
    post(gallery, id_)
    assert may(gallery, id_, "carol")


def test_what_is_merged_is_seen_with_the_whole(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.confirming.confirm(id_)
    where = post(gallery, id_).entry
    items = [{"conversation_id": where.conversation_id, "seq": where.seq}]
    content = {"title": "old times", "items": items}
    gallery.send(BOB, conversation_id=private_id("bob", "dora"), type="merged", content=content)
    gallery.messaging.changing.recall(ALICE, gallery.id, where.seq)
    assert may(gallery, id_, "dora")
    assert may(gallery, id_, "bob")
    assert not may(gallery, id_, "carol")
    assert not may(gallery, id_, "erin")


def test_what_is_forwarded_is_seen_where_it_goes(gallery: Gallery) -> None:
    id_ = gallery.upload()
    where = post(gallery, id_).entry
    content = {"conversation_id": where.conversation_id, "seq": where.seq}
    gallery.send(
        CAROL, conversation_id=private_id("carol", "erin"), type="forward", content=content
    )
    assert may(gallery, id_, "erin")
    assert not may(gallery, id_, "dora")


def test_what_is_public_is_for_everybody(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.attaching.publish("alice", id_, "face")
    assert may(gallery, id_, ERIN.user_id)
    assert may(gallery, id_, DORA.user_id)


def test_a_thumbnail_is_there_once_it_is_made(gallery: Gallery) -> None:
    id_ = gallery.upload()
    post(gallery, id_)
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        link(gallery, id_, "bob", thumbnail=True)
    gallery.thumbnails.arrived(id_)
    found = link(gallery, id_, "bob", thumbnail=True)
    status, headers, body = gallery.bucket.get(found.url)
    assert (status, body, headers["content-type"]) == (200, b"small", "image/webp")
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        link(gallery, id_, "dora", thumbnail=True)


def test_a_file_keeps_its_name_and_is_saved(gallery: Gallery) -> None:
    page = b"<html><script>alert(1)</script></html>"
    id_ = gallery.upload(
        page, purpose=Purpose.FILE, content_type="text/html", file_name="page.html"
    )
    gallery.confirming.confirm(id_)
    status, headers, body = gallery.bucket.get(link(gallery, id_, "alice").url)
    assert (status, body) == (200, page)
    assert headers["content-type"] == "application/octet-stream"
    assert headers["content-disposition"].startswith('attachment; filename="page.html"')


def test_notices_of_another_show_nothing(gallery: Gallery) -> None:
    id_ = gallery.upload()
    gallery.confirming.confirm(id_)
    gallery.attaching.pass_on([id_], notices_id("bob"), 1)
    assert not may(gallery, id_, "carol")
    assert not may(gallery, id_, "bob")


def test_later_messages_with_an_upload_take_the_first_from_nobody(gallery: Gallery) -> None:
    id_ = gallery.upload()
    first = post(gallery, id_).entry.seq
    for _ in range(30):
        seq = post(gallery, id_).entry.seq
        gallery.messaging.changing.recall(ALICE, gallery.id, seq)
    assert may(gallery, id_, "bob")
    gallery.messaging.changing.recall(ALICE, gallery.id, first)
    assert not may(gallery, id_, "bob")


def test_the_message_may_be_named_in_which_an_upload_was_seen(gallery: Gallery) -> None:
    id_, other = gallery.upload(), gallery.upload()
    seq = post(gallery, id_).entry.seq

    def seen_in(user_id: str, media_id: str, at: int) -> bool:
        try:
            gallery.downloads.link(user_id, media_id, gallery.id, at, thumbnail=False)
        except Exception:
            with refused(ErrorCode.MEDIA_NOT_FOUND):
                gallery.downloads.link(user_id, media_id, gallery.id, at, thumbnail=False)
            return False
        return True

    assert seen_in("bob", id_, seq)
    assert not seen_in("bob", id_, seq - 1)
    assert not seen_in("bob", other, seq)
    assert not seen_in("erin", id_, seq)
    gallery.messaging.changing.recall(ALICE, gallery.id, seq)
    assert not seen_in("bob", id_, seq)


def test_a_file_is_downloaded_under_the_name_that_its_message_shows(gallery: Gallery) -> None:
    id_ = gallery.upload(purpose=Purpose.FILE, file_name="invoice.exe")
    content = {"media": id_, "name": "photo.png", "size": len(PNG), "mime": "image/png"}
    gallery.send(ALICE, type="file", content=content, conversation_id=gallery.id)
    assert gallery.media(id_).file_name == "photo.png"
    gallery.send(ALICE, type="file", content={**content, "name": "b.png"}, conversation_id=CHAT)
    assert gallery.media(id_).file_name == "b.png"
