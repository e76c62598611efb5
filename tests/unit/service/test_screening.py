"""Screening: every text that users write is looked through, and nothing else is."""

from typing import Any

import pytest

from chirrup.domain.announcements import ANNOUNCEMENTS_MAX
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.hits import Status
from chirrup.domain.words import Action, Word
from chirrup.ports import Identity
from chirrup.service.faces import NewFace
from chirrup.service.groups import NewGroup
from chirrup.service.senders import Draft
from tests.unit.club import DORA
from tests.unit.guarded import Guarded
from tests.unit.making import CHAT, refused
from tests.unit.world import ALICE, BOB, CAROL, World


@pytest.fixture
def world() -> Guarded:
    """Where some words are not wanted."""
    return Guarded()


def test_a_text_without_such_words_is_kept_as_it_is(world: Guarded) -> None:
    assert world.text_of(ALICE, "Scunthorpe, class of 1989!") == "Scunthorpe, class of 1989!"
    assert world.hits() == []


def test_a_word_to_be_rejected_stores_nothing_and_is_not_told(world: Guarded) -> None:
    world.send(ALICE, "hello")
    before = world.seqs()
    with pytest.raises(ChirrupError) as error:
        world.send(ALICE, "buy S.P.A.M now, darn")
    assert error.value.code is ErrorCode.SENSITIVE_WORD
    assert error.value.details == {"field": "content.text"}
    assert world.seqs() == before


def test_a_first_message_that_is_rejected_opens_no_conversation(world: Guarded) -> None:
    draft = Draft("m-1", "text", {"text": "spam"}, to="dora")
    with refused(ErrorCode.SENSITIVE_WORD):
        world.messaging.sending.send(ALICE, draft)
    assert world.tables.head("p_alice~dora") is None
    assert ("p_alice~dora", "alice") not in world.tables.members


def test_a_word_to_be_masked_is_kept_as_stars(world: Guarded) -> None:
    assert world.text_of(ALICE, "Darn! d-a-r-n it, 法輪 🙂 da\u200brn\u0301") == (
        "****! ******* it, ** 🙂 ******"
    )


def test_a_flagged_word_is_delivered_and_waits_for_review(world: Guarded) -> None:
    said = "your bank account, please"
    assert world.text_of(ALICE, said) == said
    (hit,) = world.moderation.hits.waiting(None, 10)[0]
    assert (hit.status, hit.action) == (Status.WAITING, Action.FLAG)


def test_of_several_words_the_strictest_counts(world: Guarded) -> None:
    said = "darn, my bank account"
    assert world.text_of(ALICE, said) == "****, my bank account"
    masked = world.hits()[0]
    assert (masked.action, masked.status) == (Action.MASK, Status.WAITING)
    with refused(ErrorCode.SENSITIVE_WORD):
        world.send(ALICE, "darn spam in my bank account")
    rejected = world.hits()[0]
    assert (rejected.action, rejected.status) == (Action.REJECT, Status.NONE)
    assert len(rejected.found) == 3


def test_words_that_overlap_are_masked_together() -> None:
    world = Guarded(Word("中国人", Action.MASK), Word("国人民", Action.MASK))
    assert world.text_of(ALICE, "我中国人民") == "我****"


def test_a_retry_of_a_masked_message_is_the_same_message(world: Guarded) -> None:
    draft = Draft("m-1", "text", {"text": "darn"}, CHAT)
    first = world.messaging.sending.send(ALICE, draft)
    again = world.messaging.sending.send(ALICE, draft)
    assert (again.duplicate, again.entry) == (True, first.entry)
    assert first.entry.content == {"text": "****"}
    assert len(world.hits()) == 1
    other = Draft("m-1", "text", {"text": "****"}, CHAT)
    with refused(ErrorCode.IDEMPOTENCY_CONFLICT):
        world.messaging.sending.send(ALICE, other)


def test_a_message_that_was_stored_is_not_looked_through_again(world: Guarded) -> None:
    draft = Draft("m-1", "text", {"text": "buy my goods"}, CHAT)
    world.messaging.sending.send(ALICE, draft)
    world.watch_for(Word("goods", Action.REJECT))
    assert world.messaging.sending.send(ALICE, draft).duplicate


