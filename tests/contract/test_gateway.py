"""Gateway: the server side of one WebSocket."""

from collections.abc import Iterator

import pytest

from chirrup.ports import Gone, PushFailed
from tests.contract.sockets import Sockets, connections_api, fake_sockets

PHONE, LAPTOP = "L0SM9cOFvHcCIhw=", "L0SM9cOFvHcCIhx="


@pytest.fixture(params=[fake_sockets, connections_api])
def sockets(request: pytest.FixtureRequest) -> Iterator[Sockets]:
    """A gateway under test."""
    with request.param() as sockets:
        yield sockets


def test_frames_reach_their_connection_in_order(sockets: Sockets) -> None:
    for text in ("one", "zwölf 😀", "x" * 32_768):
        sockets.gateway.post(PHONE, text.encode())
    sockets.gateway.post(LAPTOP, b"other")
    assert sockets.frames(PHONE) == [b"one", "zwölf 😀".encode(), b"x" * 32_768]
    assert sockets.frames(LAPTOP) == [b"other"]


@pytest.mark.parametrize("id_", ["L0SM9cOFvHcCIhw=", "a+b/c==", "%2F", "a b", "ä~._-"])
def test_an_id_may_hold_any_character(sockets: Sockets, id_: str) -> None:
    sockets.gateway.post(id_, b"here")
    assert sockets.frames(id_) == [b"here"]
    sockets.gateway.close(id_)
    assert sockets.gone == {id_}


def test_a_post_to_a_connection_that_is_gone_says_so(sockets: Sockets) -> None:
    sockets.gone.add(PHONE)
    with pytest.raises(Gone):
        sockets.gateway.post(PHONE, b"late")
    sockets.gateway.post(LAPTOP, b"there")
    assert sockets.frames(PHONE) == []
    assert sockets.frames(LAPTOP) == [b"there"]


def test_a_post_that_fails_again_and_again_is_left_to_sync(sockets: Sockets) -> None:
    sockets.jammed.add(PHONE)
    with pytest.raises(PushFailed):
        sockets.gateway.post(PHONE, b"lost")
    sockets.gateway.post(LAPTOP, b"there")
    assert sockets.frames(PHONE) == []
    assert sockets.frames(LAPTOP) == [b"there"]


def test_a_closed_connection_is_gone(sockets: Sockets) -> None:
    sockets.gateway.post(PHONE, b"last")
    sockets.gateway.close(PHONE)
    with pytest.raises(Gone):
        sockets.gateway.post(PHONE, b"late")
    assert sockets.gone == {PHONE}


def test_closing_what_is_gone_is_no_error(sockets: Sockets) -> None:
    sockets.gone.add(PHONE)
    sockets.gateway.close(PHONE)
    sockets.gateway.close(LAPTOP)
    sockets.gateway.close(LAPTOP)
    assert sockets.gone == {PHONE, LAPTOP}
