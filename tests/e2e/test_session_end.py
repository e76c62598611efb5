"""A socket lives no longer than its token."""

from tests.e2e.handshake import open_briefly, wait_for_end
from tests.e2e.people import Person
from tests.e2e.wire import chat_of, text


def test_the_first_frame_after_the_tokens_end_is_refused_and_the_socket_closed(
    alice: Person, bob: Person
) -> None:
    socket, token = open_briefly(alice)
    assert socket.ask("ping")["now"]
    wait_for_end(alice, token)
    message = text("too late")
    socket.send_frame("late", "sendMessage", to=bob.id, **message)
    answer = socket.answer("sendMessage")
    assert (answer["type"], answer["id"]) == ("error", "late")
    assert answer["error"]["code"] == "unauthenticated"
    assert socket.ended() == []
    again = alice.open()
    assert again.ask("sync")["conversations"] == []
    assert again.ask("sendMessage", to=bob.id, **message)["duplicate"] is False


def test_the_fan_out_closes_a_socket_past_its_tokens_end_rather_than_push_to_it(
    alice: Person, bob: Person
) -> None:
    socket, token = open_briefly(alice)
    other, desk = alice.open(), bob.open()
    desk.ask("sendMessage", to=alice.id, **text("in time"))
    assert socket.expect("message.created")["seq"] == 1
    wait_for_end(alice, token)
    desk.ask("sendMessage", to=alice.id, **text("too late"))
    assert socket.ended() == [{"event": "session.closing", "reason": "expired"}]
    # The other device, whose token is good, has it.
    assert other.expect("message.created", seq=2)
    missed = alice.open().ask("sync", cursors={chat_of(alice.id, bob.id): 1})
    assert [one["seq"] for one in missed["conversations"][0]["messages"]] == [2]
