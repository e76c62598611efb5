"""Groups over HTTP."""

from typing import Any

import pytest

from chirrup.domain.rights import FOREVER
from tests.unit.club import Club
from tests.unit.transport.http.asking import Client


@pytest.fixture
def club() -> Club:
    return Club()


@pytest.fixture
def alice(club: Club) -> Client:
    return Client(club, "alice")


@pytest.fixture
def one(club: Club) -> str:
    return f"/v1/groups/{club.id}"


def test_a_group_is_made_and_told_as_its_maker_sees_it(club: Club, alice: Client) -> None:
    body = {
        "client_id": "films",
        "name": "Film club",
        "member_ids": ["bob"],
        "description": "A film each week.",
        "avatar": "https://example.com/film.png",
        "join_mode": "free",
        "history": "all",
        "member_invite": False,
    }
    answer = alice.ask("POST", "/v1/groups", body)
    assert answer.status == 201
    assert answer.body == {
        "group_id": answer.body["group_id"],
        "name": "Film club",
        "description": "A film each week.",
        "avatar": "https://example.com/film.png",
        "owner_id": "alice",
        "admin_ids": [],
        "size": 2,
        "join_mode": "free",
        "history": "all",
        "member_invite": False,
        "slow_s": 0,
        "muted_all": False,
        "dissolved": False,
        "banned": False,
        "created_at": club.clock.time,
        "me": {"role": "owner", "since_seq": 1},
    }
    assert alice.ask("POST", "/v1/groups", body).body == answer.body
    again = alice.ask("POST", "/v1/groups", {**body, "name": "Films"})
    assert (again.status, again.code) == (409, "idempotency_conflict")


def test_ones_groups_are_listed_in_pages(club: Club, alice: Client) -> None:
    club.make(client_id="second")
    first = alice.ask("GET", "/v1/groups", query={"limit": "1"}).body
    second = alice.ask("GET", "/v1/groups", query={"cursor": first["next_cursor"]}).body
    assert {item["name"] for item in (*first["items"], *second["items"])} == {"Book club"}
    assert "next_cursor" not in second


def test_a_group_is_changed_field_by_field(alice: Client, one: str) -> None:
    alice.ask("PATCH", one, {"description": "Books."})
    body = alice.ask("PATCH", one, {"slow_s": 5, "muted_all": True, "join_mode": "closed"}).body
    assert (body["slow_s"], body["muted_all"], body["join_mode"]) == (5, True, "closed")
    assert body["description"] == "Books."
    assert "description" not in alice.ask("PATCH", one, {"description": None}).body
    assert alice.ask("PATCH", one, {}).body["slow_s"] == 5


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": " "},
        {"name": "x" * 65},
        {"avatar": "http://example.com"},
        {"description": "x" * 501},
        {"join_mode": "open"},
        {"history": "some"},
        {"slow_s": 3601},
        {"slow_s": -1},
        {"muted_all": 1},
        {"owner_id": "bob"},
    ],
)
def test_a_bad_change_changes_nothing(
    club: Club, alice: Client, one: str, body: dict[str, Any]
) -> None:
    before = len(club.entries())
    answer = alice.ask("PATCH", one, body)
    assert (answer.status, answer.code) == (400, "invalid_request")
    assert answer.body["details"]["field"] == next(iter(body))
    assert len(club.entries()) == before


def test_owner_and_admins_are_told_after_each_change(alice: Client, one: str) -> None:
    added = alice.ask("PUT", f"{one}/admins/carol")
    assert (added.status, added.body["admin_ids"]) == (200, ["bob", "carol"])
    assert alice.ask("DELETE", f"{one}/admins/carol").body["admin_ids"] == ["bob"]
    handed = alice.ask("PUT", f"{one}/owner", {"user_id": "carol"}).body
    assert (handed["owner_id"], handed["me"]["role"]) == ("carol", "admin")


def test_a_dissolved_group_says_so(alice: Client, one: str) -> None:
    answer = alice.ask("DELETE", one)
    assert (answer.status, answer.body) == (204, None)
    assert alice.ask("GET", one).body["dissolved"] is True
    assert alice.ask("DELETE", one).code == "group_dissolved"
    assert alice.ask("POST", f"{one}/leave").status == 204
    assert alice.ask("GET", one).code == "not_member"


def test_members_come_and_go(club: Club, alice: Client, one: str) -> None:
    invited = alice.ask("POST", f"{one}/members", {"user_ids": ["dora", "bob"]})
    assert (invited.status, invited.body) == (200, {"added": ["dora"], "awaiting": []})
    carol = Client(club, "carol")
    assert carol.ask("POST", f"{one}/members", {"user_ids": ["erin"]}).body == {
        "added": [],
        "awaiting": ["erin"],
    }
    assert alice.ask("DELETE", f"{one}/members/dora", query={"ban": "true"}).status == 204
    assert alice.ask("GET", f"{one}/bans").body == {
        "items": [{"user_id": "dora", "by": "alice", "at": club.clock.time}]
    }
    assert alice.ask("DELETE", f"{one}/bans/dora").status == 204
    assert alice.ask("GET", f"{one}/bans").body == {"items": []}
    assert carol.ask("DELETE", f"{one}/members/carol").status == 204
    assert alice.ask("DELETE", f"{one}/members/alice").code == "owner_cannot_leave"


