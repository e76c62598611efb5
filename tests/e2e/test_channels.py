"""Channels: what those see who subscribe, do not, come late, are away, or have muted them."""

from collections.abc import Iterator

import pytest

from chirrup.domain.channels import ChannelKind
from tests.e2e.newsroom import Newsroom, forget
from tests.e2e.people import Person, World
from tests.e2e.stack import Stack
from tests.e2e.wire import Json, refused, text


@pytest.fixture(scope="module")
def newsroom(stack: Stack) -> Iterator[Newsroom]:
    """Who runs the channels."""
    yield Newsroom(stack)
    forget()


@pytest.fixture
def news(newsroom: Newsroom) -> str:
    """The code of a channel."""
    return newsroom.open()


def subscribe(code: str, *people: Person) -> None:
    for person in people:
        person.api.put(f"/v1/channels/{code}/subscription")


def listed(person: Person, code: str) -> Json | None:
    items = person.api.get("/v1/conversations")["items"]
    return next((one for one in items if one["conversation_id"] == f"c_{code}"), None)


def history(person: Person, code: str) -> list[Json]:
    found: list[Json] = person.api.get(f"/v1/conversations/c_{code}/messages")["messages"]
    return found


def test_subscribers_are_told_the_muted_are_flagged_and_others_hear_nothing(
    newsroom: Newsroom, news: str, alice: Person, bob: Person, carol: Person
) -> None:
    subscribe(news, alice, bob)
    bob.api.patch(f"/v1/conversations/c_{news}", {"muted": True})
    phone, desk, tablet = alice.open(), bob.open(), carol.open()
    newsroom.say(news, "We open at nine.")
    told = phone.expect("message.created", conversation_id=f"c_{news}", seq=1)
    assert told["message"]["content"] == {"text": "We open at nine."}
    assert told["message"]["sender_id"] == f"c_{news}"
    assert "muted" not in told
    assert desk.expect("message.created", conversation_id=f"c_{news}")["muted"] is True
    assert tablet.pushed() == []
    with refused("not_member"):
        carol.api.get(f"/v1/conversations/c_{news}/messages")
    (own,) = [one for one in alice.api.get("/v1/channels")["items"] if one["code"] == news]
    assert (own["subscribed"], own["muted"], own["unread"]) == (True, False, 1)


def test_one_who_was_away_catches_up_and_a_newcomer_has_nothing_unread(
    newsroom: Newsroom, news: str, alice: Person, bob: Person
) -> None:
    subscribe(news, alice)
    for words in ("one", "two", "three"):
        newsroom.say(news, words)
    (synced,) = alice.open().ask("sync")["conversations"]
    assert (synced["kind"], synced["last_seq"], synced["unread"]) == ("channel", 3, 3)
    assert [one["content"]["text"] for one in synced["messages"]] == ["one", "two", "three"]
    assert alice.api.post(f"/v1/conversations/c_{news}/read", {"seq": 2})["unread"] == 1
    subscribe(news, bob)
    (synced,) = bob.open().ask("sync")["conversations"]
    assert (synced["unread"], len(synced["messages"])) == (0, 3)
    newsroom.say(news, "four")
    shown = listed(bob, news)
    assert shown is not None
    assert (shown["unread"], shown["preview"]["excerpt"]) == (1, "four")


def test_who_unsubscribes_is_told_no_more_until_they_come_again(
    newsroom: Newsroom, news: str, alice: Person
) -> None:
    phone = alice.open()
    subscribe(news, alice)
    assert phone.expect("conversation.updated")["changes"] == {"subscribed": True}
    alice.api.delete(f"/v1/channels/{news}/subscription")
    assert phone.expect("conversation.updated")["changes"] == {"subscribed": False}
    newsroom.say(news)
    assert phone.pushed() == []
    assert listed(alice, news) is None
    subscribe(news, alice)
    assert [one["seq"] for one in history(alice, news)] == [1]


