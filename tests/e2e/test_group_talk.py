"""Talking in a group: who is told, what is counted, what one who was away catches up on."""

import pytest

from tests.e2e.club import Club
from tests.e2e.people import Person, World
from tests.e2e.stack import Stack
from tests.e2e.wire import Json, refused, text


@pytest.fixture
def club(alice: Person, bob: Person, carol: Person) -> Club:
    """Alice's group, with bob and carol in it."""
    return Club(alice, bob, carol)


def _naming(words: str, *mentions: str) -> Json:
    """A text that mentions somebody."""
    return {**text(words), "content": {"text": words, "mentions": list(mentions)}}


def _synced(person: Person, conversation_id: str, **more: object) -> Json:
    """What a sync gives of one conversation."""
    given = person.api.post("/v1/sync", more)["conversations"]
    return next(one for one in given if one["conversation_id"] == conversation_id)


def _counts(person: Person, club: Club) -> tuple[int, int]:
    seen = person.api.get(f"/v1/conversations/{club.id}")
    return seen["unread"], seen.get("mentions", 0)


def test_three_talk_and_each_counts_exactly(
    club: Club, alice: Person, bob: Person, carol: Person
) -> None:
    desk, phone = bob.open(), carol.open()
    said = alice.open().ask("sendMessage", conversation_id=club.id, **text("Hello, both"))
    for socket in (desk, phone):
        assert socket.expect("message.created", seq=said["seq"])["message"]["sender_id"] == alice.id
    named = _naming("Carol, and you?", carol.id)
    desk.ask("sendMessage", conversation_id=club.id, **named)
    alice.api.post(f"/v1/conversations/{club.id}/messages", _naming("Everybody!", "all"))
    assert [_counts(one, club) for one in (alice, bob, carol)] == [(0, 0), (1, 1), (3, 2)]
    read = phone.ask("readConversation", conversation_id=club.id, seq=said["seq"])
    assert read["unread"] == 2
    assert _counts(carol, club) == (2, 2)
    phone.ask("readConversation", conversation_id=club.id, seq=said["seq"] + 2)
    assert _counts(carol, club) == (0, 0)


def test_only_those_in_charge_mention_all_and_only_members_are_named(
    world: World, club: Club, bob: Person
) -> None:
    desk, stranger = bob.open(), world.person("dave")
    with refused("admin_required"):
        desk.ask("sendMessage", conversation_id=club.id, **_naming("Hey!", "all"))
    with refused("invalid_request"):
        desk.ask("sendMessage", conversation_id=club.id, **_naming("Hey!", stranger.id))


def test_a_quote_shows_its_excerpt_to_those_who_saw_what_it_quotes(
    alice: Person, bob: Person, carol: Person
) -> None:
    club = Club(alice, bob)
    desk = alice.open()
    first = desk.ask("sendMessage", conversation_id=club.id, **text("between us two"))
    alice.api.post(club.path("members"), {"user_ids": [carol.id]})
    late, old = carol.open(), bob.open()
    quoting = text("what of this?", quote={"seq": first["seq"]})
    seq = desk.ask("sendMessage", conversation_id=club.id, **quoting)["seq"]
    shown = {
        socket: socket.expect("message.created", seq=seq)["message"]["quote"].get("excerpt")
        for socket in (late, old)
    }
    assert shown == {late: None, old: "between us two"}
    (_, told) = club.entries(carol)
    assert (told["seq"], "excerpt" in told["quote"]) == (seq, False)


def test_an_admin_recalls_what_a_member_wrote_but_not_the_owner(
    club: Club, alice: Person, bob: Person, carol: Person
) -> None:
    alice.api.put(club.path("admins", bob.id))
    rude = carol.open().ask("sendMessage", conversation_id=club.id, **text("something rude"))
    owners = alice.open().ask("sendMessage", conversation_id=club.id, **text("the rules"))
    desk = bob.open()
    desk.ask("recallMessage", conversation_id=club.id, seq=rude["seq"])
    with refused("forbidden"):
        desk.ask("recallMessage", conversation_id=club.id, seq=owners["seq"])
    gone = next(one for one in club.entries(carol) if one["seq"] == rude["seq"])
    assert (gone["content"], gone["recalled"]["by"]) == ({}, bob.id)


def test_a_mention_in_a_muted_group_is_a_notice_without_the_text(
    club: Club, bob: Person, carol: Person
) -> None:
    carol.api.patch(f"/v1/conversations/{club.id}", {"muted": True})
    phone = carol.open()
    seq = bob.open().ask("sendMessage", conversation_id=club.id, **_naming("psst", carol.id))["seq"]
    assert phone.expect("message.created", conversation_id=club.id, seq=seq)["muted"] is True
    notices = _synced(carol, f"u_{carol.id}")
    (notice,) = [one for one in notices["messages"] if one["type"] == "notice.mentioned"]
    assert notice["content"] == {"conversation_id": club.id, "seq": seq}
    assert notices["unread"] == 1
    assert _counts(carol, club) == (1, 1)


