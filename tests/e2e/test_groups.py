"""Groups: made, run, handed over and dissolved, with everybody told."""

import pytest

from tests.e2e.club import Club
from tests.e2e.people import Person, World
from tests.e2e.wire import new_id, refused, text


@pytest.fixture
def club(alice: Person, bob: Person, carol: Person) -> Club:
    """Alice's group with Bob and Carol."""
    return Club(alice, bob, carol)


def test_all_members_are_told_of_a_new_group_and_can_write_in_it(
    alice: Person, bob: Person, carol: Person
) -> None:
    phone, desk, tablet = alice.open(), bob.open(), carol.open()
    club = Club(alice, bob, carol)
    for socket in (phone, desk, tablet):
        told = socket.expect("message.created", conversation_id=club.id)["message"]
        assert told["type"] == "system.group_created"
        assert set(told["content"]["user_ids"]) == {alice.id, bob.id, carol.id}
    desk.ask("sendMessage", conversation_id=club.id, **text("hello all"))
    for socket in (phone, tablet):
        assert socket.expect("message.created", conversation_id=club.id, seq=2)
    (conversation,) = carol.api.get("/v1/conversations")["items"]
    assert (conversation["unread"], conversation["group"]["size"]) == (1, 3)


def test_making_a_group_again_gives_the_same_group(alice: Person, bob: Person) -> None:
    wanted = {"client_id": new_id(), "name": "Book club", "member_ids": [bob.id]}
    made = alice.api.post("/v1/groups", wanted)
    assert alice.api.post("/v1/groups", wanted) == made
    with refused("idempotency_conflict"):
        alice.api.post("/v1/groups", {**wanted, "name": "Film club"})
    assert alice.api.get("/v1/groups")["items"] == [made]


def test_a_group_of_many_is_made_at_once(world: World, alice: Person) -> None:
    members = [world.person("member") for _ in range(30)]
    club = Club(alice, *members)
    assert club.of(members[-1])["size"] == 31
    assert club.types(alice) == ["created", "member_joined"]


def test_changes_are_pushed_and_stand_in_the_timeline(
    club: Club, alice: Person, bob: Person
) -> None:
    desk = bob.open()
    alice.api.patch(club.path(), {"name": "Film club", "muted_all": True})
    first, second = (event["message"] for event in desk.pushed())
    assert first["content"]["changes"] == {"name": "Film club"}
    assert second["type"] == "system.group_muted_all"
    with refused("group_muted"):
        desk.ask("sendMessage", conversation_id=club.id, **text("hello"))
    with refused("admin_required"):
        bob.api.patch(club.path(), {"muted_all": False})
    alice.api.patch(club.path(), {"muted_all": False})
    desk.ask("sendMessage", conversation_id=club.id, **text("hello"))
    assert club.types(bob) == ["created", "updated", "muted_all", "unmuted_all", "text"]


def test_one_who_is_removed_is_told_and_reads_no_more(
    club: Club, alice: Person, bob: Person, carol: Person
) -> None:
    desk = bob.open()
    alice.api.delete(club.path("members", bob.id))
    told = desk.expect("message.created", conversation_id=club.id)["message"]
    assert told["type"] == "system.group_member_removed"
    carol.open().ask("sendMessage", conversation_id=club.id, **text("he is gone"))
    assert desk.pushed() == []
    assert club.types(bob) == ["created", "member_removed"]
    with refused("not_member"):
        desk.ask("sendMessage", conversation_id=club.id, **text("hello"))
    with refused("not_member"):
        bob.api.get(club.path())
    with refused("not_member"):
        bob.api.post(club.path("leave"))
    (conversation,) = desk.ask("sync")["conversations"]
    assert (conversation["left"], conversation["last_seq"]) == (True, 2)


def test_a_ban_holds_until_somebody_lifts_it(club: Club, alice: Person, bob: Person) -> None:
    alice.api.patch(club.path(), {"join_mode": "free"})
    alice.api.delete(club.path("members", bob.id), ban="true")
    with refused("not_found"):
        bob.api.post(club.path("requests"), {})
    (ban,) = alice.api.get(club.path("bans"))["items"]
    assert ban["user_id"] == bob.id
    alice.api.delete(club.path("bans", bob.id))
    assert bob.api.post(club.path("requests"), {})["status"] == "joined"


def test_a_muted_member_reads_but_does_not_write(club: Club, alice: Person, bob: Person) -> None:
    desk = bob.open()
    alice.api.put(club.path("mutes", bob.id), {})
    with refused("member_muted"):
        desk.ask("sendMessage", conversation_id=club.id, **text("hello"))
    alice.api.delete(club.path("mutes", bob.id))
    desk.ask("sendMessage", conversation_id=club.id, **text("hello"))
    assert club.types(bob) == ["created", "member_muted", "member_unmuted", "text"]


def test_a_group_is_handed_over_left_and_dissolved(
    club: Club, alice: Person, bob: Person, carol: Person
) -> None:
    with refused("owner_cannot_leave"):
        alice.api.post(club.path("leave"))
    alice.api.put(club.path("admins", carol.id))
    assert alice.api.put(club.path("owner"), {"user_id": bob.id})["me"]["role"] == "admin"
    alice.api.post(club.path("leave"))
    with refused("owner_required"):
        carol.api.delete(club.path())
    tablet = carol.open()
    bob.api.delete(club.path())
    assert tablet.expect("message.created")["message"]["type"] == "system.group_dissolved"
    with refused("group_dissolved"):
        tablet.ask("sendMessage", conversation_id=club.id, **text("hello"))
    assert club.of(carol)["dissolved"] is True
    carol.api.post(club.path("leave"))
    bob.api.post(club.path("leave"))
    assert bob.api.get("/v1/groups")["items"] == []


def test_ones_name_in_the_group_is_kept(club: Club, bob: Person) -> None:
    mine = bob.api.patch(club.path("members", bob.id), {"nickname": "Bobby"})
    assert mine["me"]["nickname"] == club.of(bob)["me"]["nickname"] == "Bobby"


def test_an_outsider_learns_nothing(world: World, club: Club) -> None:
    dave = world.person("dave")
    unknown = club.path().replace(club.id, "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N")
    for path in (club.path(), unknown):
        for method, more, body in (
            ("GET", "", None),
            ("PATCH", "", {"name": "Mine"}),
            ("DELETE", "", None),
            ("POST", "/members", {"user_ids": [dave.id]}),
            ("GET", "/requests", None),
            ("POST", "/invites", {}),
        ):
            with refused("not_member"):
                dave.api.request(method, path + more, body)
    for path in (unknown, club.path().replace(club.id, "g_1")):
        with refused("not_found"):
            dave.api.post(f"{path}/requests", {})
