"""From the domain to the wire."""

from chirrup.contracts.views import message_view
from chirrup.domain.events import MessageCreated
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.domain.messages import Quote, recall
from chirrup.push.telling import encode_event
from tests.fakes.clock import NOON
from tests.unit.making import CHAT, change, message


def test_a_plain_message_holds_no_more_than_it_must() -> None:
    assert message_view(message(1)).model_dump(exclude_none=True) == {
        "conversation_id": CHAT,
        "seq": 1,
        "client_id": "c1",
        "sender_id": "alice",
        "type": "text",
        "content": {"text": "text 1"},
        "sent_at": NOON,
    }


def test_what_was_done_to_a_message_shows() -> None:
    entry = message(
        2,
        quote=Quote(1, "bob", "text", "x"),
        edits=2,
        edited_at=NOON + 5,
        reactions={"👍": ("bob", "alice")},
    )
    view = message_view(entry).model_dump(exclude_none=True)
    assert view["quote"] == {"seq": 1, "sender_id": "bob", "type": "text", "excerpt": "x"}
    assert (view["version"], view["edited_at"]) == (2, NOON + 5)
    assert view["reactions"] == [{"reaction": "👍", "count": 2, "user_ids": ["bob", "alice"]}]


def test_of_a_recalled_message_its_tombstone_shows() -> None:
    view = message_view(recall(message(1), "alice", NOON + 5)).model_dump(exclude_none=True)
    assert view["content"] == {}
    assert view["recalled"] == {"by": "alice", "at": NOON + 5}


def test_a_change_brings_the_message_that_it_changed() -> None:
    view = message_view(change(2, 1), message(1)).model_dump(exclude_none=True)
    assert view["changed"] == message_view(message(1)).model_dump(exclude_none=True)
    assert view["content"] == {"seq": 1}


def test_what_is_kept_for_administrators_is_never_sent() -> None:
    entry = change(2, 1, previous={"text": "secret"}, digest="secret", revision=7, count=1)
    text = message_view(entry, message(1, previous={"text": "secret"})).model_dump_json()
    assert "secret" not in text
    assert not {"digest", "revision", "previous"} & message_view(entry).model_dump().keys()


def test_of_many_reactions_all_are_counted_and_the_first_are_named() -> None:
    reactions = {kind: tuple(f"{kind}-{at}" for at in range(60)) for kind in ("a", "b", "c")}
    view = message_view(message(reactions=reactions)).model_dump()["reactions"]
    assert [one["count"] for one in view] == [60, 60, 60]
    assert [len(one["user_ids"]) for one in view] == [33, 33, 33]
    assert view[0]["user_ids"][:2] == ["a-0", "a-1"]


def test_the_largest_message_fits_a_frame_whatever_is_said_of_it() -> None:
    long = "u" * 64
    reactions = {f"{kind:016d}": tuple(f"{at:064d}" for at in range(50)) for kind in range(20)}
    entry = message(
        content={"text": "x" * (16 * 1024 - 12)},
        sender_id=long,
        client_id=long,
        quote=Quote(2**52, long, "custom", "\x01" * 200),
        reactions=reactions,
        edits=10**6,
        edited_at=2**50,
    )
    assert len(encode_event(MessageCreated(entry))) <= FRAME_BYTES_MAX
