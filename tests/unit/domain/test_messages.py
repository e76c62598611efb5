"""What may be done to a message after it was sent, by whom, and until when."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.errors import ErrorCode
from chirrup.domain.messages import (
    EDIT_WINDOW_MS,
    REACTION_KINDS_MAX,
    REACTIONS_MAX,
    RECALL_WINDOW_MS,
    Entry,
    Quote,
    Recalled,
    depth_of,
    edit,
    encode_json,
    excerpt,
    is_countable,
    mentions_all,
    payload_digest,
    react,
    recall,
)
from tests.fakes.clock import NOON
from tests.unit.making import change, message, refused, text

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    # Half a surrogate pair is no text that can be sent.
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=4)
    ),
    max_leaves=20,
)


def recalled(entry: Entry) -> Entry:
    return replace(entry, recalled=Recalled("alice", NOON))


def test_a_message_can_be_recalled_within_five_minutes_to_the_millisecond() -> None:
    assert recall(message(), "alice", NOON + RECALL_WINDOW_MS).recalled
    with refused(ErrorCode.RECALL_EXPIRED):
        recall(message(), "alice", NOON + RECALL_WINDOW_MS + 1)
    assert RECALL_WINDOW_MS == 5 * 60 * 1000


def test_nothing_of_a_recalled_message_is_left_but_who_when_and_where() -> None:
    sent = message(
        3, quote=Quote(1, "bob", "text", "secret"), reactions={"👍": ("bob",)}, revision=4
    )
    gone = recall(sent, "alice", NOON + 5)
    assert gone == replace(
        sent,
        content={},
        quote=None,
        reactions={},
        recalled=Recalled("alice", NOON + 5),
        revision=5,
    )


def test_recalling_twice_is_refused_even_long_after() -> None:
    once = recall(message(), "alice", NOON)
    with refused(ErrorCode.ALREADY_RECALLED):
        recall(once, "alice", NOON + EDIT_WINDOW_MS)


def test_others_messages_can_be_neither_recalled_nor_edited() -> None:
    with refused(ErrorCode.FORBIDDEN):
        recall(message(), "bob", NOON)
    with refused(ErrorCode.FORBIDDEN):
        edit(message(), "bob", text("mine now"), NOON)
    # Nor does one learn of others' messages that they were recalled by trying.
    with refused(ErrorCode.FORBIDDEN):
        recall(recalled(message()), "bob", NOON)


def test_a_text_can_be_edited_within_a_day_to_the_millisecond() -> None:
    edited = edit(message(), "alice", text("new"), NOON + EDIT_WINDOW_MS)
    assert edited.content == text("new")
    assert (edited.edits, edited.edited_at) == (1, NOON + EDIT_WINDOW_MS)
    with refused(ErrorCode.EDIT_EXPIRED):
        edit(message(), "alice", text("new"), NOON + EDIT_WINDOW_MS + 1)
    assert EDIT_WINDOW_MS == 24 * 60 * 60 * 1000


def test_an_edit_counts_and_keeps_when_and_with_what_digest_it_was_sent() -> None:
    sent = message(digest="d", reactions={"👍": ("bob",)}, quote=Quote(1, "bob", "text", "x"))
    twice = edit(edit(sent, "alice", text("b"), NOON + 1), "alice", text("c"), NOON + 2)
    assert (twice.edits, twice.edited_at, twice.revision) == (2, NOON + 2, 2)
    same = ("seq", "sent_at", "count", "digest", "reactions", "quote", "client_id")
    assert [getattr(twice, name) for name in same] == [getattr(sent, name) for name in same]


def test_only_texts_that_are_still_there_can_be_edited() -> None:
    custom = message(type="custom", content={"custom_type": "x", "data": {}})
    with refused(ErrorCode.INVALID_REQUEST, field="seq"):
        edit(custom, "alice", text(), NOON)
    with refused(ErrorCode.ALREADY_RECALLED):
        edit(recalled(message()), "alice", text(), NOON)


def test_changes_and_notices_cannot_be_changed_themselves() -> None:
    notice = message(type="system.friend_added")
    for entry in (change(2, 1), notice):
        with refused(ErrorCode.NOT_FOUND):
            recall(entry, "alice", NOON)
        with refused(ErrorCode.NOT_FOUND):
            edit(entry, "alice", text(), NOON)
        with refused(ErrorCode.NOT_FOUND):
            react(entry, "alice", "👍", add=True)


def test_users_react_once_with_each_kind_and_stand_in_their_order() -> None:
    entry = message()
    for user in ("bob", "alice", "bob"):
        entry = react(entry, user, "👍", add=True)
    entry = react(entry, "bob", "🎉", add=True)
    assert entry.reactions == {"👍": ("bob", "alice"), "🎉": ("bob",)}
    assert entry.revision == 3


def test_reacting_twice_changes_nothing_and_says_so() -> None:
    once = react(message(), "bob", "👍", add=True)
    assert react(once, "bob", "👍", add=True) is once
    assert react(once, "alice", "👍", add=False) is once
    assert react(once, "bob", "🎉", add=False) is once


def test_a_reaction_that_nobody_has_left_is_gone() -> None:
    both = react(react(message(), "bob", "👍", add=True), "alice", "👍", add=True)
    left = react(both, "bob", "👍", add=False)
    assert left.reactions == {"👍": ("alice",)}
    assert react(left, "alice", "👍", add=False).reactions == {}


def test_a_message_takes_twenty_kinds_of_reactions() -> None:
    entry = message()
    for kind in range(REACTION_KINDS_MAX):
        entry = react(entry, "bob", f"r{kind}", add=True)
    with refused(ErrorCode.CONFLICT, limit=20):
        react(entry, "bob", "one more", add=True)
    # One that is there already may still be joined.
    assert react(entry, "alice", "r7", add=True).reactions["r7"] == ("bob", "alice")


def test_a_message_takes_a_thousand_reactions_of_all_kinds() -> None:
    users = tuple(f"user{number}" for number in range(REACTIONS_MAX // 2))
    full = message(reactions={"👍": users, "🎉": users})
    with refused(ErrorCode.CONFLICT, limit=REACTIONS_MAX):
        react(full, "alice", "👍", add=True)
    left = react(full, "user7", "🎉", add=False)
    assert react(left, "alice", "👍", add=True).reactions["👍"][-1] == "alice"


def test_a_recalled_message_takes_no_reactions() -> None:
    with refused(ErrorCode.ALREADY_RECALLED):
        react(recalled(message()), "bob", "👍", add=True)


def test_messages_count_and_changes_and_notices_do_not() -> None:
    assert message().countable
    assert recalled(message()).countable
    assert not change(2, 1).countable
    assert not message(type="system.friend_added").countable


def test_an_excerpt_is_the_beginning_of_a_text_and_of_nothing_else() -> None:
    assert excerpt("text", text("ü" * 300)) == "ü" * 200
    assert excerpt("text", text("short"), 3) == "sho"
    assert excerpt("text", {}) is None
    assert excerpt("custom", {"text": "no"}) is None


@given(ANY_JSON)
def test_the_digest_of_a_payload_depends_on_all_of_it_but_not_on_the_order_of_keys(
    data: Any,
) -> None:
    one = payload_digest("custom", {"a": data, "b": 1}, None)
    assert one == payload_digest("custom", {"b": 1, "a": data}, None)
    assert one != payload_digest("custom", {"a": data, "b": 2}, None)
    assert one != payload_digest("custom", {"a": data, "b": 1}, 1)
    assert one != payload_digest("text", {"a": data, "b": 1}, None)


@pytest.mark.parametrize(
    "value",
    ["\ud800", {"\udfff": 1}, [float("nan")], [float("inf")], {"a": -float("inf")}],
    ids=["half a pair", "half a pair as a key", "nan", "infinity", "minus infinity"],
)
def test_what_is_no_json_is_an_invalid_request(value: object) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="content"):
        encode_json(value)


def test_what_is_nested_beyond_the_encoder_is_an_invalid_request() -> None:
    value: object = 1
    for _ in range(200_000):
        value = [value]
    try:
        with refused(ErrorCode.INVALID_REQUEST, field="content"):
            encode_json(value)
    finally:
        while isinstance(value, list):  # Freed from outside in, not by recursion.
            (value,) = value


def test_json_is_measured_without_spaces_and_in_utf_8() -> None:
    assert encode_json({"text": "é 👍", "n": [1, 2.5, None]}) == (
        '{"text":"é 👍","n":[1,2.5,null]}'.encode()
    )


@given(ANY_JSON)
def test_the_depth_of_json_is_that_of_its_deepest_part(value: object) -> None:
    def depth(part: object) -> int:
        inner = list(part.values()) if isinstance(part, dict) else part
        return 1 + max(map(depth, inner), default=0) if isinstance(inner, list) else 0

    assert depth_of(value) == depth(value)


GOVERNING = message(type="system.group_changed", content={"user_ids": ["bob", "carol"]})


def test_messages_and_notices_count_and_what_the_server_changes_does_not() -> None:
    counting = {"text": True, "custom": True, "notice.mentioned": True}
    counting |= {"system.group_created": False, "system.recalled": False}
    for type_, counts in counting.items():
        assert is_countable(type_) is counts
        assert message(type=type_).countable is counts
    assert not change(2, 1).countable


def test_only_changes_of_a_group_govern() -> None:
    assert GOVERNING.governs
    for entry in (message(), change(2, 1), message(type="notice.mentioned")):
        assert not entry.governs


def test_an_entry_concerns_its_sender_or_whom_it_governs() -> None:
    assert message().concerns == ("alice",)
    assert change(2, 1).concerns == ()
    assert GOVERNING.concerns == ("bob", "carol")
    assert message(type="system.group_renamed", content={}).concerns == ()


@pytest.mark.parametrize(
    ("mentions", "named", "everybody"),
    [
        ([], (), 0),
        (["bob"], ("bob",), 0),
        (["bob", "alice", "carol", "bob"], ("bob", "carol"), 0),
        (["all"], (), 1),
        (["bob", "all"], (), 1),
    ],
)
def test_a_text_names_others_or_everybody(
    mentions: list[str], named: tuple[str, ...], everybody: int
) -> None:
    entry = message(content=text(mentions=mentions))
    assert entry.mentioned == named
    assert mentions_all(entry.type, entry.content) == everybody
    assert recall(entry, "alice", NOON).mentioned == ()


def test_only_texts_mention_everybody() -> None:
    assert mentions_all("custom", {"mentions": ["all"]}) == 0
    assert mentions_all("text", text()) == 0
    assert change(2, 1, content={"mentions": ["bob"]}).mentioned == ()


def test_in_charge_one_takes_back_others_messages_at_any_time() -> None:
    late = NOON + 100 * RECALL_WINDOW_MS
    taken = recall(message(), "carol", late, in_charge=True)
    assert taken.recalled == Recalled("carol", late)
    with refused(ErrorCode.ALREADY_RECALLED):
        recall(taken, "carol", late, in_charge=True)
    with refused(ErrorCode.NOT_FOUND):
        recall(GOVERNING, "carol", late, in_charge=True)
