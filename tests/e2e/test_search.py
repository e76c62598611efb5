"""The search of users, by id and by the beginning of the name."""

from tests.e2e.people import Person, World
from tests.e2e.wire import Json, refused


def _found(person: Person, **query: object) -> list[str]:
    ids, cursor = [], None
    while True:
        page = person.api.get("/v1/users", **query, **({"cursor": cursor} if cursor else {}))
        ids += [one["user_id"] for one in page["items"]]
        cursor = page.get("next_cursor")
        if cursor is None:
            return ids


def test_a_name_is_found_by_its_beginning_in_any_case_and_in_pages(world: World) -> None:
    alice, *others = (world.person("search") for _ in range(4))
    # No other test knows this name.
    word = f"Zoe {alice.account}"
    for number, other in enumerate(others):
        other.api.patch("/v1/me", {"name": f"{word}  {number}"})
    ids = [other.id for other in others]
    assert _found(alice, name=word.upper()) == ids
    assert _found(alice, name=word, limit=2) == ids
    assert _found(alice, name=f"{word} 1") == [ids[1]]
    assert _found(alice, name=f"{word} 9") == []
    # Nobody is told what only oneself sees.
    (one,) = alice.api.get("/v1/users", name=f"{word} 1")["items"]
    assert one.keys() == {"user_id", "name", "created_at"}


def test_the_first_sight_of_a_user_makes_them_found(world: World, alice: Person) -> None:
    bob = world.person("newcomer")
    assert _found(alice, name=bob.account) == [bob.id]


def test_an_unlisted_user_is_found_by_nobody_but_themselves(alice: Person, bob: Person) -> None:
    assert _found(alice, user_id=bob.id) == [bob.id]
    changed = bob.api.patch("/v1/me", {"listed": False})
    assert changed == bob.api.get("/v1/me")
    assert changed["listed"] is False
    assert _found(alice, user_id=bob.id) == _found(alice, name=bob.account) == []
    assert _found(bob, user_id=bob.id) == [bob.id]
    # Who has the id from a conversation still gets the profile, without what only bob sees.
    seen = alice.api.get(f"/v1/users/{bob.id}")
    assert changed == {**seen, "listed": False, "presence_hidden": False}
    bob.api.patch("/v1/me", {"listed": True})
    assert _found(alice, name=bob.account) == [bob.id]


def test_a_search_for_nothing_or_for_both_is_refused(alice: Person) -> None:
    bad: list[Json] = [{}, {"name": " "}, {"name": "a", "user_id": "a"}, {"user_id": "a b"}]
    for query in (*bad, {"name": "a", "limit": 51}, {"name": "a", "cursor": "?"}):
        with refused("invalid_request"):
            alice.api.get("/v1/users", **query)
