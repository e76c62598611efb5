"""Who may open a socket, on which device, and when it ends."""

import hashlib
import json

import pytest

from chirrup.domain.connections import DEVICES_MAX, LIFETIME_MS
from chirrup.domain.errors import ErrorCode
from chirrup.ports import Identity
from chirrup.service.sessions import (
    TICKET_MS,
    Admission,
    TicketOffice,
    lifetime_end,
)
from tests.fakes import FakeClock, FakeTables, FakeTickets, FakeTokens
from tests.fakes.clock import NOON
from tests.unit.making import refused, socket
from tests.unit.world import ALICE, World

HOUR_MS = 60 * 60 * 1000
IDENTITY = Identity("alice", NOON + HOUR_MS, "Alice", "https://example.com/a.png")


class Door:
    """Admission and tickets on one table."""

    def __init__(self, *origins: str) -> None:
        self.tables = FakeTables()
        self.clock = FakeClock()
        self.tokens = FakeTokens(IDENTITY)
        tickets = FakeTickets(self.tables)
        self.office = TicketOffice(tickets=tickets, clock=self.clock)
        self.admission = Admission(
            tokens=self.tokens,
            tickets=tickets,
            clock=self.clock,
            allowed_origins=frozenset(origins or ("https://chat.example.com",)),
        )

    def admit(
        self, *, token: str | None = None, ticket: str | None = None, origin: str | None = None
    ) -> Identity:
        return self.admission.admit(token=token, ticket=ticket, origin=origin)


@pytest.fixture
def door() -> Door:
    return Door()


def reasons(world: World, connection_id: str) -> list[str]:
    """Why a connection was closed, as it was told."""
    frames = [json.loads(frame) for frame in world.gateway.frames.get(connection_id, [])]
    return [event["reason"] for frame in frames for event in frame["events"]]


def test_a_valid_token_opens_a_socket(door: Door) -> None:
    assert door.admit(token="token-alice") == IDENTITY


def test_an_invalid_token_does_not(door: Door) -> None:
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit(token="token-mallory")


def test_when_the_issuer_is_away_nobody_is_let_in_by_chance(door: Door) -> None:
    door.tokens.unavailable = True
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        door.admit(token="token-alice")


def test_a_ticket_opens_one_socket(door: Door) -> None:
    ticket = door.office.issue(IDENTITY).ticket
    assert door.admit(ticket=ticket) == IDENTITY
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit(ticket=ticket)


def test_a_ticket_is_good_for_a_minute(door: Door) -> None:
    issued = [door.office.issue(IDENTITY) for _ in range(2)]
    assert {ticket.expires_at for ticket in issued} == {NOON + TICKET_MS}
    door.clock.advance(TICKET_MS - 1)
    assert door.admit(ticket=issued[0].ticket)
    door.clock.advance(1)
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit(ticket=issued[1].ticket)


def test_a_ticket_ends_with_the_token_that_it_was_made_from(door: Door) -> None:
    ticket = door.office.issue(Identity("alice", NOON + 10_000))
    assert ticket.expires_at == NOON + 10_000
    door.clock.advance(10_000)
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit(ticket=ticket.ticket)


def test_a_ticket_that_has_outlived_its_token_is_worth_nothing(door: Door) -> None:
    hashed = hashlib.sha256(b"a-ticket").hexdigest()
    FakeTickets(door.tables).issue(hashed, Identity("alice", NOON), NOON + TICKET_MS)
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit(ticket="a-ticket")


def test_only_the_hash_of_a_ticket_is_kept_and_no_two_are_alike(door: Door) -> None:
    tickets = {door.office.issue(IDENTITY).ticket for _ in range(50)}
    assert len(tickets) == 50
    assert all(ticket not in repr(door.tables) for ticket in tickets)
    assert all(len(ticket) >= 43 for ticket in tickets)


@pytest.mark.parametrize("ticket", ["", "unknown", "token-alice", "x" * 10_000])
def test_an_unknown_ticket_opens_nothing(door: Door, ticket: str) -> None:
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit(ticket=ticket)


def test_one_credential_it_must_be_and_a_ticket_is_not_used_up_by_a_mistake(door: Door) -> None:
    ticket = door.office.issue(IDENTITY).ticket
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit()
    with refused(ErrorCode.UNAUTHENTICATED):
        door.admit(token="token-alice", ticket=ticket)
    with refused(ErrorCode.FORBIDDEN):
        door.admit(ticket=ticket, origin="https://evil.example.com")
    assert door.admit(ticket=ticket) == IDENTITY


@pytest.mark.parametrize("origin", [None, "", "https://chat.example.com"])
def test_native_clients_and_allowed_origins_come_in(door: Door, origin: str | None) -> None:
    assert door.admit(token="token-alice", origin=origin) == IDENTITY


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.com",
        "http://chat.example.com",
        "https://chat.example.com:8443",
        "https://chat.example.com.evil.com",
        "https://chat.example.com/",
        "null",
        "*",
    ],
)
def test_foreign_origins_stay_out(door: Door, origin: str) -> None:
    with refused(ErrorCode.FORBIDDEN):
        door.admit(token="token-alice", origin=origin)


