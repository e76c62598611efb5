"""Single-use tickets, with which browsers open a WebSocket."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.client import HandshakeRefused
from tests.e2e.handshake import assert_refused, wait_for_time
from tests.e2e.people import Person, World
from tests.e2e.stack import ORIGIN
from tests.e2e.wire import Json, text


def _ticket(person: Person) -> str:
    ticket: str = person.api.post("/v1/ws-tickets")["ticket"]
    return ticket


def test_a_ticket_opens_one_socket_of_its_user(world: World, alice: Person, bob: Person) -> None:
    ticket = _ticket(alice)
    tab = world.open(ticket=ticket, origin=ORIGIN, device="browser")
    assert tab.ask("sendMessage", to=bob.id, **text("from a browser"))["seq"] == 1
    message = bob.open().ask("sync")["conversations"][0]["messages"][0]
    assert message["sender_id"] == alice.id
    assert_refused(world, ticket=ticket, origin=ORIGIN)
    assert tab.ask("ping")["now"]


def test_of_many_at_once_a_ticket_lets_one_in(world: World, alice: Person) -> None:
    ticket = _ticket(alice)

    def opened(_: int) -> bool:
        try:
            world.open(ticket=ticket)
        except HandshakeRefused as refusal:
            assert refusal.status == 403
            return False
        return True

    with ThreadPoolExecutor() as browsers:
        assert list(browsers.map(opened, range(6))).count(True) == 1


def test_an_invented_ticket_lets_nobody_in(world: World, alice: Person) -> None:
    ticket = _ticket(alice)
    for invented in ("x", ticket[:-1], ticket + "x", ticket.swapcase(), "TICKET", "#", "x" * 2000):
        assert_refused(world, ticket=invented)
    assert world.open(ticket=ticket).ask("ping")["now"]


def test_a_ticket_beside_a_token_lets_nobody_in(alice: Person) -> None:
    assert_refused(alice, ticket=_ticket(alice))


def test_a_ticket_says_when_it_ends_which_is_never_after_its_token(
    world: World, alice: Person
) -> None:
    before = int(time.time() * 1000)
    ticket = alice.api.post("/v1/ws-tickets")
    assert before + 55_000 < ticket["expires_at"] <= int(time.time() * 1000) + 60_000
    brief = world.api(alice.brief_token(30)).post("/v1/ws-tickets")
    assert brief["expires_at"] < before + 45_000


@pytest.mark.slow
def test_a_ticket_of_a_minute_ago_lets_nobody_in(world: World, early_ticket: Json) -> None:
    wait_for_time(early_ticket["expires_at"])
    assert_refused(world, ticket=early_ticket["ticket"])


def test_a_socket_lives_no_longer_than_the_token_that_its_ticket_was_made_with(
    world: World, alice: Person
) -> None:
    for seconds in (2, 4, 8, 16, 32):
        ticket = world.api(alice.brief_token(seconds)).post("/v1/ws-tickets")
        try:
            tab = world.open(ticket=ticket["ticket"])
            break
        except HandshakeRefused:
            continue
    wait_for_time(ticket["expires_at"])
    tab.send('{"action": "ping", "id": "late"}')
    assert tab.answer("ping")["error"]["code"] == "unauthenticated"
    assert tab.ended() == []
