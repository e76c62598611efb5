"""Gateway: the server side of all WebSockets."""

from collections.abc import Iterator

import pytest

from chirrup.ports.fanout import Outcome, Parcel
from tests.contract.sockets import Sockets, connections_api, fake_sockets
from tests.fakes import FakeClock

PHONE, LAPTOP = "L0SM9cOFvHcCIhw=", "L0SM9cOFvHcCIhx="


@pytest.fixture(params=[fake_sockets, connections_api])
def sockets(request: pytest.FixtureRequest) -> Iterator[Sockets]:
    """A gateway under test."""
    with request.param() as sockets:
        yield sockets


def test_frames_reach_their_connection_in_order(sockets: Sockets) -> None:
    frames = [b"one", "zwölf 😀".encode(), b"x" * 32_768]
    assert sockets.post(PHONE, *frames) is Outcome.PUSHED
    assert sockets.post(LAPTOP, b"other") is Outcome.PUSHED
    assert sockets.frames(PHONE) == frames
    assert sockets.frames(LAPTOP) == [b"other"]


def test_each_parcel_has_its_own_outcome_however_many_there_are(sockets: Sockets) -> None:
    ids = [f"L0SM9cOF{number:07d}=" for number in range(300)]
    sockets.gone.update(ids[::3])
    sockets.jammed.update(ids[1::3])
    parcels = [Parcel(id_, [id_.encode()]) for id_ in ids]
    outcomes = sockets.gateway.deliver(parcels, FakeClock().now() + 60_000)
    assert outcomes == [Outcome.GONE, Outcome.FAILED, Outcome.PUSHED] * 100
    assert [id_ for id_ in ids if sockets.frames(id_)] == ids[2::3]
    assert all(sockets.frames(id_) == [id_.encode()] for id_ in ids[2::3])


def test_nothing_to_deliver_is_no_error(sockets: Sockets) -> None:
    assert sockets.gateway.deliver([], FakeClock().now()) == []


@pytest.mark.parametrize("id_", ["L0SM9cOFvHcCIhw=", "a+b/c==", "%2F", "a b", "ä~._-"])
def test_an_id_may_hold_any_character(sockets: Sockets, id_: str) -> None:
    sockets.post(id_, b"here", closing=True)
    assert sockets.frames(id_) == [b"here"]
    assert sockets.gone == {id_}


def test_a_connection_that_is_gone_gets_no_more_and_stops_no_other(sockets: Sockets) -> None:
    sockets.gone.add(PHONE)
    assert sockets.post(PHONE, b"late", b"later") is Outcome.GONE
    assert sockets.post(LAPTOP, b"there") is Outcome.PUSHED
    assert sockets.frames(PHONE) == []


def test_what_fails_again_and_again_is_left_to_sync(sockets: Sockets) -> None:
    sockets.jammed.add(PHONE)
    assert sockets.post(PHONE, b"lost") is Outcome.FAILED
    assert sockets.post(LAPTOP, b"there") is Outcome.PUSHED
    assert sockets.frames(PHONE) == []


def test_a_closed_connection_is_gone(sockets: Sockets) -> None:
    sockets.post(PHONE, b"last", closing=True)
    assert sockets.post(PHONE, b"late") is Outcome.GONE
    assert sockets.gone == {PHONE}


def test_a_connection_is_closed_even_if_it_cannot_be_told_why(sockets: Sockets) -> None:
    sockets.jammed.add(PHONE)
    sockets.post(PHONE, b"last", closing=True)
    assert PHONE in sockets.gone
    assert sockets.frames(PHONE) == []


def test_closing_what_is_gone_is_no_error(sockets: Sockets) -> None:
    sockets.gone.add(PHONE)
    for _ in range(2):
        sockets.post(PHONE, b"last", closing=True)
        sockets.post(LAPTOP, closing=True)
    assert sockets.gone == {PHONE, LAPTOP}
