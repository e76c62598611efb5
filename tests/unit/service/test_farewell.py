"""A word before a socket is closed."""

import pytest

from chirrup.domain.events import SessionClosing
from chirrup.service.farewell import Farewell
from tests.fakes import FakeClock, FakeGateway


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def farewell(gateway: FakeGateway) -> Farewell:
    return Farewell(gateway=gateway, encode=lambda event: repr(event).encode(), clock=FakeClock())


def test_a_device_is_told_why_and_then_closed(farewell: Farewell, gateway: FakeGateway) -> None:
    event = SessionClosing("replaced")
    farewell.close("a=", event)
    assert gateway.frames == {"a=": [repr(event).encode()]}
    assert gateway.closed == ["a="]


def test_a_frame_of_any_kind_may_be_the_last(farewell: Farewell, gateway: FakeGateway) -> None:
    farewell.close_with("a=", b"the end")
    assert gateway.frames == {"a=": [b"the end"]}


def test_what_cannot_be_told_is_closed_all_the_same(
    farewell: Farewell, gateway: FakeGateway
) -> None:
    gateway.failing.add("a=")
    farewell.close_with("a=", b"the end")
    assert gateway.closed == ["a="]
    gateway.gone.add("b=")
    farewell.close_with("b=", b"the end")
    assert gateway.closed == ["a="]