def test_who_may_not_write_learns_nothing_of_words(world: Guarded) -> None:
    world.block("bob", "alice")
    with refused(ErrorCode.BLOCKED_BY_PEER):
        world.send(ALICE, "spam", conversation_id="p_alice~bob")
    assert world.hits() == []


TEXTS: list[tuple[str, dict[str, Any], str]] = [
    ("file", {"media": "m", "name": "spam.pdf", "size": 1, "mime": "application/pdf"}, "name"),
    ("file", {"media": "m", "name": "a.pdf", "caption": "spam"}, "caption"),
    ("image", {"media": "m", "caption": "spam"}, "caption"),
    ("video", {"media": "m", "caption": "spam"}, "caption"),
    ("location", {"latitude": 0, "longitude": 0, "title": "spam"}, "title"),
    ("location", {"latitude": 0, "longitude": 0, "address": "spam"}, "address"),
]


@pytest.mark.parametrize(("type_", "content", "field"), TEXTS)
def test_texts_of_every_type_are_looked_through(
    world: Guarded, type_: str, content: dict[str, Any], field: str
) -> None:
    draft = Draft("m-1", type_, content, CHAT)
    with pytest.raises(ChirrupError) as error:
        world.messaging.sending.send(ALICE, draft)
    assert error.value.details == {"field": f"content.{field}"}


def test_what_is_no_text_is_not_looked_through(world: Guarded) -> None:
    content = {"custom_type": "spam", "data": {"x": "spam"}}
    assert world.send(ALICE, type="custom", content=content).entry.content == content


def test_an_edit_is_looked_through_and_what_it_would_change_stays(world: Guarded) -> None:
    sent = world.send(ALICE, "hello").entry
    edit = world.messaging.changing.edit
    with refused(ErrorCode.SENSITIVE_WORD):
        edit(ALICE, CHAT, sent.seq, {"text": "spam"})
    assert world.content_of(sent.seq) == {"text": "hello"}
    edit(ALICE, CHAT, sent.seq, {"text": "darn it"})
    assert world.content_of(sent.seq) == {"text": "**** it"}
    assert [(hit.occasion.what, hit.occasion.seq) for hit in world.hits()] == [
        ("edit", sent.seq)
    ] * 2


def test_a_group_is_made_and_changed_without_such_words(world: Guarded) -> None:
    new = NewGroup(client_id="g", name="spam club")
    with refused(ErrorCode.SENSITIVE_WORD):
        world.groups.groups.create(DORA, new)
    assert len(world.tables.heads) == 1
    made = world.make(client_id="h", name="darn", description="the darn club")
    assert (made.state.name, made.profile.description) == ("****", "the **** club")
    again = world.make(client_id="h", name="darn", description="the darn club")
    assert again.head.conversation_id == made.head.conversation_id
    with refused(ErrorCode.SENSITIVE_WORD):
        world.change(name="spam")
    with refused(ErrorCode.SENSITIVE_WORD):
        world.change(description="spam")
    world.change(name="darn", description="darn", slow_s=5)
    assert (world.state.name, world.profile.description, world.state.slow_s) == ("****", "****", 5)
    world.change(description=None)
    assert world.profile.description is None


def test_a_name_in_a_group_is_looked_through(world: Guarded) -> None:
    rename = world.groups.membership.rename
    with refused(ErrorCode.SENSITIVE_WORD):
        rename(BOB, world.id, "s p a m")
    rename(BOB, world.id, "Darn Bob")
    assert world.member("bob").nickname == "**** Bob"
    rename(BOB, world.id, None)
    assert world.member("bob").nickname is None


def test_announcements_are_looked_through(world: Guarded) -> None:
    board = world.rooms.announcements
    with refused(ErrorCode.SENSITIVE_WORD):
        board.announce(ALICE, world.id, "spam", top=True)
    made = board.announce(ALICE, world.id, "darn", top=False)
    again = board.announce(ALICE, world.id, "darn", top=False)
    assert (made.announcement.text, again.announcement.text) == ("****", "****")
    assert again.announcement.name == made.announcement.name
    id_ = made.announcement.name
    with refused(ErrorCode.SENSITIVE_WORD):
        board.change(ALICE, world.id, id_, text="spam")
    assert board.change(ALICE, world.id, id_, text="dear, darn").announcement.text == "dear, ****"
    assert len(board.list(BOB, world.id, None, ANNOUNCEMENTS_MAX)[0]) == 1


