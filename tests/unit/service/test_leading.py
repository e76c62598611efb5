"""Who leads a group."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import ADMINS_MAX
from chirrup.domain.rights import Role
from tests.unit.club import Club
from tests.unit.making import refused
from tests.unit.world import ALICE, BOB, CAROL


@pytest.fixture
def club() -> Club:
    return Club()


def test_a_group_is_handed_over_and_its_owner_becomes_an_admin(club: Club) -> None:
    club.groups.leading.transfer(ALICE, club.id, "carol")
    assert club.last().type == "system.group_owner_changed"
    assert club.last().content == {
        "owner_id": "carol",
        "former_owner_id": "alice",
        "former_role": "admin",
        "user_ids": ["carol", "alice"],
    }
    assert [club.role(one) for one in ("alice", "carol")] == [Role.ADMIN, Role.OWNER]
    assert club.profile.admin_ids == ("bob", "alice")
    club.check()


def test_an_admin_who_becomes_owner_makes_room_for_the_former_one(club: Club) -> None:
    club.groups.leading.transfer(ALICE, club.id, "bob")
    assert (club.profile.leader_id, club.profile.admin_ids) == ("bob", ("alice",))
    club.check()


def test_where_there_are_enough_admins_a_former_owner_is_a_member(club: Club) -> None:
    others = [f"user-{number}" for number in range(ADMINS_MAX - 1)]
    club.meet(*others)
    club.groups.membership.invite(ALICE, club.id, others)
    for user_id in others:
        club.groups.leading.add_admin(ALICE, club.id, user_id)
    with refused(ErrorCode.CONFLICT, limit=ADMINS_MAX):
        club.groups.leading.add_admin(ALICE, club.id, "carol")
    club.groups.leading.transfer(ALICE, club.id, "carol")
    assert club.role("alice") is Role.MEMBER
    assert club.last().content["former_role"] == "member"
    club.check()


def test_admins_are_made_and_unmade_once(club: Club) -> None:
    before = len(club.entries())
    club.groups.leading.add_admin(ALICE, club.id, "bob")
    assert len(club.entries()) == before
    club.groups.leading.remove_admin(ALICE, club.id, "bob")
    assert club.last().type == "system.group_admin_removed"
    assert club.last().content == {"user_ids": ["bob"]}
    assert club.role("bob") is Role.MEMBER
    club.groups.leading.remove_admin(ALICE, club.id, "bob")
    assert len(club.entries()) == before + 1
    club.check()


def test_only_the_owner_says_who_leads(club: Club) -> None:
    for actor in (BOB, CAROL):
        for act in (
            club.groups.leading.transfer,
            club.groups.leading.add_admin,
            club.groups.leading.remove_admin,
        ):
            with refused(ErrorCode.OWNER_REQUIRED):
                act(actor, club.id, "carol")


def test_nobody_leads_who_is_not_in(club: Club) -> None:
    for act in (club.groups.leading.transfer, club.groups.leading.add_admin):
        with refused(ErrorCode.NOT_FOUND):
            act(ALICE, club.id, "dora")
        with refused(ErrorCode.CANNOT_TARGET_SELF):
            act(ALICE, club.id, "alice")
