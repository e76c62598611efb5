"""Channels and who listens to them, for tests of what is done with channels."""

from collections.abc import Sequence
from typing import Any

from chirrup.domain.audiences import Audience
from chirrup.domain.broadcasts import Broadcast
from chirrup.domain.channels import Channel, ChannelKind
from chirrup.domain.messages import Entry
from chirrup.ports import Profile
from chirrup.service.actor import Actor
from chirrup.service.broadcasts import NewBroadcast
from chirrup.service.channel_keeping import NewChannel
from chirrup.service.conversations import View
from chirrup.service.due import DueBroadcasts
from chirrup.service.materials import NewMaterial
from chirrup.service.pages import Synced
from chirrup.service.scheduled import ScheduledBroadcasts
from tests.fakes import FakeSchedules
from tests.unit.world import World

NEWS = "c_news"
EVERYONE = "c_all"
DORA = Actor("dora")
FAR = 2**53
USERS = [f"u{number:03d}" for number in range(70)]
"""Three pages of a mailing."""


class Station(World):
    """`news`, to which one subscribes, and `all`, in which everybody is; nobody has looked yet."""

    def __init__(self) -> None:
        super().__init__()
        self.open("news")
        self.open("all", kind=ChannelKind.EVERYONE)
        self.clock.advance(10_000)
        self.said = 0
        self.ends = self.broadcasting.ends
        self.schedules = FakeSchedules()
        committing, telling = self.messaging.committing, self.broadcasting
        self.scheduled = ScheduledBroadcasts(
            records=self.records,
            committing=committing,
            broadcasts=telling.broadcasts,
            mailings=telling.mailings,
            schedules=self.schedules,
        )
        self.due = DueBroadcasts(
            records=self.records,
            committing=committing,
            broadcasts=telling.broadcasts,
            mailings=telling.mailings,
            telling=telling.telling,
            clock=self.clock,
        )

    def open(self, code: str, **more: Any) -> Channel:
        """Make a channel."""
        return self.channels.keeping.create(NewChannel(code, code.capitalize(), **more))

    def close(self, code: str) -> None:
        """Disable a channel."""
        self.channels.keeping.change(code, {"enabled": False})

    def meet(self, user_id: str) -> Actor:
        """Have a new user come now."""
        self.users.ensure(Profile(user_id, user_id.capitalize(), created_at=self.clock.now()))
        return Actor(user_id)

    def subscribe(self, *actors: Actor, code: str = "news") -> None:
        """Have users come into a channel."""
        for actor in actors:
            self.channels.channels.subscribe(actor, code)

    def say(self, code: str = "news", to: Sequence[str] | None = None, **more: Any) -> Broadcast:
        """Have a channel say something new; a text, if nothing else is given."""
        self.said += 1
        self.clock.advance(1_000)
        given: dict[str, Any] = {"key": f"k-{self.said}", "user_ids": to}
        if "material_id" not in more:
            given["text"] = f"text {self.said}"
        return self.broadcasting.broadcasts.create(code, NewBroadcast(**(given | more)))

    def material(self, code: str = "news", name: str = "hours", **more: Any) -> str:
        """Make a material; a rich text, if nothing else is given."""
        given = {"client_id": name, "title": name.capitalize(), **more}
        if "url" not in given:
            given.setdefault("html", "<p>From <b>nine</b>.</p>")
        return self.broadcasting.materials.create(code, NewMaterial(**given)).name

    def listed(self, actor: Actor) -> dict[str, View]:
        """The user's conversations."""
        views, next_ = self.messaging.conversations.list(actor, None, 100)
        assert next_ is None
        return {view.conversation.id: view for view in views}

    def unread(self, actor: Actor) -> dict[str, int]:
        """Of the user's conversations."""
        return {id_: view.unread for id_, view in self.listed(actor).items()}

    def synced(self, actor: Actor, **cursors: int) -> dict[str, Synced]:
        """What a sync tells the user."""
        found, next_ = self.messaging.reading.sync(actor, cursors, None, budget=1_000_000)
        assert next_ is None
        return {one.conversation.id: one for one in found}

    def seen(self, actor: Actor, conversation_id: str = NEWS) -> list[Entry]:
        """What the user sees of a timeline."""
        page = self.messaging.reading.history(actor, conversation_id, budget=1_000_000)
        return [shown.entry for shown in page.entries]

    def texts(self, actor: Actor, conversation_id: str = NEWS) -> list[str]:
        """Texts that the user sees there; empty for one that was withdrawn."""
        entries = self.seen(actor, conversation_id)
        return [one.content.get("text", "") for one in entries if one.by_user]

    def told(self) -> Audience:
        """Who was told last."""
        return self.dispatcher.dispatched[-1][1]

    def notices(self, user_id: str) -> list[Entry]:
        """What somebody was told by name."""
        return [one for _, one in sorted(self.tables.entries.get(f"u_{user_id}", {}).items())]


def with_users() -> Station:
    """Many have come."""
    station = Station()
    for user_id in USERS:
        station.meet(user_id)
    return station
