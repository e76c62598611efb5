"""Events as devices are told of them: encoded once, however many get them."""

from chirrup.contracts.base import encode
from chirrup.contracts.frames import event_view
from chirrup.domain.events import Event, MessageCreated, MessageUpdated, SessionClosing
from chirrup.domain.jobs import Told
from chirrup.push.frames import frames_of


def told(event: Event) -> Told:
    """The event as it is carried to the fan-out."""
    text = encode(event_view(event))
    match event:
        case MessageCreated(entry):
            return Told(text, entry.conversation_id, entry.seq, flagged=True)
        case MessageUpdated(seq, entry):
            return Told(text, entry.conversation_id, seq)
        case SessionClosing():
            return Told(text)
        case _:
            return Told(text, event.conversation_id)


def encode_event(event: Event) -> bytes:
    """One event as a frame of its own."""
    (frame,) = frames_of([told(event).text])
    return frame
