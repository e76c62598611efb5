"""Open sockets: as elements of a set, and which of them must go."""

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.connections import DEVICES_MAX, LIFETIME_MS, Connection, displaced_by, overtaken
from tests.fakes.clock import NOON
from tests.unit.making import socket

CONNECTIONS = st.builds(
    Connection,
    id=st.text("abcXYZ09_-=", min_size=1, max_size=20),
    expires_at=st.integers(0, 2**45),
    connected_at=st.integers(0, 2**45),
    device=st.text(min_size=1, max_size=64),
)


@given(CONNECTIONS)
def test_a_connection_survives_its_encoding_whatever_its_device_is_called(
    connection: Connection,
) -> None:
    assert Connection.decode(connection.encode()) == connection


def test_a_new_socket_displaces_the_older_one_of_its_device_alone() -> None:
    phone, desktop = socket("a", "phone", NOON - 2), socket("b", "desktop", NOON - 1)
    new = socket("c", "phone")
    assert displaced_by(new, [phone, desktop, new]) == [phone]


def test_a_first_socket_displaces_nothing() -> None:
    new = socket("a")
    assert displaced_by(new, [new]) == []


def test_a_socket_whose_time_is_over_goes_and_does_not_count() -> None:
    old = socket("old", "tablet", NOON - LIFETIME_MS)
    others = [socket(f"s{n}", f"d{n}", NOON - n) for n in range(1, DEVICES_MAX)]
    new = socket("new", "phone")
    assert displaced_by(new, [old, *others, new]) == [old]


def test_beyond_the_tenth_device_the_oldest_goes() -> None:
    others = [socket(f"s{n}", f"d{n}", NOON - n) for n in range(1, DEVICES_MAX + 1)]
    new = socket("new", "phone")
    assert displaced_by(new, [*others, new]) == [others[-1]]


@given(CONNECTIONS, st.lists(CONNECTIONS, max_size=30))
def test_what_is_left_keeps_to_the_rules(new: Connection, present: list[Connection]) -> None:
    gone = displaced_by(new, [*present, new])
    left = [other for other in present if other.id != new.id and other not in gone]
    assert new not in gone
    assert len(left) + 1 <= DEVICES_MAX
    assert all(other.device != new.device for other in left)
    assert all(other.expires_at > new.connected_at for other in left)


def test_only_a_newer_socket_of_the_same_device_has_overtaken() -> None:
    new = socket("b", "phone", NOON)
    present = [new, socket("a", "phone", NOON - 1), socket("c", "desktop", NOON + 1)]
    assert not overtaken(new, present)
    assert overtaken(new, [*present, socket("e", "phone", NOON + 1)])


def test_of_two_sockets_of_one_millisecond_exactly_one_has_overtaken() -> None:
    one, other = socket("a", "phone", NOON), socket("b", "phone", NOON)
    assert overtaken(one, [one, other])
    assert not overtaken(other, [one, other])
