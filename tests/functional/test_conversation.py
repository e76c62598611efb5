"""Two people and their devices, from handshake to recall, through every function."""

import json
import time
from typing import Any

import pytest

from chirrup import bootstrap
from chirrup.domain.connections import LIFETIME_MS, Connection
from tests.functional.clients import Socket, http
from tests.functional.functions import Functions
from tests.support.connections_api import ConnectionsServer
from tests.support.issuer import Issuer

CHAT = "p_alice~bob"


@pytest.fixture
def now() -> int:
    """The functions run on the real clock."""
    return time.time_ns() // 1_000_000


class People:
    """Sockets by name, and what each was pushed."""

    def __init__(
        self, functions: Functions, issuer: Issuer, gateway: ConnectionsServer, now: int
    ) -> None:
        self._functions = functions
        self._issuer = issuer
        self._gateway = gateway
        self._now = now

    def token(self, user: str, **claims: Any) -> str:
        given: dict[str, Any] = {
            "sub": user,
            "name": user.capitalize(),
            "exp": self._now // 1000 + 3_600,
        }
        return self._issuer.token(**(given | claims))

    def socket(self, name: str) -> Socket:
        return Socket(self._functions, f"{name}=")

    def opened(self, user: str, device: str) -> Socket:
        socket = self.socket(f"{user}-{device}")
        assert socket.open(token=self.token(user), device=device) == 101
        return socket

    def pushed(self, socket: Socket) -> list[Any]:
        """Events that a socket got, in order."""
        frames = [json.loads(frame) for frame in self._gateway.frames(socket.id)]
        return [event for frame in frames if frame["type"] == "push" for event in frame["events"]]

    def http(self, user: str, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        end = self._now + 3_600_000
        return http(self._functions, method, path, user=user, expires_at=end, body=body)


@pytest.fixture
def people(functions: Functions, issuer: Issuer, gateway: ConnectionsServer, now: int) -> People:
    return People(functions, issuer, gateway, now)


def text(words: str, client_id: str = "c-1", **more: Any) -> dict[str, Any]:
    return {"client_id": client_id, "type": "text", "content": {"text": words}, **more}


def open_sockets(user: str) -> set[str]:
    return {one.id for one in bootstrap.connections().of([user]).get(user, [])}


def test_a_message_reaches_every_device_but_the_one_that_sent_it(people: People) -> None:
    phone, desktop = people.opened("alice", "phone"), people.opened("alice", "desktop")
    bob = people.opened("bob", "phone")
    ack = phone.ask("sendMessage", to="bob", **text("hi"))
    assert (ack["conversation_id"], ack["seq"], ack["duplicate"]) == (CHAT, 1, False)
    for socket in (desktop, bob):
        (event,) = people.pushed(socket)
        assert (event["event"], event["seq"]) == ("message.created", 1)
        assert event["message"]["content"] == {"text": "hi"}
    assert people.pushed(phone) == []


def test_who_was_away_catches_up_and_reads_and_the_sender_learns_of_it(people: People) -> None:
    people.opened("bob", "phone").close()
    alice = people.opened("alice", "phone")
    for number in range(3):
        alice.ask("sendMessage", to="bob", **text(f"text {number}", f"c-{number}"))
    bob = people.opened("bob", "phone")
    (chat,) = bob.ask("sync")["conversations"]
    assert [message["content"]["text"] for message in chat["messages"]] == [
        "text 0",
        "text 1",
        "text 2",
    ]
    assert (chat["unread"], chat["last_seq"]) == (3, 3)
    assert bob.ask("readConversation", conversation_id=CHAT, seq=3)["unread"] == 0
    (receipt,) = people.pushed(alice)
    assert (receipt["event"], receipt["user_id"], receipt["read_seq"]) == ("receipt.read", "bob", 3)
    assert bob.ask("sync", cursors={CHAT: 3})["conversations"] == []


def test_a_recall_takes_the_content_from_everywhere(people: People) -> None:
    alice, bob = people.opened("alice", "phone"), people.opened("bob", "phone")
    alice.ask("sendMessage", to="bob", **text("secret"))
    bob.ask("sendMessage", to="alice", **text("I see", quote={"seq": 1}))
    alice.ask("recallMessage", conversation_id=CHAT, seq=1)
    update = people.pushed(bob)[-1]
    assert (update["event"], update["seq"], update["message"]["seq"]) == ("message.updated", 3, 1)
    assert update["message"]["content"] == {}
    for answer in (
        bob.ask("history", conversation_id=CHAT),
        bob.ask("sync"),
        people.http("bob", "GET", f"/v1/conversations/{CHAT}/messages"),
        people.http("bob", "GET", "/v1/conversations"),
    ):
        assert "secret" not in json.dumps(answer)


def test_http_and_websocket_are_two_doors_to_the_same_house(people: People) -> None:
    bob = people.opened("bob", "phone")
    status, sent = people.http("alice", "POST", f"/v1/conversations/{CHAT}/messages", text("hi"))
    assert (status, sent["seq"]) == (201, 1)
    assert [event["event"] for event in people.pushed(bob)] == ["message.created"]
    status, again = people.http("alice", "POST", f"/v1/conversations/{CHAT}/messages", text("hi"))
    assert (status, again["duplicate"]) == (201, True)
    assert bob.ask("history", conversation_id=CHAT)["messages"][0]["content"] == {"text": "hi"}


def test_a_ticket_opens_one_socket_for_a_browser(people: People) -> None:
    status, body = people.http("alice", "POST", "/v1/ws-tickets")
    assert status == 201
    origin = "https://chat.example.com"
    browser = people.socket("browser")
    assert browser.open(ticket=body["ticket"], origin="https://evil.example") == 403
    assert browser.open(ticket=body["ticket"], origin=origin, device="browser") == 101
    assert browser.ask("ping")["now"] > 0
    assert people.socket("thief").open(ticket=body["ticket"], origin=origin) == 403


@pytest.mark.parametrize(
    "claims",
    [
        {"exp": 1_700_000_000},
        {"aud": "another-client"},
        {"iss": "https://elsewhere.example"},
        {"sub": "not a user id"},
        {"token_use": "refresh"},
    ],
)
def test_a_token_that_is_expired_foreign_or_of_another_use_opens_nothing(
    people: People, claims: dict[str, Any]
) -> None:
    assert people.socket("x").open(token=people.token("alice", **claims)) == 403
    assert open_sockets("alice") == set()


def test_a_forged_token_opens_nothing(people: People) -> None:
    header, payload, _ = people.token("alice").split(".")
    _, _, signature = people.token("bob").split(".")
    assert people.socket("x").open(token=f"{header}.{payload}.{signature}") == 403


def test_a_newer_socket_of_a_device_closes_the_older_and_its_late_end_does_no_harm(
    people: People, gateway: ConnectionsServer
) -> None:
    old, new = people.socket("old"), people.socket("new")
    for socket in (old, new):
        assert socket.open(token=people.token("alice"), device="phone") == 101
    assert people.pushed(old) == [{"event": "session.closing", "reason": "replaced"}]
    assert gateway.closed == ["old="]
    old.close()
    assert open_sockets("alice") == {"new="}


def test_the_eleventh_device_closes_the_oldest(people: People, gateway: ConnectionsServer) -> None:
    for number in range(11):
        people.opened("alice", f"device-{number}")
    assert gateway.closed == ["alice-device-0="]
    assert len(open_sockets("alice")) == 10


def test_a_frame_after_the_end_of_the_token_is_told_and_the_socket_closed(
    people: People, gateway: ConnectionsServer
) -> None:
    alice = people.opened("alice", "phone")
    assert alice.context is not None
    alice.context["expires_at"] = "1700000000000"
    assert alice.send({"action": "ping", "id": "r-9"}) is None
    (last,) = [json.loads(frame) for frame in gateway.frames(alice.id)]
    assert (last["id"], last["error"]["code"]) == ("r-9", "unauthenticated")
    assert gateway.closed == [alice.id]


def test_a_push_closes_what_has_ended_and_removes_what_is_gone(
    people: People, gateway: ConnectionsServer, now: int
) -> None:
    alice = people.opened("alice", "phone")
    people.opened("bob", "phone")
    people.opened("bob", "desktop")
    ended = Connection("ended=", now - 1, now - LIFETIME_MS, "tablet")
    bootstrap.connections().add("bob", ended)
    gateway.answers["bob-phone="] = [410]
    assert alice.ask("sendMessage", to="bob", **text("hi"))["seq"] == 1
    assert open_sockets("bob") == {"bob-desktop="}
    assert gateway.closed == ["ended="]
    (word,) = [json.loads(frame) for frame in gateway.frames("ended=")]
    assert word["events"] == [{"event": "session.closing", "reason": "expired"}]
    assert len(gateway.frames("bob-desktop=")) == 1


def test_a_gateway_that_fails_does_not_fail_the_send(
    people: People, gateway: ConnectionsServer
) -> None:
    alice = people.opened("alice", "phone")
    people.opened("bob", "phone")
    gateway.answers["bob-phone="] = [400]
    assert alice.ask("sendMessage", to="bob", **text("hi"))["seq"] == 1
    assert open_sockets("bob") == {"bob-phone="}


def test_typing_and_settings_reach_those_whom_they_concern(people: People) -> None:
    phone, desktop = people.opened("alice", "phone"), people.opened("alice", "desktop")
    bob = people.opened("bob", "phone")
    phone.ask("sendMessage", to="bob", **text("hi"))
    bob.ask("typing", conversation_id=CHAT)
    bob.ask("typing", conversation_id=CHAT)
    names = [event["event"] for event in people.pushed(phone)]
    assert names == ["typing"]
    status, _ = people.http("alice", "PATCH", f"/v1/conversations/{CHAT}", {"muted": True})
    assert status == 200
    assert people.pushed(desktop)[-1]["changes"] == {"muted": True}
    bob.ask("sendMessage", to="alice", **text("are you there?"))
    assert people.pushed(phone)[-1]["muted"] is True
    assert "conversation.updated" not in {event["event"] for event in people.pushed(bob)}


BAD = [
    ("", "invalid_frame"),
    ("nonsense", "invalid_frame"),
    ("[]", "invalid_frame"),
    ('{"action":"fly"}', "unknown_action"),
    ('{"action":"sendMessage","data":{}}', "invalid_request"),
    ('{"action":"sendMessage","data":{"to":"bob","seq":1}}', "invalid_request"),
    ('{"action":"history","data":{"conversation_id":"p_bob~carol"}}', "not_member"),
    ('{"action":"ping","data":{"\\ud800":1}}', "invalid_request"),
    ('{"action":"ping","\\ud800":1}', "invalid_frame"),
    ("x" * 33 * 1024, "payload_too_large"),
]


def test_after_any_number_of_bad_frames_the_socket_still_works_and_nothing_is_stored(
    people: People, gateway: ConnectionsServer
) -> None:
    alice = people.opened("alice", "phone")
    for body, code in BAD:
        reply = alice.send(body)
        assert (reply["type"], reply["error"]["code"]) == ("error", code)
    assert alice.ask("sync")["conversations"] == []
    assert gateway.closed == []
