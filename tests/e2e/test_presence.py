"""Presence: who is online, and when somebody was seen last."""

from local.processes import wait_until
from tests.e2e.people import Person
from tests.e2e.wire import PATIENCE_S, Json, refused


def _presence(person: Person, *others: Person) -> list[Json]:
    ids = ",".join(other.id for other in others)
    items: list[Json] = person.api.get("/v1/presence", user_ids=ids)["items"]
    return items


def test_one_is_online_while_a_socket_is_open_and_seen_when_it_ends(alice: Person) -> None:
    assert _presence(alice, alice) == [{"user_id": alice.id, "online": False}]
    phone, desk = alice.open("phone"), alice.open("desk")
    (there,) = _presence(alice, alice, alice)
    assert there["online"] is True
    phone.close()
    desk.close()
    assert wait_until(lambda: not _presence(alice, alice)[0]["online"], timeout_s=PATIENCE_S)
    # It is noted after the socket is forgotten.
    assert wait_until(
        lambda: _presence(alice, alice)[0]["last_seen"] > there["last_seen"], timeout_s=PATIENCE_S
    )


def test_a_stranger_is_left_out_like_one_who_does_not_exist(alice: Person, bob: Person) -> None:
    bob.open()
    alice.open()
    assert [one["user_id"] for one in _presence(alice, bob, alice)] == [alice.id]
    assert alice.api.get("/v1/presence", user_ids="nobody")["items"] == []


def test_friends_see_each_other_until_one_hides_or_blocks(alice: Person, bob: Person) -> None:
    alice.befriend(bob)
    phone = bob.open()
    assert _presence(alice, bob)[0]["online"] is True
    phone.close()
    assert wait_until(lambda: not _presence(alice, bob)[0]["online"], timeout_s=PATIENCE_S)
    assert _presence(alice, bob)[0]["last_seen"] > 0
    bob.api.patch("/v1/me", {"presence_hidden": True})
    assert _presence(alice, bob) == []
    bob.api.patch("/v1/me", {"presence_hidden": False})
    assert [one["user_id"] for one in _presence(alice, bob)] == [bob.id]
    bob.api.put(f"/v1/blocks/{alice.id}")
    assert _presence(alice, bob) == []


def test_who_hides_still_sees_themselves(alice: Person) -> None:
    alice.api.patch("/v1/me", {"presence_hidden": True})
    alice.open()
    assert [one["online"] for one in _presence(alice, alice)] == [True]


def test_too_many_or_bad_ids_are_refused(alice: Person) -> None:
    hundred = [f"user-{number}" for number in range(100)]
    assert alice.api.get("/v1/presence", user_ids=",".join(hundred))["items"] == []
    for ids in ("", "a b", ",".join([*hundred, "one-more"])):
        with refused("invalid_request"):
            alice.api.get("/v1/presence", user_ids=ids)
