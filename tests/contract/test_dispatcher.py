"""Dispatcher: what a stored event's way to the devices must do in every send mode.

What follows holds for all modes, on every store.
"""

from chirrup.domain.audiences import Audience, Members
from chirrup.domain.events import Event, MessageCreated, ReceiptRead, Typing
from chirrup.domain.ids import Conversation
from tests.contract.delivering import Delivery, enrol, names
from tests.contract.entries import message


def test_every_device_of_the_audience_is_reached_but_the_one_that_knows(
    delivery: Delivery, private: Conversation
) -> None:
    alice, bob = private.users
    phone, laptop = (delivery.connect(alice, device) for device in ("phone", "laptop"))
    tablet = delivery.connect(bob, "tablet")
    stranger = delivery.connect("stranger." + bob, "phone")
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users, but_connection=phone.id))
    assert delivery.events(phone) == delivery.events(stranger) == []
    assert names(delivery.events(laptop)) == [("message.created", 1)]
    assert delivery.events(tablet) == delivery.events(laptop)


def test_events_arrive_whole_and_in_order_however_large(
    delivery: Delivery, private: Conversation
) -> None:
    phone = delivery.connect(private.users[1], "phone")
    large = {"data": "ä" * 8_000}
    events: list[Event] = [
        MessageCreated(message(private, seq, type="custom", content=large)) for seq in range(1, 6)
    ]
    events.append(ReceiptRead(private.id, private.users[0], 5))
    delivery.dispatcher.dispatch(events, Audience(private.users))
    received = delivery.events(phone)
    expected = [*(("message.created", seq) for seq in range(1, 6)), ("receipt.read", None)]
    assert names(received) == expected
    assert all(one["message"]["content"] == large for one in received[:5])


def test_who_has_muted_the_conversation_is_told_so(
    delivery: Delivery, private: Conversation
) -> None:
    alice, bob = private.users
    one, other = delivery.connect(alice, "phone"), delivery.connect(bob, "phone")
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users, muted=(bob,)))
    assert "muted" not in delivery.events(one)[0]
    assert delivery.events(other)[0]["muted"] is True


def test_the_members_of_a_group_are_reached_who_may_see_it(
    delivery: Delivery, people: tuple[str, str]
) -> None:
    group_id = f"g_of_{people[0]}"
    since = {f"{name}.{people[0]}": seq for name, seq in (("in", 1), ("new", 5), ("mute", 1))}
    enrol(delivery.stores, group_id, since, f"mute.{people[0]}")
    phones = {user.split(".")[0]: delivery.connect(user, "phone") for user in since}
    removed = delivery.connect(people[1], "phone")
    told = Audience((people[1],), members=Members(group_id, 1, 4), but_user=f"in.{people[0]}")
    event = Typing(group_id, people[0])
    delivery.dispatcher.dispatch([event], told)
    assert delivery.events(phones["in"]) == delivery.events(phones["new"]) == []
    assert [one["event"] for one in delivery.events(phones["mute"])] == ["typing"]
    assert [one["event"] for one in delivery.events(removed)] == ["typing"]
    delivery.dispatcher.dispatch([event], Audience(members=Members(group_id, 1, 5)))
    assert len(delivery.events(phones["in"])) == len(delivery.events(phones["new"])) == 1


def test_an_audience_that_is_not_connected_is_no_error(
    delivery: Delivery, private: Conversation
) -> None:
    event = Typing(private.id, private.users[0])
    delivery.dispatcher.dispatch([event], Audience(private.users))
    delivery.dispatcher.dispatch([event], Audience(()))
    assert delivery.gateway.frames == {}


def test_a_connection_that_is_gone_is_forgotten_and_stops_no_other(
    delivery: Delivery, private: Conversation
) -> None:
    bob = private.users[1]
    gone, there = delivery.connect(bob, "phone"), delivery.connect(bob, "laptop")
    delivery.gateway.gone.add(gone.id)
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users))
    assert len(delivery.events(there)) == 1
    assert delivery.connections(bob) == [there]


def test_a_connection_that_cannot_be_reached_now_is_kept_and_stops_no_other(
    delivery: Delivery, private: Conversation
) -> None:
    bob = private.users[1]
    slow, there = delivery.connect(bob, "phone"), delivery.connect(bob, "laptop")
    delivery.gateway.failing.add(slow.id)
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users))
    assert delivery.events(slow) == []
    assert len(delivery.events(there)) == 1
    assert sorted(delivery.connections(bob)) == sorted([slow, there])


def test_a_connection_past_its_end_is_closed_rather_than_pushed_to(
    delivery: Delivery, private: Conversation
) -> None:
    bob = private.users[1]
    old = delivery.connect(bob, "phone")
    delivery.clock.time = old.expires_at
    new = delivery.connect(bob, "laptop")
    event = MessageCreated(message(private, 1))
    delivery.dispatcher.dispatch([event], Audience(private.users))
    assert names(delivery.events(old)) == [("session.closing", None)]
    assert delivery.gateway.closed == [old.id]
    assert delivery.connections(bob) == [new]
    assert names(delivery.events(new)) == [("message.created", 1)]
