"""Which web pages may open a WebSocket."""

from tests.e2e.handshake import assert_refused
from tests.e2e.people import Person, World
from tests.e2e.stack import ORIGIN

FOREIGN = (
    "https://evil.example.com",
    f"{ORIGIN}.evil.example.com",
    f"{ORIGIN}:8443",
    ORIGIN.replace("https", "http"),
    ORIGIN.upper(),
    "null",
    "*",
)


def test_an_allowed_page_and_a_client_that_is_no_page_may_connect(alice: Person) -> None:
    assert alice.open(origin=ORIGIN).ask("ping")["now"]
    assert alice.open().ask("ping")["now"]


def test_a_foreign_page_may_not(alice: Person) -> None:
    for origin in FOREIGN:
        assert_refused(alice, origin=origin)


def test_a_foreign_page_does_not_use_a_ticket_up(world: World, alice: Person) -> None:
    ticket = alice.api.post("/v1/ws-tickets")["ticket"]
    assert_refused(world, ticket=ticket, origin="https://evil.example.com")
    assert world.open(ticket=ticket, origin=ORIGIN).ask("ping")["now"]
