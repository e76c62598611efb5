"""The content of every type: a valid one, and every violation that the behaviour's table names."""

from typing import Any, get_args

import pytest

from chirrup.contracts.content import KeptType, MessageType, checked_content
from chirrup.contracts.examples.contents import EXAMPLES, SENT, SHOWN
from chirrup.contracts.rich_content import SHOWN as SHOWN_MODELS
from chirrup.domain.contents import MEDIA_BYTES_MAX
from chirrup.domain.errors import ErrorCode
from tests.unit.making import refused

MEDIA = "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
MB = 1024 * 1024
URLS = [
    "javascript:alert(1)",
    "data:image/png;base64,AA==",
    "file:///etc/passwd",
    "vbscript:x",
    "http://example.com/a.png",
    "//example.com/a.png",
    "https://",
    "https:///a.png",
    "https://exam ple.com/",
    "https://example.com/\n",
    "HTTPS://example.com/a.png",
    "https://example.com/" + "x" * 2029,
    "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0",
    "m_" + "I" * 26,
    "",
    None,
    7,
    {"id": MEDIA},
]
GOOD_MEDIA = [MEDIA, "https://example.com/a.png", "https://example.com/" + "x" * 2028]
NOT_TEXT: list[Any] = [None, 7, [], {}, "\ud800"]
BLANK = ["", " ", "\n\t"]


def _texts(longest: int) -> list[Any]:
    return [*NOT_TEXT, *BLANK, "x" * (longest + 1)]


def _numbers(least: int, most: int) -> list[Any]:
    return [least - 1, most + 1, None, "1", 1.5, True]


PIXELS = _numbers(1, 65_535)
# By type and field, as the table of the behaviour has them: what is good, and what is not.
GOOD: dict[tuple[str, str], list[Any]] = {
    **{(type_, "media"): GOOD_MEDIA for type_ in ("image", "voice", "video", "file")},
    **{(type_, "size"): [1, most] for type_, most in MEDIA_BYTES_MAX.items()},
    ("image", "thumbnail"): [*GOOD_MEDIA, None],
    ("image", "width"): [1, 65_535],
    ("image", "caption"): ["x" * 1024, None],
    ("voice", "duration_ms"): [1, 60_000],
    ("voice", "waveform"): [[0], [255] * 256, None],
    ("video", "cover"): [*GOOD_MEDIA, None],
    ("video", "duration_ms"): [1, 24 * 3_600_000],
    ("file", "name"): ["a", "x" * 255, "übersicht 2026.tar.gz", ".profile", "报告.pdf"],
    ("file", "mime"): ["text/plain", "application/vnd.oasis.opendocument.text", "image/svg+xml"],
    ("location", "latitude"): [-90, 90, 0, 47.5],
    ("location", "longitude"): [-180, 180, 0, -0.5],
    ("location", "title"): ["x", "x" * 128],
    ("location", "address"): ["x" * 255, None],
    ("card", "target_id"): ["bob", "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", "c_news"],
    ("card", "kind"): ["user", "group", "channel"],
    ("merged", "title"): ["x" * 128],
    ("merged", "items"): [[{"conversation_id": "p_alice~bob", "seq": 1}] * 100],
    ("forward", "seq"): [1, 2**53 - 1],
}
BAD: dict[tuple[str, str], list[Any]] = {
    **{(type_, "media"): URLS for type_ in ("image", "voice", "video", "file")},
    ("image", "size"): _numbers(1, 20 * MB),
    ("voice", "size"): _numbers(1, 10 * MB),
    ("video", "size"): _numbers(1, 300 * MB),
    ("file", "size"): _numbers(1, 100 * MB),
    ("image", "thumbnail"): [url for url in URLS if url is not None],
    ("image", "width"): PIXELS,
    ("image", "height"): PIXELS,
    ("image", "caption"): [bad for bad in _texts(1024) if bad is not None],
    ("voice", "duration_ms"): _numbers(1, 60_000),
    ("voice", "waveform"): [[], [256], [-1], [0] * 257, "loud", [1.5]],
    ("video", "cover"): [url for url in URLS if url is not None],
    ("video", "duration_ms"): _numbers(1, 24 * 3_600_000),
    ("video", "width"): PIXELS,
    ("video", "height"): PIXELS,
    ("file", "name"): [*_texts(255), "a/b", "..\\b", "..", ". .", "a\x00b", "a\nb"],
    ("file", "mime"): [*NOT_TEXT, "", "pdf", "Text/Plain", "a/b/c", "text/plain; charset=utf-8"],
    ("location", "latitude"): [-90.01, 90.01, float("nan"), float("inf"), "47", None],
    ("location", "longitude"): [-180.01, 180.01, float("nan"), "8", None],
    ("location", "title"): _texts(128),
    ("location", "address"): [bad for bad in _texts(255) if bad is not None],
    ("card", "kind"): ["person", "", None, 1],
    ("card", "target_id"): ["", None, 1, "x" * 141],
    ("emoji", "pack_id"): ["", "a b", "x" * 65, 1, "../x"],
    ("emoji", "emoji_id"): ["", "a b", "x" * 65, 1],
    ("emoji", "face_id"): ["", "a b", "x" * 65, 1],
    ("merged", "title"): _texts(128),
    ("merged", "items"): [
        [],
        [{"conversation_id": "p_alice~bob", "seq": 1}] * 101,
        [{"conversation_id": "p_alice~bob"}],
        [{"conversation_id": "p_alice~bob", "seq": 0}],
        [{"conversation_id": "p_alice~bob", "seq": 1, "content": {"text": "made up"}}],
        None,
        {},
    ],
    ("material", "material_id"): ["", "a b", "x" * 65, None, 1],
    ("forward", "conversation_id"): [None, "", 1, "x" * 141],
    ("forward", "seq"): _numbers(1, 2**53 - 1),
}
OPTIONAL = {
    ("image", "thumbnail"),
    ("image", "caption"),
    ("voice", "waveform"),
    ("video", "cover"),
    ("location", "address"),
}