def test_a_mute_is_told_to_the_muted_one(club: Club, alice: Client, one: str) -> None:
    carol = Client(club, "carol")
    assert alice.ask("PUT", f"{one}/mutes/carol", {"seconds": 60}).status == 204
    assert carol.ask("GET", one).body["me"]["muted_until"] == club.clock.time + 60_000
    assert alice.ask("PUT", f"{one}/mutes/carol", {}).status == 204
    assert carol.ask("GET", one).body["me"]["muted_until"] == FOREVER
    assert alice.ask("DELETE", f"{one}/mutes/carol").status == 204
    assert "muted_until" not in carol.ask("GET", one).body["me"]
    for seconds in (0, 31_536_001, "60"):
        assert alice.ask("PUT", f"{one}/mutes/carol", {"seconds": seconds}).status == 400


def test_ones_name_in_the_group_is_ones_own(alice: Client, one: str) -> None:
    body = alice.ask("PATCH", f"{one}/members/alice", {"nickname": "Al"}).body
    assert body["me"]["nickname"] == "Al"
    assert alice.ask("PATCH", f"{one}/members/alice", {}).body["me"]["nickname"] == "Al"
    body = alice.ask("PATCH", f"{one}/members/alice", {"nickname": None}).body
    assert "nickname" not in body["me"]
    assert alice.ask("PATCH", f"{one}/members/bob", {"nickname": "B"}).code == "forbidden"
    for bad in ("x" * 33, "", " "):
        assert alice.ask("PATCH", f"{one}/members/alice", {"nickname": bad}).status == 400


def test_requests_are_made_listed_and_answered(club: Club, alice: Client, one: str) -> None:
    dora, erin = Client(club, "dora"), Client(club, "erin")
    asked = dora.ask("POST", f"{one}/requests", {"text": "Please."})
    assert (asked.status, asked.body) == (200, {"group_id": club.id, "status": "pending"})
    erin.ask("POST", f"{one}/requests", {})
    items = alice.ask("GET", f"{one}/requests").body["items"]
    at = club.clock.time
    assert items[0] == {
        "user_id": "dora",
        "text": "Please.",
        "asked_at": at,
        "expires_at": at + 7 * 24 * 3_600_000,
    }
    assert alice.ask("POST", f"{one}/requests/dora/accept").status == 204
    assert alice.ask("POST", f"{one}/requests/erin/reject", {"reason": "Full."}).status == 204
    assert alice.ask("POST", f"{one}/requests/erin/accept").code == "request_handled"
    assert alice.ask("GET", f"{one}/requests").body == {"items": []}
    assert erin.ask("POST", f"{one}/requests", {}).status == 200
    assert erin.ask("DELETE", f"{one}/requests/erin").status == 204
    assert alice.ask("DELETE", f"{one}/requests/erin").code == "forbidden"
    assert dora.ask("POST", f"{one}/requests", {}).code == "already_member"


def test_a_link_is_made_used_listed_and_revoked(club: Club, alice: Client, one: str) -> None:
    made = alice.ask("POST", f"{one}/invites", {"expires_in_s": 60, "max_uses": 2})
    assert made.status == 201
    code = made.body["code"]
    assert made.body == {
        "code": code,
        "by": "alice",
        "made_at": club.clock.time,
        "expires_at": club.clock.time + 60_000,
        "max_uses": 2,
        "uses": 0,
    }
    joined = Client(club, "dora").ask("POST", f"{one}/requests", {"invite": code})
    assert joined.body == {"group_id": club.id, "status": "joined"}
    assert [item["uses"] for item in alice.ask("GET", f"{one}/invites").body["items"]] == [1]
    assert alice.ask("DELETE", f"{one}/invites/{code}").status == 204
    assert alice.ask("DELETE", f"{one}/invites/{code}").status == 204
    assert alice.ask("GET", f"{one}/invites").body == {"items": []}
    assert alice.ask("DELETE", f"{one}/invites/a+b").code == "invalid_request"
    for bad in ({"expires_in_s": 59}, {"max_uses": 0}, {"max_uses": 10_001}):
        assert alice.ask("POST", f"{one}/invites", bad).code == "invalid_request"


def test_a_user_id_of_a_path_is_looked_at(alice: Client, one: str) -> None:
    for method, path in (
        ("PUT", "admins"),
        ("DELETE", "admins"),
        ("DELETE", "members"),
        ("DELETE", "bans"),
        ("DELETE", "mutes"),
        ("DELETE", "requests"),
    ):
        assert alice.ask(method, f"{one}/{path}/a b").code == "invalid_request"


@pytest.mark.parametrize("name", ["\ud800", "half \udc00 a pair", " "])
def test_a_name_that_is_no_text_is_refused(alice: Client, one: str, name: str) -> None:
    made = alice.ask("POST", "/v1/groups", {"client_id": "odd", "name": name})
    assert (made.status, made.code) == (400, "invalid_request")
    called = alice.ask("PATCH", f"{one}/members/alice", {"nickname": name})
    assert (called.status, called.code) == (400, "invalid_request")
