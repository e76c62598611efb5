"""What is sent fits the gateway, even at its worst: 128 KB a reply, 32 KB a push."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.contracts.content import checked_content
from chirrup.contracts.messages import HISTORY_MAX, HistoryQuery
from chirrup.contracts.sync import Sync
from chirrup.domain.conversations import Head, Member
from chirrup.domain.errors import ChirrupError
from chirrup.domain.events import ConversationUpdated, MessageCreated, MessageUpdated
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.domain.messages import (
    CONTENT_BYTES_MAX,
    EXCERPT_MAX,
    REACTION_KINDS_MAX,
    Entry,
    Quote,
    Recalled,
)
from chirrup.push.frames import frames_of
from chirrup.push.telling import told
from chirrup.service.actor import Actor
from chirrup.service.pages import Shown, weight_of_shown
from chirrup.transport import messaging
from chirrup.transport.http.conversations import SYNC_BYTES
from chirrup.transport.views import shown_view
from chirrup.transport.ws.actions import REPLY_BYTES
from chirrup.transport.ws.frames import answer
from tests.fakes.clock import NOON
from tests.unit.world import World

REPLY_BYTES_MAX = 128 * 1024
LAMBDA_BYTES_MAX = 6 * 1024 * 1024
ONE, OTHER = "a" * 64, "b" * 64
CHAT = f"p_{ONE}~{OTHER}"
ACTOR = Actor(OTHER, "x=")
SEQ = 2**53 - 2_000
# Six bytes of JSON for each; nothing costs more.
COSTLY = "\x01"
REACTIONS = {chr(1 + kind) * 16: (ONE, OTHER) for kind in range(REACTION_KINDS_MAX)}


def heaviest(seq: int, content: dict[str, Any] | None = None, **more: Any) -> Entry:
    """A message with all that a message can have, as heavy as it can be."""
    given: dict[str, Any] = {
        "conversation_id": CHAT,
        "seq": seq,
        "sender_id": ONE,
        "client_id": "c" * 64,
        "type": "custom",
        "content": content or {"text": "x" * (CONTENT_BYTES_MAX - 11)},
        "sent_at": 2**45,
        "count": seq,
        "quote": Quote(seq, ONE, "custom", COSTLY * EXCERPT_MAX),
        "edits": 10**6,
        "edited_at": 2**45,
        "reactions": REACTIONS,
    }
    return Entry(**(given | more))


CONTENTS: dict[str, dict[str, Any]] = {
    "the largest": {"text": "x" * (CONTENT_BYTES_MAX - 11)},
    "control characters": {"text": COSTLY * 2_700},
    "emoji": {"text": "\U0001f600" * 4_000},
    "quotes": {"text": '"' * 8_000},
    "the smallest": {"text": "x"},
    "custom": {"custom_type": COSTLY * 64, "data": {"a": list(range(1_500))}},
    "changes": {"seq": SEQ},
}


def full(world: World, content: dict[str, Any], conversations: int = 1) -> None:
    """Conversations of 200 of the heaviest messages, each below a change of it."""
    for number in range(conversations):
        id_ = CHAT if number == 0 else f"p_{OTHER}~{'c' * 61}{number:03}"
        entries: dict[int, Entry] = {}
        for seq in range(SEQ, SEQ + 400, 2):
            entries[seq] = heaviest(seq, content, conversation_id=id_)
            entries[seq + 1] = heaviest(
                seq + 1, {"seq": seq}, conversation_id=id_, changes=seq, type="system.recalled"
            )
        world.tables.entries[id_] = entries
        world.tables.heads[id_] = [Head(id_, SEQ + 399, SEQ + 399)]
        world.tables.members[id_, OTHER] = Member(id_, OTHER)
        world.tables.by_user.setdefault(OTHER, []).append(id_)


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_reply_of_the_heaviest_messages_fits(content: dict[str, Any]) -> None:
    world = World()
    full(world, content, conversations=3)
    history: dict[str, Any] = {"conversation_id": CHAT, "limit": 200}
    for action, data in (
        ("history", history),
        ("history", history | {"after_seq": SEQ}),
        ("history", history | {"before_seq": SEQ + 9}),
        ("sync", {}),
    ):
        body = json.dumps({"action": action, "id": "ü" * 64, "data": data})
        reply = answer(world.messaging, ACTOR, body)
        assert json.loads(reply)["type"] == "ack", reply[:300]
        assert len(reply.encode()) <= REPLY_BYTES_MAX


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_an_http_answer_of_the_heaviest_messages_fits(content: dict[str, Any]) -> None:
    world = World()
    full(world, content, conversations=10)
    query = HistoryQuery(limit=200)
    page = messaging.history(world.messaging, ACTOR, CHAT, query, SYNC_BYTES)
    assert len(page.model_dump_json(exclude_none=True).encode()) <= LAMBDA_BYTES_MAX
    synced = messaging.sync(world.messaging, ACTOR, Sync(), SYNC_BYTES)
    assert len(synced.model_dump_json(exclude_none=True).encode()) <= LAMBDA_BYTES_MAX


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_push_of_the_heaviest_message_fits_one_frame(content: dict[str, Any]) -> None:
    entry = heaviest(SEQ, content)
    for event in (MessageCreated(entry), MessageUpdated(SEQ, entry)):
        (frame,) = frames_of([told(event).shown(muted=True)])
        assert len(frame) <= FRAME_BYTES_MAX


def test_a_push_of_the_heaviest_draft_fits_one_frame() -> None:
    event = ConversationUpdated(CHAT, {"draft": COSTLY * 4_096, "muted": True})
    (frame,) = frames_of([told(event).text])
    assert len(frame) <= FRAME_BYTES_MAX


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(
    data=st.dictionaries(st.text(), JSON, max_size=5),
    reactions=st.dictionaries(
        st.text(min_size=1).filter(lambda text: len(text.encode()) <= 16),
        st.sampled_from([(ONE,), (ONE, OTHER)]),
        max_size=20,
    ),
    quoted=st.none() | st.text(max_size=EXCERPT_MAX),
    recalled=st.booleans(),
    changed=st.booleans(),
)
def test_a_message_is_never_heavier_on_the_wire_than_it_was_weighed(
    data: dict[str, Any],
    reactions: dict[str, tuple[str, ...]],
    quoted: str | None,
    recalled: bool,
    changed: bool,
) -> None:
    try:
        content = checked_content("custom", {"custom_type": "x", "data": data})
    except ChirrupError:
        return
    entry = heaviest(
        SEQ,
        content,
        reactions=reactions,
        quote=Quote(SEQ, ONE, "custom", quoted),
        recalled=Recalled(ONE, NOON) if recalled else None,
    )
    shown = Shown(entry, changed=entry if changed else None)
    view = shown_view(shown).model_dump_json(exclude_none=True)
    assert len(view.encode()) <= weight_of_shown(shown)


def test_what_stands_beside_the_content_is_weighed_at_its_longest() -> None:
    entry = heaviest(SEQ, {"text": "x"}, reactions={}, recalled=Recalled(ONE, 2**45))
    entry = Entry(**{**_fields(entry), "quote": Quote(SEQ, ONE, "system.recalled", None)})
    view = shown_view(Shown(entry)).model_dump_json(exclude_none=True)
    assert len(view.encode()) <= weight_of_shown(Shown(entry))


def test_a_page_of_the_most_lines_that_people_write_fits_one_reply() -> None:
    one, other = "5f0c6b1e-8a39-4d1f-9c6e-2f7f4f1c0a01", "c2b7d9a4-1e55-4b0a-8f0d-6f1e9a7b3c02"
    line = Entry(f"p_{one}~{other}", SEQ, one, "c" * 26, "text", {"text": "x" * 80}, NOON, SEQ)
    assert HISTORY_MAX * weight_of_shown(Shown(line)) <= REPLY_BYTES


def _fields(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Entry.__slots__}
