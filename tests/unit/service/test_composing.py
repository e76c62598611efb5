"""Messages that refer to something: uploads, cards, emoji, other messages."""

from typing import Any

import pytest

from chirrup.contracts.examples.contents import MEDIA, SENT
from chirrup.domain.contents import MERGED_DEPTH_MAX
from chirrup.domain.errors import ErrorCode
from chirrup.domain.messages import Entry, Forwarded
from chirrup.ports.attachments import Attachment
from chirrup.service.actor import Actor
from chirrup.service.faces import NewFace
from chirrup.service.packs import NewPack
from chirrup.service.stocking import NewEmoji
from tests.unit import rooms
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World

OTHER = "m_01JD4QB7M2K9R4T6Y8W1X3Z5C7"
WITH_CAROL = "p_alice~carol"
NOTES = "s_alice"


@pytest.fixture
def world() -> World:
    return World()


def send(
    world: World, type_: str, content: Any, actor: Actor = ALICE, to: str = CHAT, **more: Any
) -> Entry:
    return world.send(actor, type=type_, content=content, conversation_id=to, **more).entry


def forward(world: World, of: Entry, actor: Actor = ALICE, to: str = NOTES) -> Entry:
    return send(world, "forward", {"conversation_id": of.conversation_id, "seq": of.seq}, actor, to)


def merge(world: World, *entries: Entry, actor: Actor = ALICE, to: str = NOTES) -> Entry:
    items = [{"conversation_id": one.conversation_id, "seq": one.seq} for one in entries]
    return send(world, "merged", {"title": "Together", "items": items}, actor, to)


def nothing_stored(world: World, conversation_id: str = CHAT) -> bool:
    return not world.tables.entries.get(conversation_id) and not world.attaching.held


@pytest.mark.parametrize("type_", ["image", "voice", "video", "file"])
def test_a_message_holds_its_upload_from_the_seq_on_that_it_can_have(
    world: World, type_: str
) -> None:
    world.send()
    world.attaching.owners |= {MEDIA: "alice", OTHER: "alice"}
    entry = send(world, type_, SENT[type_])
    assert (entry.type, entry.content) == (type_, SENT[type_])
    assert (MEDIA, CHAT, 2) in world.attaching.held
    mime, name = (SENT[type_].get(key) for key in ("mime", "name"))
    assert world.attaching.asked[0] == Attachment(MEDIA, type_, SENT[type_]["size"], mime, name)  # type: ignore[arg-type]


def test_a_thumbnail_or_a_cover_is_an_upload_like_any_other_image(world: World) -> None:
    world.attaching.owners |= {MEDIA: "alice", OTHER: "alice"}
    send(world, "image", {**SENT["image"], "thumbnail": OTHER})
    send(world, "video", SENT["video"])
    assert world.attaching.asked[1] == world.attaching.asked[3] == Attachment(OTHER, "image")


def test_of_addresses_nothing_is_looked_up(world: World) -> None:
    url = "https://example.com/a.ogg"
    assert send(world, "voice", {**SENT["voice"], "media": url}).content["media"] == url
    assert world.attaching.asked == []


@pytest.mark.parametrize(
    ("owner", "code"),
    [(None, ErrorCode.MEDIA_NOT_FOUND), ("bob", ErrorCode.MEDIA_NOT_ALLOWED)],
)
def test_what_cannot_be_attached_is_not_sent(
    world: World, owner: str | None, code: ErrorCode
) -> None:
    if owner:
        world.attaching.owners[MEDIA] = owner
    with refused(code):
        send(world, "voice", SENT["voice"])
    assert nothing_stored(world)


def test_one_who_may_not_write_has_nothing_attached(world: World) -> None:
    world.attaching.owners[MEDIA] = "carol"
    with refused(ErrorCode.NOT_MEMBER):
        send(world, "voice", SENT["voice"], CAROL)
    assert nothing_stored(world)


def test_the_payload_is_what_was_sent_not_what_is_stored(world: World) -> None:
    card = {"kind": "user", "target_id": "carol"}
    first = world.send(type="card", content=card, client_id="c-1")
    world.users.change("carol", {"name": "Caroline"})
    again = world.send(type="card", content=card, client_id="c-1", attempt=2)
    assert again.duplicate
    assert again.entry == first.entry
    assert first.entry.content["name"] == "Carol"


