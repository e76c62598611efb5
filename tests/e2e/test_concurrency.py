"""Many senders in one conversation at once: seqs stay dense, nothing is lost or doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.e2e.client import Socket, retrying
from tests.e2e.http import in_chat
from tests.e2e.people import Person
from tests.e2e.wire import Json, chat_of, text

SENDERS = 50
DEVICES = 4
"""WebSockets of each user; the other senders go over HTTP, since every socket is pushed to."""
EACH = 2

Send = Callable[[Json], Json]


def _over_socket(socket: Socket, chat: str, message: Json) -> Json:
    return socket.ask("sendMessage", conversation_id=chat, **message)


def _ways(person: Person, chat: str) -> list[Send]:
    """Half of the senders: some devices with a socket each, the rest over HTTP."""
    sockets = [person.open(f"device-{number}") for number in range(DEVICES)]
    post: Send = partial(person.api.post, in_chat(chat, "messages"))
    over_sockets: list[Send] = [partial(_over_socket, one, chat) for one in sockets]
    return over_sockets + [post] * (SENDERS // 2 - DEVICES)


def test_50_concurrent_senders_leave_no_hole_and_no_double(alice: Person, bob: Person) -> None:
    chat = chat_of(alice.id, bob.id)
    ways = _ways(alice, chat) + _ways(bob, chat)

    def send(way: Send) -> list[tuple[str, int]]:
        sent = []
        for _ in range(EACH):
            message = text("all at once")
            ack = retrying(partial(way, message))
            assert ack["duplicate"] is False
            sent.append((message["client_id"], ack["seq"]))
        return sent

    with ThreadPoolExecutor(SENDERS) as senders:
        acked = [one for sent in senders.map(send, ways) for one in sent]
    assert len(ways) == SENDERS
    assert sorted(seq for _, seq in acked) == list(range(1, SENDERS * EACH + 1))
    page = alice.api.get(in_chat(chat, "messages"), limit=200)
    stored = [(one["client_id"], one["seq"]) for one in page["messages"]]
    assert stored == sorted(acked, key=lambda one: one[1])
    view = alice.api.get(in_chat(chat))
    assert view["last_seq"] == SENDERS * EACH
    assert view["preview"]["seq"] == SENDERS * EACH
    # Everyone has read what stands below their own last message.
    for person in (alice, bob):
        mine = max(one["seq"] for one in page["messages"] if one["sender_id"] == person.id)
        assert person.api.get(in_chat(chat))["unread"] == SENDERS * EACH - mine


def test_the_same_message_from_many_senders_at_once_is_stored_once(
    alice: Person, bob: Person
) -> None:
    chat = chat_of(alice.id, bob.id)
    ways = _ways(alice, chat)
    message = text("once")
    with ThreadPoolExecutor(len(ways)) as senders:
        acks = list(senders.map(lambda way: retrying(partial(way, message)), ways))
    assert {ack["seq"] for ack in acks} == {1}
    assert [ack["duplicate"] for ack in acks].count(False) == 1
    assert len(alice.api.get(in_chat(chat, "messages"))["messages"]) == 1
    assert bob.api.get(in_chat(chat))["unread"] == 1
