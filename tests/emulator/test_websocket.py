"""The WebSocket gateway here does what AWS's does."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.emulator.gaps import Gaps, ask


def refusal(gaps: Gaps, query: str) -> tuple[int, str]:
    with pytest.raises(InvalidStatus) as refused:
        gaps.socket(query)
    response = refused.value.response
    assert response.body is not None
    return response.status_code, response.body.decode()


def test_handlers_of_one_function_run_side_by_side(gaps: Gaps) -> None:
    with ExitStack() as opened, ThreadPoolExecutor() as pool:
        sockets = [opened.enter_context(gaps.socket()) for _ in range(4)]

        def all_at_once() -> float:
            began = time.monotonic()
            list(pool.map(lambda socket: ask(socket, do="sleep", seconds=0.5), sockets))
            return time.monotonic() - began

        all_at_once()  # starts the processes
        # One after another they would take two seconds.
        assert all_at_once() < 1.5


def test_a_silent_handler_is_not_waited_for(gaps: Gaps) -> None:
    with gaps.socket(api="Bare") as socket:
        ask(socket)
        began = time.monotonic()
        for _ in range(40):
            ask(socket, quiet=True)
    # MiniStack's wait of 50 ms for each would alone take two seconds.
    assert time.monotonic() - began < 2


def test_logs_of_handlers_are_kept_by_both(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        ask(socket)
    gaps.logged(r"gaps-Message\S* frame on \$default")
    logs = gaps.client("logs")
    groups = [g["logGroupName"] for g in logs.describe_log_groups()["logGroups"]]
    group = next(name for name in groups if "Message" in name)
    events = logs.filter_log_events(logGroupName=group)["events"]
    assert any("frame on $default" in event["message"] for event in events)


@pytest.mark.parametrize("action", ["noResponse", "noExpression"])
def test_a_route_that_lacks_either_part_sends_no_reply(gaps: Gaps, action: str) -> None:
    with gaps.socket() as socket:
        socket.send(json.dumps({"action": action}))
        # Frames of a socket are handled in turn, so the first answer is that of the second frame.
        assert ask(socket)["route"] == "$default"


def test_a_failing_handler_shows_aws_s_frame_and_the_socket_lives_on(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        context = ask(socket, do="context")
        frame = ask(socket, do="crash")
        assert frame["message"] == "Internal server error"
        assert frame["connectionId"] == context["connectionId"]
        assert set(frame) == {"message", "connectionId", "requestId"}
        assert ask(socket)["route"] == "$default"
    gaps.logged("secret text")


def test_a_failing_handler_answers_even_on_a_silent_route(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        assert ask(socket, action="noExpression", do="crash")["message"] == "Internal server error"


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("?authorizer=deny", 403, "User is not authorized"),
        ("?authorizer=unauthorized", 401, "Unauthorized"),
        ("?authorizer=crash", 500, "Internal server error"),
        ("?connect=409", 409, "Conflict"),
        ("?connect=401", 401, "Unauthorized"),
        ("?connect=crash", 502, "Internal server error"),
    ],
)
def test_a_refused_handshake_tells_aws_s_status(
    gaps: Gaps, query: str, status: int, message: str
) -> None:
    found, body = refusal(gaps, query)
    assert found == status
    assert message in body
    assert "secret" not in body


def test_an_authorizer_without_identity_source_is_asked_without_a_header(gaps: Gaps) -> None:
    with gaps.socket("?ticket=t") as socket:
        assert ask(socket, do="context")["authorizer"]["n"] == "5"


def test_the_subprotocol_that_connect_picks_is_echoed(gaps: Gaps) -> None:
    with gaps.socket(subprotocols=["first", "second"]) as socket:
        assert socket.subprotocol == "second"


def test_connect_and_disconnect_do_not_fall_back_to_default(gaps: Gaps) -> None:
    before = gaps.log().count("frame on")
    with gaps.socket(api="Bare") as socket:
        ask(socket)
    with gaps.socket(api="Bare") as socket:
        ask(socket)
    assert gaps.log().count("frame on") == before + 2


def test_the_connection_keeps_its_id_and_its_time(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        first, second = ask(socket, do="context"), ask(socket, do="context")
    assert first["connectionId"] == second["connectionId"]
    assert first["connectionId"].endswith("=")
    assert first["connectedAt"] == second["connectedAt"]
    assert first["connectedAt"] <= first["requestTimeEpoch"] < second["requestTimeEpoch"]
    assert first["messageDirection"] == "IN"


def test_a_post_to_an_encoded_id_arrives(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        assert ask(socket, do="post") == {"pushed": True}


def test_disconnect_hears_the_code_and_the_reason(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        connection_id = ask(socket, do="context")["connectionId"]
        socket.close(4001, "enough")
    found = gaps.logged(rf'disconnected (.*"connectionId": "{connection_id}".*)')
    context = json.loads(found[1])
    assert context["disconnectStatusCode"] == 4001
    assert context["disconnectReason"] == "enough"


def test_a_frame_of_32_kb_passes_and_a_greater_one_closes(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        assert ask(socket, text="a" * (32 * 1024 - 12))["route"] == "$default"
        with pytest.raises(ConnectionClosed) as closed:
            ask(socket, text="a" * (32 * 1024))
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


def test_a_message_of_several_frames_may_be_greater_than_one(gaps: Gaps) -> None:
    text = json.dumps({"text": "a" * 60_000})
    with gaps.socket() as socket:
        socket.send([text[:30_000], text[30_000:]])
        assert json.loads(socket.recv(20))["route"] == "$default"


def test_a_binary_frame_closes(gaps: Gaps) -> None:
    with gaps.socket() as socket:
        socket.send(b"{}")
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(20)
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1003
