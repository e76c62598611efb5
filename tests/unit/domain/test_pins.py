"""What is pinned, and in which order."""

from chirrup.domain.pins import Pins


def test_the_message_pinned_last_stands_first() -> None:
    pins = Pins(owner="p_alice~bob").with_pin(4, "alice", 10).with_pin(2, "bob", 20)
    assert pins.seqs == (2, 4)
    assert pins.with_pin(4, "bob", 30).pins == ((4, "bob", 30), (2, "bob", 20))


def test_messages_are_taken_out_by_name_or_for_not_being_there() -> None:
    pins = Pins(owner="p_alice~bob", pins=((3, "bob", 3), (2, "bob", 2), (1, "alice", 1)))
    assert pins.without(2).seqs == (3, 1)
    assert pins.without(9) == pins
    assert pins.only({1, 2, 7}).seqs == (2, 1)
