"""A client that follows the sync rules, on one device.

It keeps the highest contiguous seq, holds back what is ahead, pulls on a hole, syncs after
connecting, sends again what was not acknowledged, and drops what is at or below its cursor.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chirrup.contracts.frames import (
    ConversationUpdatedEvent,
    MessageCreatedEvent,
    MessageUpdatedEvent,
    PushEvent,
)
from chirrup.contracts.messages import MessageView, SentAck
from chirrup.contracts.sync import SyncedConversation
from chirrup.domain.messages import RECALLED
from chirrup.service.senders import Draft


@dataclass(frozen=True)
class News:
    """What a client learns of one seq.

    Attributes:
        message: The message with this seq, or the one that the entry with this seq changed, as
            it is then; None where the client may not see that.
        changes: The entry is a change.
        recalls: The message that it recalls, if it does.
    """

    seq: int
    message: MessageView | None
    changes: bool
    recalls: int | None = None


@dataclass
class Client:
    """What a device knows of the conversation.

    Attributes:
        name: Of the device.
        ahead_ms: How far its clock is ahead.
        connection: Its open socket, if there is one.
        inbox: Pushes on their way to it.
        cursor: The highest contiguous seq.
        timeline: Messages by seq; None for an entry that is a change.
        ahead: What came too early.
        last_seq: The highest seq that it has heard of.
        recalled: Messages that it knows to be recalled, which it may not have itself.
    """

    user: str
    name: str
    ahead_ms: int
    connection: str | None = None
    inbox: list[PushEvent] = field(default_factory=list)
    cursor: int = 0
    timeline: dict[int, MessageView | None] = field(default_factory=dict)
    ahead: dict[int, News] = field(default_factory=dict)
    last_seq: int = 0
    recalled: set[int] = field(default_factory=set)

    @property
    def hole(self) -> bool:
        """Something is missing."""
        return self.last_seq > self.cursor

    def pushed(self, event: PushEvent) -> None:
        """A push came in."""
        if isinstance(event, MessageCreatedEvent):
            self.learn([News(event.seq, event.message, changes=False)])
        elif isinstance(event, MessageUpdatedEvent):
            target = event.message
            recalls = target.seq if target.recalled else None
            self.learn([News(event.seq, target, changes=True, recalls=recalls)])
        elif isinstance(event, ConversationUpdatedEvent):
            self._cleared(int(event.changes.get("visible_from_seq", 1)))
            self._hidden(event.changes.get("hidden_seq"))

    def acknowledged(self, draft: Draft, ack: SentAck) -> None:
        """A message of one's own is stored; one that quotes is pulled, for what it quotes."""
        if draft.quote_seq is not None:
            self.last_seq = max(self.last_seq, ack.seq)
            return
        view = MessageView(
            conversation_id=ack.conversation_id,
            seq=ack.seq,
            client_id=draft.client_id,
            sender_id=self.user,
            type=draft.type,
            content=dict(draft.content),
            sent_at=ack.sent_at,
        )
        self.learn([News(ack.seq, view, changes=False)])

    def synced(self, one: SyncedConversation) -> None:
        """A sync came in: the newest entries, perhaps with a gap below them."""
        self._cleared(one.visible_from_seq)
        self.last_seq = max(self.last_seq, one.last_seq)
        self.learn([_news(view) for view in one.messages])

    def pulled(self, after_seq: int, messages: Sequence[MessageView]) -> None:
        """A page above a seq came in: what is not in it cannot be seen."""
        if after_seq > self.cursor:
            return
        for view in messages:
            if view.seq > self.cursor:
                self._take(_news(view))
        self._drain()

    def learn(self, news: Sequence[News]) -> None:
        """Keep what is new, until all before it is there."""
        for one in news:
            self.last_seq = max(self.last_seq, one.seq)
            if one.seq > self.cursor:
                self.ahead.setdefault(one.seq, one)
        self._drain()

    def _drain(self) -> None:
        while self.cursor + 1 in self.ahead:
            self._take(self.ahead[self.cursor + 1])
        self.ahead = {seq: one for seq, one in self.ahead.items() if seq > self.cursor}

    def _take(self, news: News) -> None:
        self.cursor = news.seq
        self.last_seq = max(self.last_seq, news.seq)
        self.timeline[news.seq] = None if news.changes else news.message
        if news.recalls:
            self.recalled.add(news.recalls)
        message = news.message
        if message is not None and news.changes and message.seq in self.timeline:
            mine = self.timeline[message.seq]
            if mine is None or not mine.hidden:
                self.timeline[message.seq] = message
        self._unquote()

    def _unquote(self) -> None:
        """What quotes a recalled message loses the excerpt."""
        for seq, view in self.timeline.items():
            if view is None or view.quote is None or view.quote.seq not in self.recalled:
                continue
            quote = view.quote.model_copy(update={"excerpt": None})
            self.timeline[seq] = view.model_copy(update={"quote": quote})

    def _cleared(self, visible_from: int) -> None:
        self.cursor = max(self.cursor, visible_from - 1)
        self.timeline = {s: view for s, view in self.timeline.items() if s >= visible_from}

    def _hidden(self, seq: int | None) -> None:
        view = self.timeline.get(seq) if seq else None
        if view is not None:
            gone = {"content": {}, "hidden": True}
            self.timeline[view.seq] = view.model_copy(update=gone)


def _news(view: MessageView) -> News:
    if "seq" in view.content and view.type.startswith("system."):
        recalls = int(view.content["seq"]) if view.type == RECALLED else None
        return News(view.seq, view.changed, changes=True, recalls=recalls)
    return News(view.seq, view, changes=False)