def test_nobody_writes_in_a_channel_and_what_it_says_can_be_passed_on(
    newsroom: Newsroom, news: str, alice: Person, bob: Person
) -> None:
    subscribe(news, alice)
    newsroom.say(news, "Pass it on.")
    phone, desk = alice.open(), bob.open()
    for action, data in (
        ("sendMessage", {"conversation_id": f"c_{news}", **text("hello")}),
        ("addReaction", {"conversation_id": f"c_{news}", "seq": 1, "reaction": "+"}),
        ("recallMessage", {"conversation_id": f"c_{news}", "seq": 1}),
    ):
        with refused("forbidden"):
            phone.ask(action, **data)
    place = {"conversation_id": f"c_{news}", "seq": 1}
    phone.ask("sendMessage", to=bob.id, **{**text(""), "type": "forward", "content": place})
    message = desk.expect("message.created")["message"]
    assert message["content"] == {"text": "Pass it on."}
    assert message["forwarded_from"]["sender_id"] == f"c_{news}"


def test_what_is_withdrawn_vanishes_everywhere(
    newsroom: Newsroom, news: str, alice: Person
) -> None:
    subscribe(news, alice)
    phone = alice.open()
    said = newsroom.say(news, "Wrong.")
    assert phone.expect("message.created", seq=1)
    newsroom.withdraw(news, said)
    changed = phone.expect("message.updated", conversation_id=f"c_{news}", seq=2)["message"]
    assert (changed["seq"], changed["content"]) == (1, {})
    assert [one["content"] for one in history(alice, news)] == [{}, {"seq": 1}]
    shown = listed(alice, news)
    assert shown is not None
    assert shown["preview"]["recalled"] is True


def test_a_rich_text_is_read_by_subscribers_and_by_those_whom_it_is_passed_on_to(
    newsroom: Newsroom, news: str, alice: Person, bob: Person, carol: Person
) -> None:
    subscribe(news, alice)
    material = newsroom.publish(news, "<p>Nine.<script>alert(1)</script></p>")
    path = f"/v1/channels/{news}/materials/{material}"
    assert alice.api.get(path)["html"] == "<p>Nine.</p>"
    with refused("not_found"):
        bob.api.get(path)
    place = {"conversation_id": f"c_{news}", "seq": 1}
    sent = alice.open().ask(
        "sendMessage", to=bob.id, **{**text(""), "type": "forward", "content": place}
    )
    shown_in = f"{sent['conversation_id']}:{sent['seq']}"
    assert bob.api.get(path, shown_in=shown_in)["title"] == "Hours"
    with refused("not_found"):
        carol.api.get(path, shown_in=shown_in)


def test_everybody_is_in_a_channel_of_everybodys_from_their_first_day(
    newsroom: Newsroom, world: World, alice: Person, bob: Person
) -> None:
    code = newsroom.open(ChannelKind.EVERYONE)
    try:
        bob.api.patch(f"/v1/conversations/c_{code}", {"muted": True})
        phone, desk = alice.open(), bob.open()
        newsroom.say(code, "To all.")
        assert phone.expect("message.created", conversation_id=f"c_{code}", seq=1)
        assert desk.expect("message.created", conversation_id=f"c_{code}")["muted"] is True
        dora = world.person("dora")
        newsroom.say(code, "To all, again.")
        assert [one["seq"] for one in history(dora, code)] == [1, 2]
        assert dora.api.get(f"/v1/channels/{code}")["unread"] == 1
        assert alice.api.get(f"/v1/channels/{code}")["unread"] == 2
        with refused("forbidden"):
            alice.api.delete(f"/v1/channels/{code}/subscription")
    finally:
        newsroom.close(code)


def test_a_channel_that_is_disabled_takes_nobody_and_can_still_be_read(
    newsroom: Newsroom, news: str, alice: Person, bob: Person
) -> None:
    subscribe(news, alice)
    newsroom.say(news)
    newsroom.close(news)
    with refused("channel_disabled"):
        subscribe(news, bob)
    assert len(history(alice, news)) == 1
    assert news not in [one["code"] for one in bob.api.get("/v1/channels")["items"]]


def test_users_by_name_get_a_notice_and_it_can_be_taken_back(
    newsroom: Newsroom, news: str, alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    said = newsroom.say(news, "For you.", to=[alice.id])
    notice = phone.expect("message.created", conversation_id=f"u_{alice.id}")["message"]
    assert (notice["type"], notice["content"]["broadcast_id"]) == ("notice.channel_message", said)
    assert notice["content"]["content"] == {"text": "For you."}
    assert desk.pushed() == []
    newsroom.withdraw(news, said)
    assert phone.expect("message.updated")["message"]["content"] == {}
