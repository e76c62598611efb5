"""The use cases that requests reach, wherever they come from."""

from dataclasses import dataclass

from chirrup.ports import Clock
from chirrup.service.changing import Changing
from chirrup.service.conversations import ConversationService
from chirrup.service.reading import Reading
from chirrup.service.sending import Sending


@dataclass(frozen=True, slots=True)
class Messaging:
    """What both transports offer for conversations and messages."""

    sending: Sending
    changing: Changing
    reading: Reading
    conversations: ConversationService
    clock: Clock
