"""Cards: filled in by the server, of what the sender may recommend."""

import pytest

from chirrup.domain.errors import ErrorCode
from tests.unit import rooms
from tests.unit.making import refused
from tests.unit.world import ALICE, CAROL, World


@pytest.fixture
def world() -> World:
    return World()


def card(world: World, kind: str, target_id: str) -> object:
    sent = world.send(ALICE, type="card", content={"kind": kind, "target_id": target_id})
    return sent.entry.content


def test_a_users_card_has_name_and_picture(world: World) -> None:
    world.users.change("carol", {"picture": "https://example.com/c.png"})
    assert card(world, "user", "carol") == {
        "kind": "user",
        "target_id": "carol",
        "name": "Carol",
        "avatar": "https://example.com/c.png",
    }
    assert card(world, "user", "bob") == {"kind": "user", "target_id": "bob", "name": "Bob"}


def test_a_groups_card_is_for_its_members_to_give(world: World) -> None:
    group = rooms.make_group(world, members=("bob",))
    assert card(world, "group", group) == {
        "kind": "group",
        "target_id": group,
        "name": "Book club",
    }
    with refused(ErrorCode.NOT_FOUND, field="content.target_id"):
        world.send(
            CAROL,
            type="card",
            content={"kind": "group", "target_id": group},
            conversation_id="s_carol",
        )


def test_who_has_left_a_group_recommends_it_no_more(world: World) -> None:
    group = rooms.make_group(world, members=("bob", "carol"))
    rooms.leave(world, "carol")
    with refused(ErrorCode.NOT_FOUND):
        world.send(
            CAROL,
            type="card",
            content={"kind": "group", "target_id": group},
            conversation_id="s_carol",
        )


@pytest.mark.parametrize(
    ("kind", "target_id"),
    [
        ("user", "nobody"),
        ("user", "a b"),
        ("user", rooms.GROUP),
        ("group", "bob"),
        ("group", "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"),
        ("channel", "c_news"),
    ],
)
def test_what_is_not_there_cannot_be_recommended(world: World, kind: str, target_id: str) -> None:
    with refused(ErrorCode.NOT_FOUND, field="content.target_id"):
        card(world, kind, target_id)
    assert world.seqs() == []
