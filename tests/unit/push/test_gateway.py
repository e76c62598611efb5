"""Delivering to connections through a gateway that does all that AWS's may do."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from chirrup.ports.fanout import Outcome, Parcel
from chirrup.push.gateway import ConnectionsApi
from chirrup.push.patience import Patience
from chirrup.push.sigv4 import Credentials
from chirrup.push.slow import KNOWN_MS
from tests.fakes import FakeClock
from tests.fakes.clock import NOON
from tests.fakes.gateway import GatewayDouble, How, ManualClock, Reply, gateway_double
from tests.fakes.gateway.signatures import Verifier
from tests.support.servers import free_port

PHONE, LAPTOP = "L0SM9cOFvHcCIhw=", "L0SM9cOFvHcCIhx="
CREDENTIALS = Credentials("AKID", "secret", "a/session+token==")
REGION = "eu-central-1"
FRAME = '{"type":"push","events":["ü"]}'.encode()
SWIFT = Patience(pause_ms=0, answer_s=0.2, slow_s=0.05)
"""Waits for no longer than a test should take."""
FAR = NOON + 60_000


class Gateway:
    """The client, the gateway, and the time of both."""

    def __init__(self, double: GatewayDouble, url: str, patience: Patience) -> None:
        self.double = double
        self.clock = FakeClock()
        self.api = ConnectionsApi(url, CREDENTIALS, REGION, self.clock, patience)
        double.open(PHONE, LAPTOP)

    def post(self, *frames: bytes, to: str = PHONE, closing: bool = False) -> Outcome:
        (outcome,) = self.api.deliver([Parcel(to, frames, closing)], FAR)
        return outcome

    def got(self, connection_id: str = PHONE) -> list[bytes]:
        return self.double.frames(connection_id)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    verifier = Verifier(*CREDENTIALS, region=REGION)
    with gateway_double(ManualClock(NOON), verifier) as (double, url):
        made = Gateway(double, url, SWIFT)
        yield made
        made.api.close()


def test_a_frame_arrives_as_it_is_and_properly_signed(gateway: Gateway) -> None:
    assert gateway.post(FRAME) is Outcome.PUSHED
    assert gateway.got() == [FRAME]
    (request,) = gateway.double.requests
    assert (request.method, request.path) == ("POST", "/v1/@connections/L0SM9cOFvHcCIhw%3D")


def test_frames_of_one_connection_arrive_in_their_order(gateway: Gateway) -> None:
    frames = [f"frame {number}".encode() for number in range(50)]
    assert gateway.post(*frames) is Outcome.PUSHED
    assert gateway.got() == frames
    assert gateway.double.counts["sockets"] == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_tried_again(gateway: Gateway, status: int) -> None:
    gateway.double.script(PHONE, [Reply(status)] * (SWIFT.attempts - 1))
    assert gateway.post(FRAME, b"next") is Outcome.PUSHED
    assert gateway.got() == [FRAME, b"next"]


@pytest.mark.parametrize("how", [How.RESET, How.CUT])
def test_a_broken_socket_costs_no_frame(gateway: Gateway, how: How) -> None:
    gateway.double.script(PHONE, [Reply(how=how)] * (SWIFT.attempts - 1))
    assert gateway.post(FRAME) is Outcome.PUSHED
    assert FRAME in gateway.got()


def test_a_frame_that_arrived_before_the_socket_broke_comes_twice_rather_than_not(
    gateway: Gateway,
) -> None:
    gateway.double.script(PHONE, [Reply(how=How.RESET_AFTER)])
    assert gateway.post(FRAME) is Outcome.PUSHED
    assert gateway.got() == [FRAME, FRAME]


@pytest.mark.parametrize("reply", [Reply(503), Reply(429), Reply(how=How.RESET)])
def test_what_does_not_pass_is_left_to_sync(gateway: Gateway, reply: Reply) -> None:
    gateway.double.script(PHONE, [reply] * 99)
    assert gateway.post(FRAME, b"next") is Outcome.FAILED
    assert gateway.got() == []
    assert gateway.post(FRAME, to=LAPTOP) is Outcome.PUSHED


@pytest.mark.parametrize("status", [301, 400, 403, 404, 413])
def test_what_is_refused_is_not_tried_again(gateway: Gateway, status: int) -> None:
    gateway.double.script(PHONE, [Reply(status)] * 9)
    assert gateway.post(FRAME, b"next") is Outcome.FAILED
    assert len(gateway.double.requests) == 1


def test_a_connection_that_is_gone_is_said_to_be_and_asked_no_more(gateway: Gateway) -> None:
    gateway.double.gone(PHONE)
    assert gateway.post(FRAME, b"next") is Outcome.GONE
    assert len(gateway.double.requests) == 1


def test_one_that_goes_between_two_attempts_or_frames_is_gone(gateway: Gateway) -> None:
    gateway.double.script(PHONE, [Reply(503), Reply(410)])
    assert gateway.post(FRAME) is Outcome.GONE
    gateway.double.script(LAPTOP, [Reply(200), Reply(410)])
    assert gateway.post(FRAME, b"next", to=LAPTOP) is Outcome.GONE
    assert gateway.got(LAPTOP) == [FRAME]


def test_one_that_gives_no_answer_is_tried_twice_and_then_not_waited_for(
    gateway: Gateway,
) -> None:
    gateway.double.script(PHONE, [Reply(how=How.STALL)] * 9)
    assert gateway.post(FRAME) is Outcome.SLOW
    assert len(gateway.double.requests) == 2
    # Known to be slow: its frames are sent, but nobody waits and nothing is repeated.
    assert gateway.post(b"next") is Outcome.SLOW
    assert len(gateway.double.requests) == 3
    gateway.double.script(PHONE, [])
    assert gateway.post(b"well again") is Outcome.PUSHED


def test_one_that_was_slow_long_ago_is_given_its_time_again(gateway: Gateway) -> None:
    gateway.double.script(PHONE, [Reply(how=How.STALL)] * 4)
    assert gateway.post(FRAME) is Outcome.SLOW
    gateway.clock.advance(KNOWN_MS)
    far = gateway.clock.now() + 60_000
    gateway.double.clock.advance(KNOWN_MS)  # type: ignore[attr-defined]
    assert gateway.api.deliver([Parcel(PHONE, [FRAME])], far) == [Outcome.SLOW]
    assert len(gateway.double.requests) == 4


def test_whoever_must_wait_holds_up_nobody_else(gateway: Gateway) -> None:
    """As many answers are held back as the client has sockets, save one: the rest goes on."""
    ids = [f"L0SM9cOF{number:07d}=" for number in range(300)]
    gateway.double.open(*ids)
    held = ids[: SWIFT.width - 1]
    for id_ in held:
        gateway.double.script(id_, [Reply(latency_ms=5_000)])
    parcels = [Parcel(id_, [FRAME]) for id_ in ids]
    patient = Patience(pause_ms=0, answer_s=30, width=SWIFT.width)
    with ThreadPoolExecutor(1) as pool:
        gateway.api._patience = patient
        clock = gateway.double.clock
        assert isinstance(clock, ManualClock)
        delivery = pool.submit(gateway.api.deliver, parcels, FAR)
        clock.wait_for(len(held))
        gateway.double.wait_for_frames(len(ids))
        assert not delivery.done()
        clock.advance(5_000)
        assert delivery.result() == [Outcome.PUSHED] * len(ids)
    assert gateway.double.most <= SWIFT.width


@pytest.mark.parametrize("how", [How.CHUNKED, How.UNSIZED, How.HANG_UP])
def test_answers_of_any_shape_are_understood(gateway: Gateway, how: How) -> None:
    gateway.double.script(PHONE, [Reply(how=how, inform=True)] * 5)
    assert gateway.post(*[FRAME] * 5) is Outcome.PUSHED
    assert gateway.got() == [FRAME] * 5


def test_a_body_that_comes_later_is_not_waited_for(gateway: Gateway) -> None:
    gateway.double.script(PHONE, [Reply(how=How.SLOW_BODY, latency_ms=99_000)] * 3)
    assert gateway.post(*[FRAME] * 3) is Outcome.PUSHED
    assert gateway.double.counts["sockets"] == 3


def test_sockets_are_kept_from_one_delivery_to_the_next(gateway: Gateway) -> None:
    gateway.double.script(PHONE, [Reply(), Reply(429), Reply(), Reply(400), Reply()])
    for _ in range(4):
        gateway.post(FRAME)
    assert gateway.double.counts["sockets"] == 1
    assert len(gateway.double.requests) == 5


def test_a_socket_that_was_closed_while_nobody_used_it_costs_no_attempt(gateway: Gateway) -> None:
    gateway.double.script(PHONE, [Reply(how=How.HANG_UP)] * 3)
    for _ in range(3):
        assert gateway.post(FRAME) is Outcome.PUSHED
    assert gateway.got() == [FRAME] * 3


def test_what_is_not_begun_when_the_time_is_over_is_late(gateway: Gateway) -> None:
    parcels = [Parcel(PHONE, [FRAME]), Parcel(LAPTOP, [FRAME])]
    assert gateway.api.deliver(parcels, NOON) == [Outcome.LATE] * 2
    assert gateway.double.requests == []


def test_a_connection_is_closed_after_its_last_frame(gateway: Gateway) -> None:
    assert gateway.post(b"the end", closing=True) is Outcome.PUSHED
    assert gateway.got() == [b"the end"]
    assert gateway.double.closed == [PHONE]


@pytest.mark.parametrize("reply", [Reply(503), Reply(403), Reply(how=How.RESET)])
def test_one_that_cannot_be_told_is_closed_all_the_same(gateway: Gateway, reply: Reply) -> None:
    attempts = 1 if reply.status == 403 else SWIFT.attempts
    gateway.double.script(PHONE, [reply] * attempts)
    gateway.post(b"the end", closing=True)
    assert gateway.double.closed == [PHONE]


@pytest.mark.parametrize("reply", [Reply(503), Reply(429), Reply(how=How.RESET)])
def test_closing_is_tried_again_too(gateway: Gateway, reply: Reply) -> None:
    gateway.double.script(PHONE, [Reply(), *[reply] * (SWIFT.attempts - 1), Reply(204)])
    gateway.post(b"the end", closing=True)
    assert gateway.double.closed == [PHONE]


def test_closing_what_is_gone_is_no_error(gateway: Gateway) -> None:
    gateway.double.gone(PHONE)
    assert gateway.post(b"the end", closing=True) is Outcome.GONE


def test_a_server_that_is_not_there_is_given_up() -> None:
    url = f"http://127.0.0.1:{free_port()}/v1"
    api = ConnectionsApi(url, CREDENTIALS, REGION, FakeClock(), SWIFT)
    parcels = [Parcel(PHONE, [FRAME], closing=True), Parcel(LAPTOP, [FRAME])]
    assert api.deliver(parcels, FAR) == [Outcome.PUSHED, Outcome.FAILED]
    api.close()


def test_each_attempt_is_signed_for_its_own_second(gateway: Gateway) -> None:
    gateway.post(FRAME)
    gateway.clock.advance(1_000)
    gateway.post(FRAME)
    first, second = gateway.double.requests
    assert first.headers["x-amz-date"] != second.headers["x-amz-date"]


def test_threads_may_share_it(gateway: Gateway) -> None:
    frames = [b"%d" % number for number in range(100)]
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(gateway.post, frames)) == {Outcome.PUSHED}
    assert sorted(gateway.got()) == sorted(frames)
