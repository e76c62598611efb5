"""What the functions do not write to their logs."""

from uuid import uuid4

from tests.e2e.http import in_chat
from tests.e2e.people import Person, World
from tests.e2e.wire import chat_of, refused, text


def test_neither_tokens_nor_tickets_nor_what_people_write_are_logged(
    world: World, alice: Person, bob: Person
) -> None:
    ticket = alice.api.post("/v1/ws-tickets")["ticket"]
    secret = f"secret{uuid4().hex}"
    chat = chat_of(alice.id, bob.id)
    tab, phone = world.open(ticket=ticket), alice.open()
    tab.ask("sendMessage", to=bob.id, **text(secret))
    phone.ask("editMessage", conversation_id=chat, seq=1, content={"text": f"{secret}!"})
    with refused("invalid_request"):
        phone.ask("sendMessage", to=bob.id, **text("x", secret=secret))
    with refused("invalid_request"):
        alice.api.patch(in_chat(chat, "messages", 1), {"content": {"words": secret}})
    alice.api.patch(in_chat(chat), {"draft": secret})
    logged = world.stack.places.function_log.read_text(encoding="utf-8")
    assert "chirrup-ws-message done" in logged
    for word in (ticket, secret, alice.token.rpartition(".")[2]):
        assert word not in logged