def _cases(table: dict[tuple[str, str], list[Any]]) -> list[Any]:
    return [
        pytest.param(type_, name, value, id=f"{type_}.{name}-{number}")
        for (type_, name), values in table.items()
        for number, value in enumerate(values)
    ]


def test_every_type_has_a_sample() -> None:
    assert {*SENT, "text", "custom"} == set(get_args(MessageType))
    assert SHOWN.keys() | {"text", "custom"} == set(get_args(KeptType))
    named = {type_ for type_, _ in BAD}
    assert named | {"text", "custom"} == set(get_args(MessageType))


@pytest.mark.parametrize("type_", SENT)
def test_a_valid_content_is_kept_as_it_was_sent(type_: str) -> None:
    assert checked_content(type_, SENT[type_]) == SENT[type_]


@pytest.mark.parametrize("type_", SENT)
def test_a_content_without_what_is_required_is_refused(type_: str) -> None:
    for name in SENT[type_]:
        if (type_, name) in OPTIONAL:
            continue
        lacking = {key: value for key, value in SENT[type_].items() if key != name}
        with refused(ErrorCode.INVALID_REQUEST):
            checked_content(type_, lacking)


@pytest.mark.parametrize("type_", SENT)
def test_a_field_that_is_not_known_is_refused(type_: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field="content.html", problem="is not known"):
        checked_content(type_, {**SENT[type_], "html": "<b>"})


@pytest.mark.parametrize(("type_", "name", "value"), _cases(GOOD))
def test_a_value_within_the_limits_is_taken(type_: str, name: str, value: Any) -> None:
    kept = checked_content(type_, {**SENT[type_], name: value})
    assert kept.get(name) == value


@pytest.mark.parametrize(("type_", "name", "value"), _cases(BAD))
def test_a_value_beyond_the_limits_is_refused_by_its_name(
    type_: str, name: str, value: Any
) -> None:
    with refused(ErrorCode.INVALID_REQUEST) as _:
        checked_content(type_, {**SENT[type_], name: value})


def test_an_emoji_is_of_a_pack_or_ones_own() -> None:
    for good in ({"face_id": "f1"}, {"pack_id": "p", "emoji_id": "e"}):
        assert checked_content("emoji", good) == good
    for bad in (
        {},
        {"pack_id": "p"},
        {"emoji_id": "e"},
        {"face_id": "f", "pack_id": "p"},
        {"face_id": "f", "pack_id": "p", "emoji_id": "e"},
    ):
        with refused(ErrorCode.INVALID_REQUEST):
            checked_content("emoji", bad)


def test_names_and_titles_are_kept_in_normal_form_c() -> None:
    decomposed = "e\u0301"
    for type_, name in (("file", "name"), ("location", "title"), ("image", "caption")):
        assert checked_content(type_, {**SENT[type_], name: decomposed})[name] == "\u00e9"


def test_what_is_shown_has_a_shape_of_its_own_where_the_server_fills_it_in() -> None:
    assert SHOWN_MODELS.keys() == {"card", "emoji", "merged"}
    for type_, model in SHOWN_MODELS.items():
        model.model_validate(SHOWN[type_])
        assert model in EXAMPLES
