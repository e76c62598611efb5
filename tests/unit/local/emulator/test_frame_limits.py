"""32 KB a frame, 128 KB a message."""

from dataclasses import dataclass

from local.emulator.frame_limits import FRAME_LIMIT, MESSAGE_LIMIT, Meter


@dataclass
class Piece:
    data: str | bytes
    frame_finished: bool = True
    message_finished: bool = True


def test_a_frame_of_the_limit_passes_and_one_byte_more_does_not() -> None:
    assert not Meter().exceeded(Piece("a" * FRAME_LIMIT))
    assert Meter().exceeded(Piece("a" * (FRAME_LIMIT + 1)))


def test_bytes_count_not_characters() -> None:
    assert Meter().exceeded(Piece("é" * (FRAME_LIMIT // 2 + 1)))


def test_a_frame_that_comes_in_pieces_counts_whole() -> None:
    meter = Meter()
    half = "a" * (FRAME_LIMIT // 2)
    assert not meter.exceeded(Piece(half, frame_finished=False, message_finished=False))
    assert not meter.exceeded(Piece(half, message_finished=False))
    assert not meter.exceeded(Piece(half))


def test_a_message_of_several_frames_has_a_limit_of_its_own() -> None:
    meter = Meter()
    for _ in range(MESSAGE_LIMIT // FRAME_LIMIT):
        assert not meter.exceeded(Piece("a" * FRAME_LIMIT, message_finished=False))
    assert meter.exceeded(Piece("a"))


def test_the_next_message_begins_at_nothing() -> None:
    meter = Meter()
    for _ in range(10):
        assert not meter.exceeded(Piece("a" * FRAME_LIMIT))