def test_ones_own_name_is_looked_through_when_it_is_changed(world: Guarded) -> None:
    alice = Identity("alice", 0)
    with refused(ErrorCode.SENSITIVE_WORD):
        world.user_service.change(alice, {"name": "Spam"})
    assert world.user_service.change(alice, {"name": "darn", "listed": False}).name == "****"
    assert world.user_service.change(alice, {"picture": None}).name == "****"


def test_where_there_are_no_words_a_message_costs_one_look_in_thirty_seconds() -> None:
    world = World()
    looks: list[str] = []

    def count(step: str) -> None:
        looks.append(step)

    world.tables.hook = count
    for _ in range(31):
        world.send(ALICE)
    assert looks.count("before get record") == 2
    assert looks.count("before get object") == 0


def test_a_group_message_is_looked_through(world: Guarded) -> None:
    with refused(ErrorCode.SENSITIVE_WORD):
        world.send(CAROL, "spam", conversation_id=world.id)
    occasion = world.hits()[0].occasion
    assert (occasion.conversation_id, occasion.user_id) == (world.id, "carol")
    assert occasion.seq == world.head.last_seq + 1


FILE = {
    "media": "https://example.com/a.pdf",
    "name": "darn.pdf",
    "size": 1,
    "mime": "application/pdf",
    "caption": "darn",
}


def test_names_and_captions_of_files_are_looked_through(world: Guarded) -> None:
    kept = world.send(ALICE, type="file", content=FILE).entry.content
    assert (kept["name"], kept["caption"]) == ("****.pdf", "****")
    for name in ("name", "caption"):
        with refused(ErrorCode.SENSITIVE_WORD, field=f"content.{name}"):
            world.send(ALICE, type="file", content={**FILE, name: "spam"})


def test_what_is_refused_is_not_attached(world: Guarded) -> None:
    media = "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
    world.attaching.owners[media] = "alice"
    with refused(ErrorCode.SENSITIVE_WORD):
        world.send(ALICE, type="file", content={**FILE, "media": media, "name": "spam"})
    assert world.attaching.held == []


def test_a_name_on_a_card_is_looked_through_when_it_is_sent(world: Guarded) -> None:
    world.users.change("bob", {"name": "Darn Bob"})
    card = {"kind": "user", "target_id": "bob"}
    assert world.send(ALICE, type="card", content=card).entry.content["name"] == "**** Bob"
    world.users.change("bob", {"name": "Spam"})
    with refused(ErrorCode.SENSITIVE_WORD, field="content.name"):
        world.send(ALICE, type="card", content=card)


def test_a_reaction_holds_no_such_word(world: Guarded) -> None:
    seq = world.send(ALICE, "hello").entry.seq
    for reaction in ("spam", "darn"):
        with refused(ErrorCode.SENSITIVE_WORD, field="reaction"):
            world.messaging.changing.react(BOB, CHAT, seq, reaction, add=True)
    assert world.messaging.changing.react(BOB, CHAT, seq, "👍", add=True).entry.reactions


def test_names_of_faces_are_looked_through(world: Guarded) -> None:
    faces = world.emoji.faces
    assert faces.add(ALICE, NewFace("https://example.com/1.png", 9, 9, "darn")).name == "****"
    with refused(ErrorCode.SENSITIVE_WORD):
        faces.add(ALICE, NewFace("https://example.com/2.png", 9, 9, "spam"))


def test_what_is_forwarded_is_looked_through_by_the_list_of_now(world: Guarded) -> None:
    first = world.send(ALICE, "a nice word").entry
    world.watch_for(Word("nice", Action.MASK))
    forward = {"conversation_id": CHAT, "seq": first.seq}
    sent = world.send(BOB, type="forward", content=forward, client_id="c-1")
    assert sent.entry.content == {"text": "a **** word"}
    again = world.send(BOB, type="forward", content=forward, client_id="c-1", attempt=2)
    assert again.duplicate
    assert again.entry == sent.entry