def test_where_any_origin_is_allowed_every_one_is() -> None:
    assert Door("*").admit(token="token-alice", origin="https://anywhere.example") == IDENTITY


def test_a_socket_ends_with_its_token_or_after_two_hours() -> None:
    assert lifetime_end(IDENTITY, NOON) == NOON + HOUR_MS
    assert lifetime_end(Identity("alice", NOON + 24 * HOUR_MS), NOON) == NOON + LIFETIME_MS
    assert LIFETIME_MS == 2 * HOUR_MS


def test_the_first_socket_makes_the_profile_from_the_claims() -> None:
    world = World()
    world.tables.profiles.clear()
    world.sessions.open(IDENTITY, socket())
    profile = world.tables.profiles["alice"]
    assert (profile.name, profile.picture) == ("Alice", "https://example.com/a.png")
    assert profile.created_at == NOON
    world.sessions.open(Identity("dan", NOON + HOUR_MS), socket("two="))
    assert world.tables.profiles["dan"].name == "dan"


def test_a_later_socket_leaves_the_profile_as_its_user_has_made_it() -> None:
    world = World()
    world.users.change("alice", {"name": "Al"})
    world.sessions.open(IDENTITY, socket())
    assert world.tables.profiles["alice"].name == "Al"


def test_a_device_has_one_socket_and_the_older_is_told_and_closed() -> None:
    world = World()
    old, new = socket("old="), socket("new=", connected_at=NOON + 5)
    world.sessions.open(IDENTITY, old)
    world.sessions.open(IDENTITY, new)
    assert world.tables.sockets["alice"] == {new}
    assert reasons(world, "old=") == ["replaced"]
    assert world.gateway.closed == ["old="]


def test_other_devices_and_other_users_stay() -> None:
    world = World()
    world.sessions.open(IDENTITY, socket("a="))
    world.sessions.open(IDENTITY, socket("b=", "desktop"))
    world.sessions.open(Identity("bob", NOON + HOUR_MS), socket("c="))
    assert len(world.tables.sockets["alice"]) == 2
    assert len(world.tables.sockets["bob"]) == 1
    assert world.gateway.closed == []


def test_an_eleventh_device_closes_the_oldest() -> None:
    world = World()
    for number in range(DEVICES_MAX + 1):
        device = socket(f"{number}=", f"device {number}", NOON + number)
        world.sessions.open(IDENTITY, device)
    assert len(world.tables.sockets["alice"]) == DEVICES_MAX
    assert world.gateway.closed == ["0="]
    assert reasons(world, "0=") == ["too_many_devices"]


def test_a_socket_whose_time_is_over_is_cleared_away_by_the_next() -> None:
    world = World()
    world.sessions.open(IDENTITY, socket("a=", connected_at=NOON - LIFETIME_MS))
    world.sessions.open(IDENTITY, socket("b=", "desktop"))
    assert reasons(world, "a=") == ["expired"]
    assert [one.id for one in world.tables.sockets["alice"]] == ["b="]


@pytest.mark.parametrize("state", ["gone", "failing"])
def test_an_older_socket_that_cannot_be_told_is_closed_all_the_same(state: str) -> None:
    world = World()
    world.sessions.open(IDENTITY, socket("old="))
    getattr(world.gateway, state).add("old=")
    world.sessions.open(IDENTITY, socket("new=", connected_at=NOON + 5))
    assert [one.id for one in world.tables.sockets["alice"]] == ["new="]


def test_a_late_end_of_an_old_socket_leaves_the_new_one() -> None:
    world = World()
    old, new = socket("old="), socket("new=", connected_at=NOON + 5)
    world.sessions.open(IDENTITY, old)
    world.sessions.open(IDENTITY, new)
    world.forgetting.close("alice", old)
    assert world.tables.sockets["alice"] == {new}
    world.forgetting.close("alice", new)
    world.forgetting.close("alice", new)
    assert world.tables.sockets["alice"] == set()


def test_a_socket_whose_token_has_ended_is_told_closed_and_forgotten() -> None:
    world = World()
    connection = socket("alice-phone=")
    world.sessions.open(IDENTITY, connection)
    world.sessions.expire(ALICE, connection, b"the last word")
    assert world.gateway.frames["alice-phone="] == [b"the last word"]
    assert world.gateway.closed == ["alice-phone="]
    assert world.tables.sockets["alice"] == set()


def test_of_two_sockets_of_a_device_at_once_the_one_noted_second_stays() -> None:
    world = World()
    begun: list[str] = []
    second = socket("b=")

    def meanwhile(step: str) -> None:
        if step == "after add connection" and not begun:
            begun.append(step)
            world.sessions.open(IDENTITY, second)

    world.tables.hook = meanwhile
    world.sessions.open(IDENTITY, socket("a="))
    assert world.tables.sockets["alice"] == {second}
    assert world.gateway.closed == ["a="]


def test_a_handshake_that_a_newer_one_of_its_device_has_overtaken_is_refused() -> None:
    world = World()
    newer = socket("b=", connected_at=NOON + 5)
    world.sessions.open(IDENTITY, newer)
    with refused(ErrorCode.CONFLICT):
        world.sessions.open(IDENTITY, socket("a="))
    assert world.tables.sockets["alice"] == {newer}
    assert world.gateway.closed == []