def test_an_emoji_shows_what_it_looked_like(world: World) -> None:
    world.pictures.uploads |= {MEDIA: None, OTHER: "alice"}
    pack = world.emoji.packs.create(NewPack("c1", "Animals", enabled=True)).name
    new = NewEmoji("c2", "cat", MEDIA, 128, 96)
    emoji = world.emoji.stocking.add(pack, new).name
    face = world.emoji.faces.add(ALICE, NewFace(OTHER, 64, 48)).id
    named = {"pack_id": pack, "emoji_id": emoji}
    cat = {"name": "cat", "media": MEDIA, "width": 128, "height": 96}
    assert send(world, "emoji", named).content == {**named, **cat}
    shown = {"face_id": face, "media": OTHER, "width": 64, "height": 48}
    assert send(world, "emoji", {"face_id": face}).content == shown
    assert world.attaching.held == [(MEDIA, CHAT, 1), (OTHER, CHAT, 2)]


def test_an_emoji_that_is_none_and_the_face_of_another_are_not_found(world: World) -> None:
    world.pictures.uploads[OTHER] = "bob"
    face = world.emoji.faces.add(BOB, NewFace(OTHER, 64, 48)).id
    for content in (SENT["emoji"], {"face_id": face}):
        with refused(ErrorCode.NOT_FOUND):
            send(world, "emoji", content)
    assert nothing_stored(world)


def test_there_is_no_material_before_there_are_channels(world: World) -> None:
    with refused(ErrorCode.NOT_FOUND, field="content.material_id"):
        send(world, "material", SENT["material"])


def test_a_forwarded_message_says_the_same_as_the_first(world: World) -> None:
    first = world.send(BOB, "good news").entry
    forwarded = forward(world, first, to=WITH_CAROL)
    assert (forwarded.type, forwarded.content) == ("text", {"text": "good news"})
    assert forwarded.sender_id == "alice"
    assert forwarded.forwarded == Forwarded(CHAT, 1, "bob", first.sent_at)
    further = forward(world, forwarded, CAROL, "s_carol")
    assert further.forwarded == forwarded.forwarded
    assert further.content == first.content


def test_nobody_is_mentioned_by_what_is_forwarded(world: World) -> None:
    first = send(world, "text", {"text": "@bob", "mentions": ["bob"]})
    assert forward(world, first).content == {"text": "@bob"}
    assert merge(world, first).content["items"][0]["content"] == {"text": "@bob"}


def test_a_forwarded_upload_is_held_there_too_whoever_uploaded_it(world: World) -> None:
    world.attaching.owners[MEDIA] = "bob"
    first = send(world, "voice", SENT["voice"], BOB)
    forward(world, first, to=WITH_CAROL)
    assert world.attaching.held[-1] == (MEDIA, WITH_CAROL, 1)


def test_what_one_does_not_see_cannot_be_forwarded_or_merged(world: World) -> None:
    theirs = world.send(BOB, conversation_id=None, to="carol").entry
    rooms.make_group(world, members=("carol",))
    before = send(world, "text", {"text": "before"}, to=rooms.GROUP)
    rooms.join(world, "bob")
    for entry, actor in ((theirs, ALICE), (before, BOB)):
        with refused(ErrorCode.NOT_FOUND, field="content.seq"):
            forward(world, entry, actor, f"s_{actor.user_id}")
        with refused(ErrorCode.NOT_FOUND, field="content.items.0"):
            merge(world, entry, actor=actor, to=f"s_{actor.user_id}")


def test_what_is_gone_or_no_message_cannot_be_forwarded(world: World) -> None:
    gone, kept = world.send(ALICE).entry, world.send(ALICE).entry
    world.messaging.changing.recall(ALICE, CHAT, gone.seq)
    world.messaging.conversations.delete_message_for_me(ALICE, CHAT, kept.seq)
    for seq in (gone.seq, kept.seq, 3, 99):
        with refused(ErrorCode.NOT_FOUND, field="content.seq"):
            send(world, "forward", {"conversation_id": CHAT, "seq": seq}, to=NOTES)
    world.befriend(ALICE, BOB)
    with refused(ErrorCode.NOT_FOUND):
        send(world, "forward", {"conversation_id": "u_alice", "seq": 1}, to=NOTES)


def test_who_has_left_forwards_what_they_saw(world: World) -> None:
    rooms.make_group(world, members=("bob",))
    first = send(world, "text", {"text": "then"}, to=rooms.GROUP)
    rooms.leave(world, "bob")
    after = send(world, "text", {"text": "later"}, to=rooms.GROUP)
    assert forward(world, first, BOB, "s_bob").content == {"text": "then"}
    with refused(ErrorCode.NOT_FOUND):
        forward(world, after, BOB, "s_bob")