def test_one_sync_brings_requests_and_answers(alice: Person, bob: Person, carol: Person) -> None:
    bob.api.post("/v1/friend-requests", {"user_id": alice.id})
    carol.befriend(alice)
    club = Club(alice, carol, join_mode="approval")
    bob.api.post(club.path("requests"), {"text": "let me in"})
    told = [one["type"] for one in _synced(alice, f"u_{alice.id}")["messages"]]
    assert told[0] == "notice.friend_request_received"
    assert told[-1] == "notice.group_request_received"
    alice.api.post(club.path("requests", bob.id, "accept"))
    (answer,) = [
        one
        for one in _synced(bob, f"u_{bob.id}")["messages"]
        if one["type"] == "notice.group_request_handled"
    ]
    assert (answer["content"]["group_id"], answer["content"]["accepted"]) == (club.id, True)
    assert _synced(bob, club.id)["messages"][-1]["type"] == "system.group_member_joined"


def test_a_sync_since_brings_what_one_has_changed_on_another_device(
    club: Club, alice: Person, bob: Person
) -> None:
    seq = alice.open().ask("sendMessage", conversation_id=club.id, **text("news"))["seq"]
    tablet = bob.open("tablet")
    first = tablet.ask("sync")
    cursors = {one["conversation_id"]: one["last_seq"] for one in first["conversations"]}
    assert tablet.ask("sync", cursors=cursors)["conversations"] == []
    bob.api.patch(f"/v1/conversations/{club.id}", {"muted": True, "remark": "Books"})
    bob.api.post(f"/v1/conversations/{club.id}/read", {"seq": seq})
    (changed,) = tablet.ask("sync", cursors=cursors, since=first["now"])["conversations"]
    assert (changed["conversation_id"], changed["messages"]) == (club.id, [])
    assert (changed["read_seq"], changed["unread"]) == (seq, 0)
    assert (changed["settings"]["muted"], changed["settings"]["remark"]) == (True, "Books")
    bob.api.delete(f"/v1/conversations/{club.id}/messages/{seq}")
    (hidden,) = tablet.ask("sync", cursors=cursors, since=first["now"])["conversations"]
    assert hidden["settings"]["hidden_seqs"] == [seq]


def test_slow_mode_holds_members_and_not_those_in_charge(
    club: Club, alice: Person, bob: Person
) -> None:
    alice.api.patch(club.path(), {"slow_s": 600})
    desk, owner = bob.open(), alice.open()
    desk.ask("sendMessage", conversation_id=club.id, **text("one"))
    with refused("rate_limited") as details:
        desk.ask("sendMessage", conversation_id=club.id, **text("two"))
    assert 0 < details["retry_after_ms"] <= 600_000
    for words in ("one", "two"):
        owner.ask("sendMessage", conversation_id=club.id, **text(words))


def test_a_mute_says_when_it_ends(club: Club, alice: Person, bob: Person) -> None:
    alice.api.put(club.path("mutes", bob.id), {"seconds": 3600})
    with refused("member_muted") as details:
        bob.open().ask("sendMessage", conversation_id=club.id, **text("hello"))
    assert details["muted_until"] == club.entries(bob)[-1]["content"]["until"]


def test_who_left_comes_back_to_what_was_theirs_and_what_is(alice: Person, bob: Person) -> None:
    club = Club(alice, bob, join_mode="free")
    desk = alice.open()
    desk.ask("sendMessage", conversation_id=club.id, **text("first stay"))
    bob.api.post(club.path("leave"))
    desk.ask("sendMessage", conversation_id=club.id, **text("while he was away"))
    bob.api.post(club.path("requests"), {})
    desk.ask("sendMessage", conversation_id=club.id, **text("second stay"))
    words = [one["content"].get("text") for one in club.entries(bob)]
    assert [one for one in words if one] == ["first stay", "second stay"]
    assert _counts(bob, club) == (1, 0)


def test_where_only_friends_write_only_friends_are_brought_into_groups(
    stack: Stack, alice: Person, bob: Person, carol: Person
) -> None:
    alice.befriend(bob)
    with stack.policy("friends"):
        with refused("not_friends"):
            Club(alice, bob, carol)
        club = Club(alice, bob)
        # In a group that they share, strangers write to each other.
        bob.befriend(carol)
        bob.api.post(club.path("members"), {"user_ids": [carol.id]})
        asked = alice.api.get(club.path("requests"))["items"]
        assert [one["user_id"] for one in asked] == [carol.id]
        alice.api.post(club.path("requests", carol.id, "accept"))
        carol.open().ask("sendMessage", conversation_id=club.id, **text("hello"))
    assert _counts(alice, club) == (1, 0)
