"""Packs of emoji: ids, order and places."""

import re

import pytest

from chirrup.domain.emoji import (
    EMOJI_ID,
    ORDER_MAX,
    PACK_ID,
    EmojiPack,
    PackEmoji,
    cursor_of,
    emoji_id,
    owner_of,
    pack_id,
    place_of,
)

PACK = pack_id("cats")


def test_the_same_client_id_names_the_same_pack_and_emoji() -> None:
    assert pack_id("cats") == PACK != pack_id("dogs")
    assert re.fullmatch(PACK_ID, PACK)
    one = emoji_id(PACK, "nod")
    assert one == emoji_id(PACK, "nod")
    assert len({one, emoji_id(PACK, "shake"), emoji_id(pack_id("dogs"), "nod")}) == 3
    assert re.fullmatch(EMOJI_ID, one)


def test_packs_stand_by_order_then_by_id() -> None:
    packs = [
        EmojiPack(owner="EMOJI", name=f"ep_{name}", title="", order=order)
        for name, order in (("B", 10), ("A", 10), ("Z", 9), ("C", 100))
    ]
    assert [pack.name[-1] for pack in sorted(packs, key=lambda one: one.place)] == list("ZABC")


def test_emoji_of_the_same_order_stand_as_they_were_made() -> None:
    emoji = [
        PackEmoji(
            owner=owner_of(PACK),
            name=f"em_{name}",
            title="",
            media="https://example.com/a.png",
            width=1,
            height=1,
            made_at=made_at,
            order=order,
        )
        for name, order, made_at in (("A", 1, 30), ("B", 1, 20), ("C", 0, 40), ("D", 1, 20))
    ]
    assert [one.name[-1] for one in sorted(emoji, key=lambda one: one.place)] == list("CBDA")


@pytest.mark.parametrize("order", [0, 7, ORDER_MAX])
def test_a_cursor_names_the_place_of_a_pack(order: int) -> None:
    pack = EmojiPack(owner="EMOJI", name=PACK, title="Cats", order=order)
    assert place_of(cursor_of(pack)) == pack.place


@pytest.mark.parametrize("text", ["", "7", f".{PACK}", f"-1.{PACK}", f"1.{PACK}0", f"1{PACK}", "٣"])
def test_any_other_text_names_no_place(text: str) -> None:
    assert place_of(text) is None
