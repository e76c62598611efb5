"""Ways into a group: by oneself, by request, by invitation, by link."""

import pytest

from tests.e2e.club import Club
from tests.e2e.people import Person
from tests.e2e.wire import refused, text


def test_a_free_group_is_joined_and_read_from_there_on(
    alice: Person, bob: Person, carol: Person
) -> None:
    club = Club(alice, bob, join_mode="free")
    phone = alice.open()
    phone.ask("sendMessage", conversation_id=club.id, **text("before"))
    tablet = carol.open()
    assert carol.api.post(club.path("requests"), {}) == {"group_id": club.id, "status": "joined"}
    for socket in (phone, tablet):
        told = socket.expect("message.created", conversation_id=club.id, seq=3)["message"]
        assert (told["type"], told["sender_id"]) == ("system.group_member_joined", carol.id)
    assert club.types(carol) == ["member_joined"]
    assert carol.api.get(f"/v1/conversations/{club.id}")["unread"] == 0
    phone.ask("sendMessage", conversation_id=club.id, **text("after"))
    assert tablet.expect("message.created", conversation_id=club.id, seq=4)


def test_a_request_reaches_those_in_charge_and_its_answer_the_one_who_asked(
    alice: Person, bob: Person, carol: Person
) -> None:
    club = Club(alice, bob)
    phone, desk, tablet = alice.open(), bob.open(), carol.open()
    assert carol.api.post(club.path("requests"), {"text": "Please."})["status"] == "pending"
    notice = phone.expect("message.created", conversation_id=f"u_{alice.id}")["message"]
    assert notice["type"] == "notice.group_request_received"
    assert notice["content"] == {"group_id": club.id, "user_ids": [carol.id], "text": "Please."}
    assert desk.pushed() == []
    (request,) = alice.api.get(club.path("requests"))["items"]
    assert (request["user_id"], request["text"]) == (carol.id, "Please.")
    alice.api.post(club.path("requests", carol.id, "accept"))
    answer = tablet.expect("message.created", conversation_id=f"u_{carol.id}")["message"]
    assert answer["content"] == {"group_id": club.id, "user_id": carol.id, "accepted": True}
    assert desk.expect("message.created", conversation_id=club.id)
    with refused("request_handled"):
        alice.api.post(club.path("requests", carol.id, "reject"), {})


def test_a_request_is_rejected_or_withdrawn(alice: Person, bob: Person, carol: Person) -> None:
    club = Club(alice)
    for person in (bob, carol):
        person.api.post(club.path("requests"), {})
    alice.api.post(club.path("requests", bob.id, "reject"), {"reason": "Full."})
    carol.api.delete(club.path("requests", carol.id))
    assert alice.api.get(club.path("requests"))["items"] == []
    told = bob.open().ask("sync")["conversations"]
    assert [one["conversation_id"] for one in told] == [f"u_{bob.id}"]
    assert told[0]["messages"][-1]["content"]["reason"] == "Full."


def test_members_propose_and_those_in_charge_decide(
    alice: Person, bob: Person, carol: Person
) -> None:
    club = Club(alice, bob)
    asked = bob.api.post(club.path("members"), {"user_ids": [carol.id]})
    assert asked == {"added": [], "awaiting": [carol.id]}
    alice.api.post(club.path("requests", carol.id, "accept"))
    assert club.entries(carol)[-1]["content"]["invited_by"] == bob.id
    with refused("already_member"):
        bob.api.post(club.path("members"), {"user_ids": [carol.id]})


def test_a_link_lets_in_whoever_has_it_once(alice: Person, bob: Person, carol: Person) -> None:
    club = Club(alice, join_mode="invite")
    with refused("not_found"):
        bob.api.post(club.path("requests"), {})
    code = alice.api.post(club.path("invites"), {"max_uses": 2})["code"]
    assert bob.api.post(club.path("requests"), {"invite": code})["status"] == "joined"
    bob.api.post(club.path("leave"))
    with refused("not_found"):
        bob.api.post(club.path("requests"), {"invite": code})
    (link,) = alice.api.get(club.path("invites"))["items"]
    assert (link["code"], link["uses"]) == (code, 1)
    alice.api.delete(club.path("invites", code))
    with refused("not_found"):
        carol.api.post(club.path("requests"), {"invite": code})


@pytest.mark.parametrize("history", ["join", "all"])
def test_newcomers_see_what_the_group_lets_them_see(
    alice: Person, bob: Person, history: str
) -> None:
    club = Club(alice, join_mode="free", history=history)
    alice.open().ask("sendMessage", conversation_id=club.id, **text("before"))
    bob.api.post(club.path("requests"), {})
    wanted = ["member_joined"] if history == "join" else ["created", "text", "member_joined"]
    assert club.types(bob) == wanted
