"""Entries to store."""

from dataclasses import replace
from typing import Any

from chirrup.domain.conversations import Head, Preview, preview_of
from chirrup.domain.ids import Conversation
from chirrup.domain.last_of import LastOf
from chirrup.domain.messages import REACTED, Entry
from chirrup.ports.timelines import Change, Timeline
from tests.fakes.clock import NOON

T0 = 1_790_000_000_000
"""When the first entry of each timeline is sent (ms since epoch); each further one 1 s later."""


def message(chat: Conversation, seq: int, *, sender: int = 0, **given: Any) -> Entry:
    """A text message as the first or the second user of a chat sends it."""
    entry = Entry(
        conversation_id=chat.id,
        seq=seq,
        sender_id=chat.users[sender],
        client_id=f"client-{seq}",
        type="text",
        content={"text": f"message {seq}"},
        sent_at=T0 + seq * 1000,
        count=seq,
        digest=f"digest-{seq}",
    )
    return replace(entry, **given)


def fill(timeline: Timeline, chat: Conversation, number: int, **given: Any) -> list[Entry]:
    """Append so many messages from seq 1 on."""
    entries = [message(chat, seq, **given) for seq in range(1, number + 1)]
    for entry in entries:
        assert timeline.append(entry) is None
    return entries


def head_of(entry: Entry) -> Head:
    """The head that stands at a message."""
    return Head(
        entry.conversation_id,
        last_seq=entry.seq,
        count=entry.count,
        last_of=LastOf().after([entry], NOON),
        preview=preview_of(entry),
    )


def reaction(target: Entry, read: Head, preview: Preview | None = None) -> Change:
    """The second user's reaction to a message, at the end of the timeline."""
    reactor = "bob@example.com"
    entry = Entry(
        conversation_id=target.conversation_id,
        seq=read.last_seq + 1,
        sender_id=reactor,
        client_id="",
        type=REACTED,
        content={"seq": target.seq},
        sent_at=target.sent_at + 500,
        count=read.count,
        alls=read.alls,
        changes=target.seq,
    )
    changed = replace(
        target,
        reactions={**target.reactions, f"+{target.revision}": (reactor,)},
        revision=target.revision + 1,
    )
    head = Head(target.conversation_id, entry.seq, read.count, read.last_of, preview, read.alls)
    return Change(entry, changed, read=read, head=head)