def test_the_end_of_a_message_does_not_change_what_was_forwarded(world: World) -> None:
    first = world.send(ALICE, "hello")
    forwarded = forward(world, first.entry)
    world.messaging.changing.recall(ALICE, CHAT, first.entry.seq)
    assert world.content_of(forwarded.seq, NOTES) == {"text": "hello"}


def test_a_recalled_forward_tells_no_more_from_whom_it_was(world: World) -> None:
    forwarded = forward(world, world.send(BOB).entry, to=WITH_CAROL)
    recalled = world.messaging.changing.recall(ALICE, WITH_CAROL, forwarded.seq).entry
    assert recalled.forwarded is None


def test_merged_messages_are_a_picture_in_the_order_asked_for(world: World) -> None:
    one, two = world.send(ALICE, "one").entry, world.send(BOB, "two").entry
    three = send(world, "location", SENT["location"], to=WITH_CAROL)
    merged = merge(world, three, two, one, two)
    items = merged.content["items"]
    assert [item["content"] for item in items] == [
        SENT["location"],
        {"text": "two"},
        {"text": "one"},
        {"text": "two"},
    ]
    assert items[1] == {
        "sender_id": "bob",
        "type": "text",
        "content": {"text": "two"},
        "sent_at": two.sent_at,
    }
    world.messaging.changing.edit(BOB, CHAT, two.seq, {"text": "2"})
    assert world.content_of(merged.seq, NOTES)["items"] == items


def test_a_hundred_messages_can_be_merged(world: World) -> None:
    entries = [world.send(ALICE, f"number {number}").entry for number in range(100)]
    assert len(merge(world, *entries).content["items"]) == 100


def test_what_would_be_too_large_together_is_refused(world: World) -> None:
    entries = [world.send(ALICE, "x" * 4000).entry for _ in range(5)]
    with refused(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=16 * 1024):
        merge(world, *entries)
    assert nothing_stored(world, NOTES)


def test_merged_messages_are_merged_again_to_some_depth(world: World) -> None:
    entry = world.send().entry
    for _ in range(MERGED_DEPTH_MAX):
        entry = merge(world, entry)
    with refused(ErrorCode.INVALID_REQUEST, field="content.items"):
        merge(world, entry)


def test_uploads_in_merged_messages_are_held_by_the_new_conversation(world: World) -> None:
    world.attaching.owners[MEDIA] = "alice"
    merge(world, merge(world, send(world, "voice", SENT["voice"])), to=WITH_CAROL)
    assert world.attaching.held[-1] == (MEDIA, WITH_CAROL, 1)


def test_a_quote_shows_the_name_or_the_title_of_what_is_no_text(world: World) -> None:
    send(world, "location", SENT["location"])
    world.attaching.owners[MEDIA] = "alice"
    send(world, "file", SENT["file"])
    send(world, "voice", SENT["voice"])
    quotes = [world.send(BOB, quote_seq=seq).entry.quote for seq in (1, 2, 3)]
    excerpts = [quote.excerpt for quote in quotes if quote]
    assert excerpts == ["Main station", "offer.pdf", None]


def test_a_message_that_is_refused_for_its_quote_holds_nothing(world: World) -> None:
    world.attaching.owners[MEDIA] = "alice"
    voice = send(world, "voice", SENT["voice"])
    held = list(world.attaching.held)
    place = {"conversation_id": CHAT, "seq": voice.seq}
    for type_, content in (("voice", SENT["voice"]), ("forward", place)):
        with refused(ErrorCode.INVALID_QUOTE):
            send(world, type_, content, quote_seq=99)
    assert world.attaching.held == held


def test_what_is_forwarded_is_not_edited(world: World) -> None:
    copy = forward(world, world.send(BOB, "I stay").entry, to=CHAT)
    with refused(ErrorCode.FORBIDDEN, reason="forwarded"):
        world.messaging.changing.edit(ALICE, CHAT, copy.seq, {"text": "I, Bob, resign"})


def test_only_texts_are_edited(world: World) -> None:
    place = send(world, "location", SENT["location"])
    with refused(ErrorCode.INVALID_REQUEST, field="seq", problem="is not a text"):
        world.messaging.changing.edit(ALICE, CHAT, place.seq, {"text": "there"})
