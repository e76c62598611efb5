"""Connections: a set of open WebSockets for each user."""

import pytest

from chirrup.domain.audiences import PAGES_MAX, WHOLE, Page
from chirrup.domain.connections import DEVICE_MAX, Connection, part_of
from chirrup.storage.connections import DynamoConnections
from tests.contract.conftest import DYNAMO, client
from tests.contract.entries import T0
from tests.contract.stores import Stores
from tests.support.watching import watched
from tests.support.wire import Wire, answered


def _connection(number: int = 1, device: str = "phone") -> Connection:
    return Connection(f"Lk3{number}xfoAMCEJw=", T0 + 7_200_000, T0 + number, device)


def _of(stores: Stores, user: str) -> list[Connection]:
    return sorted(stores.connections.of([user]).get(user, []))


def test_a_user_who_never_connected_has_no_connections(
    stores: Stores, people: tuple[str, str]
) -> None:
    assert stores.connections.of(people) == {}
    assert stores.connections.of([]) == {}


@pytest.mark.parametrize(
    "device", ["phone", "a|b||c", "Ännchens 📱", "x" * DEVICE_MAX, " ", "12|13"]
)
def test_a_connection_comes_back_as_it_was_added(
    stores: Stores, people: tuple[str, str], device: str
) -> None:
    connection = _connection(1, device)
    assert stores.connections.add(people[0], connection) == [connection]
    assert stores.connections.of(people) == {people[0]: [connection]}


def test_adding_gives_back_all_that_the_user_has_now(
    stores: Stores, people: tuple[str, str]
) -> None:
    user, other = people
    one, two, three = map(_connection, (1, 2, 3))
    stores.connections.add(other, three)
    assert stores.connections.add(user, one) == [one]
    assert sorted(stores.connections.add(user, two)) == [one, two]
    assert sorted(stores.connections.add(user, two)) == [one, two]
    assert _of(stores, user) == [one, two]
    assert _of(stores, other) == [three]


def test_just_the_named_connections_are_removed(stores: Stores, people: tuple[str, str]) -> None:
    user = people[0]
    connections = [_connection(number) for number in range(1, 6)]
    for connection in connections:
        stores.connections.add(user, connection)
    stores.connections.remove(user, [connections[0], connections[3]])
    assert _of(stores, user) == [connections[1], connections[2], connections[4]]
    stores.connections.remove(user, [])
    stores.connections.remove(user, [connections[0], _connection(9)])
    assert _of(stores, user) == [connections[1], connections[2], connections[4]]


def test_a_late_removal_of_an_old_connection_leaves_the_new_one_of_the_same_device(
    stores: Stores, people: tuple[str, str]
) -> None:
    user = people[0]
    old, new = _connection(1), _connection(2)
    stores.connections.add(user, old)
    stores.connections.add(user, new)
    stores.connections.remove(user, [old])
    stores.connections.remove(user, [old])
    assert _of(stores, user) == [new]


def test_a_user_may_connect_again_after_the_last_connection_was_removed(
    stores: Stores, people: tuple[str, str]
) -> None:
    user = people[0]
    stores.connections.add(user, _connection(1))
    stores.connections.remove(user, [_connection(1)])
    assert _of(stores, user) == []
    assert stores.connections.add(user, _connection(2)) == [_connection(2)]


def test_removing_from_a_user_who_never_connected_is_no_error(
    stores: Stores, people: tuple[str, str]
) -> None:
    stores.connections.remove(people[0], [_connection(1)])
    assert _of(stores, people[0]) == []


def test_connections_of_one_user_may_come_and_go_at_the_same_moment(
    stores: Stores, people: tuple[str, str]
) -> None:
    user = people[0]
    old, new = ([_connection(n) for n in range(start, start + 4)] for start in (1, 5))
    for connection in old:
        stores.connections.add(user, connection)

    def replace(number: int) -> list[Connection]:
        stores.connections.remove(user, [old[number]])
        return stores.connections.add(user, new[number])

    present = stores.each_at_once(replace, range(4))
    assert all(one in found for one, found in zip(new, present, strict=True))
    assert _of(stores, user) == new


