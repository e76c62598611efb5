"""As few frames as hold all events, each within its size."""

import json

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.events import MessageCreated
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.push.frames import frames_of
from chirrup.push.telling import told
from tests.unit.making import message, text

SIZES = st.lists(st.integers(1, 16_000), min_size=1, max_size=30)


@given(SIZES)
def test_frames_hold_all_events_in_order_within_their_size_and_as_few_as_can_be(
    sizes: list[int],
) -> None:
    events = [
        MessageCreated(message(seq, content=text("x" * size))) for seq, size in enumerate(sizes, 1)
    ]
    frames = frames_of([told(event).text for event in events])
    assert all(len(frame) <= FRAME_BYTES_MAX for frame in frames)
    parsed = [json.loads(frame)["events"] for frame in frames]
    assert [event["seq"] for part in parsed for event in part] == list(range(1, len(sizes) + 1))
    for frame, following in zip(frames, parsed[1:], strict=False):
        first = len(json.dumps(following[0], separators=(",", ":"), ensure_ascii=False).encode())
        assert len(frame) + 1 + first > FRAME_BYTES_MAX


def test_a_frame_is_filled_to_the_last_byte() -> None:
    def created(seq: int, size: int) -> str:
        return told(MessageCreated(message(seq, content=text("x" * size)))).text

    first = created(1, 16_000)
    (both,) = frames_of([first, created(2, 0)])
    room = FRAME_BYTES_MAX - len(both)
    (full,) = frames_of([first, created(2, room)])
    assert len(full) == FRAME_BYTES_MAX
    assert len(frames_of([first, created(2, room + 1)])) == 2


def test_no_events_make_no_frame() -> None:
    assert frames_of([]) == []
