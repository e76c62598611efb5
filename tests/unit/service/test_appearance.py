"""Pictures of users and groups: uploads that everybody may see from then on."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.ports import Identity
from chirrup.service.groups import NewGroup
from tests.unit.guarded import Guarded
from tests.unit.making import refused
from tests.unit.world import ALICE

MEDIA, OTHER = "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N", "m_01JD4QB7M2K9R4T6Y8W1X3Z5C7"
ME = Identity("alice", 0)


@pytest.fixture
def world() -> Guarded:
    """Alice has uploaded something, bob something else."""
    world = Guarded()
    world.pictures.uploads |= {MEDIA: "alice", OTHER: "bob"}
    return world


def test_an_upload_becomes_ones_picture_and_everybody_may_see_it(world: Guarded) -> None:
    assert world.user_service.change(ME, {"picture": MEDIA}).picture == MEDIA
    assert world.pictures.published == [(MEDIA, "avatar")]
    assert world.user_service.change(ME, {"name": "Al"}).picture == MEDIA
    assert world.user_service.change(ME, {"picture": None}).picture is None


def test_an_address_is_taken_as_it_is(world: Guarded) -> None:
    url = "https://example.com/a.png"
    assert world.user_service.change(ME, {"picture": url}).picture == url
    assert world.pictures.published == []


def test_the_upload_of_another_is_no_picture_of_ones_own(world: Guarded) -> None:
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        world.user_service.change(ME, {"picture": OTHER, "name": "Al"})
    assert world.user_service.get("alice").name == "Alice"


def test_a_group_has_an_upload_for_its_avatar(world: Guarded) -> None:
    new = NewGroup(name="Chess", member_ids=(), client_id="c-9", avatar=MEDIA)
    made = world.groups.groups.create(ALICE, new)
    assert made.profile.avatar == MEDIA
    with refused(ErrorCode.MEDIA_NOT_FOUND):
        world.groups.groups.change(ALICE, made.profile.owner, {"avatar": OTHER})
    world.pictures.no_images.add(MEDIA)
    with refused(ErrorCode.MEDIA_NOT_ALLOWED):
        world.groups.groups.change(ALICE, made.profile.owner, {"avatar": MEDIA})


def test_a_name_that_is_refused_shows_no_picture(world: Guarded) -> None:
    with refused(ErrorCode.SENSITIVE_WORD):
        world.user_service.change(ME, {"name": "spam", "picture": MEDIA})
    assert world.pictures.published == []
