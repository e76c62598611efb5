"""The content of texts and custom messages."""

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.contracts.content import MENTIONS_MAX, checked_content
from chirrup.contracts.views import message_view
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.messages import CUSTOM_DEPTH_MAX, TEXT_MAX
from tests.unit.making import message, refused


def text(words: Any, **more: Any) -> dict[str, Any]:
    return checked_content("text", {"text": words, **more})


def custom(data: Any, custom_type: Any = "poll") -> dict[str, Any]:
    return checked_content("custom", {"custom_type": custom_type, "data": data})


@pytest.mark.parametrize("words", ["h", " h ", "\U0001f600" * TEXT_MAX, "<b>&\x00\n", "a\u200db"])
def test_a_text_is_kept_as_it_was_sent(words: str) -> None:
    assert text(words) == {"text": words}


def test_a_text_is_kept_in_normal_form_c() -> None:
    assert text("Ame\u0301lie") == {"text": "Am\u00e9lie"}


def test_a_text_is_counted_in_the_form_in_which_it_is_kept() -> None:
    assert text("e\u0301" * TEXT_MAX) == {"text": "\u00e9" * TEXT_MAX}
    # Some characters are composed of more in form C: U+0958 becomes two.
    with refused(ErrorCode.INVALID_REQUEST, field="content.text"):
        text("\u0958" * (TEXT_MAX - 1))


@pytest.mark.parametrize(
    "words",
    ["", " ", "\n\t \u3000\u2003", "x" * (TEXT_MAX + 1), "\ud800", None, 5, True, ["x"], {"t": 1}],
)
def test_a_text_that_is_none_blank_or_too_long_is_refused(words: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="content.text", problem="is not valid"):
        text(words)


def test_a_text_may_name_members() -> None:
    assert text("hi", mentions=["bob", "all"])["mentions"] == ["bob", "all"]
    assert text("hi", mentions=[]) == {"text": "hi", "mentions": []}


def test_mentions_that_are_null_are_left_out() -> None:
    assert text("hi", mentions=None) == {"text": "hi"}


@pytest.mark.parametrize(
    ("mentions", "field"),
    [
        ("bob", "content.mentions"),
        ({"bob": 1}, "content.mentions"),
        (["bob", "b b"], "content.mentions.1"),
        (["bob\n"], "content.mentions.0"),
        ([1], "content.mentions.0"),
        ([None], "content.mentions.0"),
        (["u" * 65], "content.mentions.0"),
        (["bob"] * (MENTIONS_MAX + 1), "content.mentions"),
    ],
)
def test_bad_mentions_are_refused(mentions: Any, field: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        text("hi", mentions=mentions)


@pytest.mark.parametrize("type_", ["text", "custom"])
def test_what_is_missing_or_unknown_is_named(type_: str) -> None:
    wanted = {"text": "text", "custom": "custom_type"}[type_]
    with refused(ErrorCode.INVALID_REQUEST, field=f"content.{wanted}", problem="is required"):
        checked_content(type_, {})
    goods: dict[str, dict[str, Any]] = {
        "text": {"text": "x"},
        "custom": {"custom_type": "x", "data": {}},
    }
    with refused(ErrorCode.INVALID_REQUEST, field="content.html", problem="is not known"):
        checked_content(type_, {**goods[type_], "html": "<b>"})


def test_custom_data_is_kept_as_it_is() -> None:
    data = {"a": None, "b": [None, {"c": None}], "n": 10**40, "f": -0.5, "t": "\u0041\u0301"}
    assert custom(data) == {"custom_type": "poll", "data": data}
    assert json.dumps(custom(data)["data"]) == json.dumps(data)


@pytest.mark.parametrize("custom_type", ["", "x" * 65, None, 1, "\ud800"])
def test_a_custom_type_has_1_to_64_characters(custom_type: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="content.custom_type"):
        custom({}, custom_type)


@pytest.mark.parametrize("data", [None, [], "x", 1, [["a", 1]]])
def test_custom_data_is_an_object(data: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="content.data"):
        custom(data)


def test_custom_data_takes_8_kb_of_utf_8_and_no_more() -> None:
    room = 8 * 1024 - len('{"d":""}')
    assert custom({"d": "x" * room})
    assert custom({"d": "é" * (room // 2)})
    for words in ("x" * (room + 1), "é" * (room // 2 + 1), '"' * (room // 2 + 1)):
        with refused(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=8 * 1024):
            custom({"d": words})


@pytest.mark.parametrize(
    "data",
    [
        {"x": float("nan")},
        {"x": [float("inf")]},
        {"x": json.loads("1e999")},
        {"x": "\ud800"},
        {"x": {"\udc00": 1}},
        {"\ud800": 1},
    ],
)
def test_custom_data_that_is_no_json_is_refused(data: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="content.data", problem="is not valid"):
        custom(data)


def nested(depth: int, *, lists: bool) -> dict[str, Any]:
    value: Any = 1
    for _ in range(depth - 1):
        value = [value] if lists else {"a": value}
    return {"a": value}


@pytest.mark.parametrize("lists", [True, False])
def test_custom_data_may_be_nested_as_deep_as_it_can_be_sent_back(lists: bool) -> None:
    assert custom(nested(CUSTOM_DEPTH_MAX, lists=lists))
    for depth in (CUSTOM_DEPTH_MAX + 1, 300, 4_000):
        with refused(ErrorCode.INVALID_REQUEST, field="content.data"):
            custom(nested(depth, lists=lists))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["text", "mentions", "data", "custom_type"]), JSON))
def test_whatever_is_accepted_can_be_sent_back_as_it_is(content: dict[str, Any]) -> None:
    for type_ in ("text", "custom"):
        try:
            kept = checked_content(type_, content)
        except ChirrupError:
            continue
        sent = json.loads(message_view(message(type=type_, content=kept)).model_dump_json())
        assert sent["content"] == kept
        if type_ == "text":
            assert unicodedata.is_normalized("NFC", kept["text"])
            assert 1 <= len(kept["text"]) <= TEXT_MAX