def test_more_users_than_one_request_takes_are_found(
    stores: Stores, people: tuple[str, str]
) -> None:
    users = [f"u{number}.{people[0]}" for number in range(230)]
    online = {user: [_connection(n)] for n, user in enumerate(users) if n % 4 == 0}
    for user, [connection] in online.items():
        stores.connections.add(user, connection)
    found = stores.connections.of(users)
    assert {user: here for user, here in found.items() if here} == online


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_a_hundred_users_take_one_request(stores: Stores, people: tuple[str, str]) -> None:
    with watched(stores.dynamo) as requests:
        stores.connections.of([f"u{number}.{people[0]}" for number in range(101)])
    assert requests.operations == ["BatchGetItem"] * 2


def test_a_socket_added_just_now_is_seen_when_asked_for_consistently(
    stores: Stores, people: tuple[str, str]
) -> None:
    stores.connections.add(people[0], _connection())
    found = stores.connections.of(people, consistent=True)
    assert found == {people[0]: [_connection()]}


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
@pytest.mark.parametrize("consistent", [True, False])
def test_only_what_is_asked_for_consistently_costs_double(
    stores: Stores, people: tuple[str, str], consistent: bool
) -> None:
    stores.connections.add(people[0], _connection())
    with watched(stores.dynamo) as requests:
        stores.connections.of([people[0]], consistent=consistent)
    assert requests.operations == ["BatchGetItem"]


@pytest.mark.parametrize("pages", [1, 2, PAGES_MAX])
def test_all_pages_together_find_everybody_once_with_all_their_sockets(
    stores: Stores, people: tuple[str, str], pages: int
) -> None:
    users = [f"u{number}.{people[0]}" for number in range(30)]
    for number, user in enumerate(users):
        for device in ("phone", "laptop")[: 1 + number % 2]:
            stores.connections.add(user, _connection(number, device))
    found: list[tuple[str, Connection]] = []
    for number in range(pages):
        for part in stores.connections.scan(Page(number, pages)):
            found += [(user, one) for user, sockets in part.items() for one in sockets]
    # Stores that are shared hold the sockets of other tests, too.
    mine = sorted(one for one in found if one[0] in users)
    assert mine == sorted(
        (user, _connection(number, device))
        for number, user in enumerate(users)
        for device in ("phone", "laptop")[: 1 + number % 2]
    )
    assert len(found) == len(set(found))


def test_the_counts_of_those_who_connected_are_nobody_who_is_online(
    stores: Stores, people: tuple[str, str]
) -> None:
    stores.connections.add(people[0], _connection())
    found = [user for part in stores.connections.scan(WHOLE) for user in part]
    assert people[0] in found
    assert not [user for user in found if user.startswith("~")]


def test_a_page_of_everybody_is_read_to_its_end_however_many_requests_it_takes() -> None:
    def item(number: int) -> dict[str, object]:
        sockets = {"SS": [_connection(number).encode()]}
        return {"user_id": {"S": f"user{number}"}, "sockets": sockets}

    dynamo = client(None)
    after = {"user_id": {"S": "user1"}}
    wire = Wire(
        answered({"Items": [item(1)], "LastEvaluatedKey": after}), answered({"Items": [item(2)]})
    )
    wire.under(dynamo)
    found = list(DynamoConnections(dynamo).scan(Page(3, 4)))
    assert found == [{"user1": [_connection(1)]}, {"user2": [_connection(2)]}]
    segments = {(request["Segment"], request["TotalSegments"]) for request in wire.requests}
    assert segments == {(3, 4)}
    assert [request.get("ExclusiveStartKey") for request in wire.requests] == [None, after]


def test_each_connection_is_counted_for_its_users_part_alone(
    stores: Stores, people: tuple[str, str]
) -> None:
    user = people[0]
    part = part_of(user)
    before = dict(stores.connections.counted())
    for device in ("phone", "laptop", "phone"):
        stores.connections.add(user, _connection(1, device))
    stores.connections.remove(user, [_connection(1)])
    after = dict(stores.connections.counted())
    assert after.pop(part) == before.pop(part, 0) + 3
    assert after == before


def test_no_connection_made_at_the_same_moment_is_left_out_of_the_count(
    stores: Stores, people: tuple[str, str]
) -> None:
    user, part = people[0], part_of(people[0])
    before = stores.connections.counted().get(part, 0)
    stores.each_at_once(lambda n: stores.connections.add(user, _connection(n)), range(4))
    assert stores.connections.counted()[part] == before + 4
