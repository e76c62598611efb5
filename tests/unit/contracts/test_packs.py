"""What the administration asks for: shapes of requests about packs."""

from typing import Any

import pytest

from chirrup.contracts.base import Received, decode
from chirrup.contracts.packs import EmojiChanges, NewEmoji, NewPack, PackChanges, PackQuery
from chirrup.domain.errors import ErrorCode
from tests.unit.making import refused

PACK: dict[str, Any] = {"client_id": "c", "name": "Cats"}
EMOJI: dict[str, Any] = {**PACK, "media": "m_" + "0" * 26, "width": 1024, "height": 1}


def test_a_pack_is_not_shown_before_it_is_enabled() -> None:
    pack = decode(NewPack, PACK)
    assert (pack.enabled, pack.order, pack.icon) == (False, 0, None)


def test_only_what_is_named_is_to_be_changed() -> None:
    changes = decode(PackChanges, {"icon": None, "order": 5})
    assert changes.model_dump(exclude_unset=True) == {"icon": None, "order": 5}
    assert decode(EmojiChanges, {"width": 5}).model_dump(exclude_unset=True) == {"width": 5}


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (NewPack, "name", ""),
        (NewPack, "name", "x" * 65),
        (NewPack, "name", "\t"),
        (NewPack, "icon", "data:image/png;base64,"),
        (NewPack, "order", -1),
        (NewPack, "order", 1_000_001),
        (NewPack, "enabled", 1),
        (NewPack, "size", 3),
        (NewEmoji, "media", "http://example.com/a.png"),
        (NewEmoji, "media", "m_" + "0" * 25),
        (NewEmoji, "width", 1025),
        (NewEmoji, "height", 0),
        (NewEmoji, "client_id", "a b"),
    ],
)
def test_packs_and_emoji_are_within_limits(model: type[Received], field: str, value: Any) -> None:
    given = PACK if model is NewPack else EMOJI
    decode(model, given)
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        decode(model, {**given, field: value})


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (PackChanges, "name", None),
        (PackChanges, "icon", ""),
        (EmojiChanges, "media", ""),
        (EmojiChanges, "media", None),
        (EmojiChanges, "width", None),
        (PackQuery, "limit", 101),
    ],
)
def test_a_change_is_within_the_same_limits(model: type[Received], field: str, value: Any) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        decode(model, {field: value})
