"""Every use case on fakes: what the composition root makes, without AWS."""

from collections.abc import Callable
from typing import Any

from chirrup.concurrency import one_by_one
from chirrup.domain.events import Event
from chirrup.domain.groups import History
from chirrup.domain.messages import Json
from chirrup.ports import Profile
from chirrup.push.telling import encode_event
from chirrup.sanitising import clean_html
from chirrup.service.actor import Actor
from chirrup.service.appearance import Appearance
from chirrup.service.between import Asking
from chirrup.service.devices import Devices
from chirrup.service.farewell import Farewell
from chirrup.service.finding import Finding
from chirrup.service.presence import PresenceService
from chirrup.service.senders import Draft
from chirrup.service.sending import Sent
from chirrup.service.sessions import Forgetting, Sessions, TicketOffice
from chirrup.service.users import UserService
from chirrup.transport.broadcasting import broadcasting
from chirrup.transport.channels import channel_cases
from chirrup.transport.emoji import emoji_cases
from chirrup.transport.friends import friendship
from chirrup.transport.groups import groups
from chirrup.transport.rooms import rooms
from chirrup.transport.screening import screening
from chirrup.transport.services import messaging
from chirrup.transport.words import moderation, opener
from chirrup.words.automaton import Automaton
from tests.fakes import (
    FakeActivity,
    FakeAttaching,
    FakeClock,
    FakeConnections,
    FakeConversations,
    FakeFinder,
    FakeGateway,
    FakeObjects,
    FakePictures,
    FakePresence,
    FakeRecords,
    FakeRelations,
    FakeRosters,
    FakeTables,
    FakeTickets,
    FakeTimeline,
    FakeUsers,
    RecordingDispatcher,
)
from tests.support.composing import composing_of
from tests.support.uploads import UploadCases, upload_cases
from tests.unit.making import CHAT

ALICE = Actor("alice", "alice-phone=")
BOB = Actor("bob", "bob-phone=")
CAROL = Actor("carol", "carol-phone=")


class World:
    """Alice, bob and carol, and all that they can do.

    Attributes:
        tables: What is stored.
        clock: Stands until it is moved.
        dispatcher: Remembers what was handed over.
        gateway: Remembers what was posted and closed.
        pictures: What was uploaded.
    """

    def __init__(
        self, *, friends_only: bool = False, auto_accept: bool = False, members_max: int = 500
    ) -> None:
        self.tables = FakeTables()
        self.clock = FakeClock()
        self.dispatcher = RecordingDispatcher()
        self.gateway = FakeGateway()
        self.timeline = FakeTimeline(self.tables)
        self.conversations = FakeConversations(self.tables)
        self.connections = FakeConnections(self.tables)
        self.users = FakeUsers(self.tables)
        self.records = FakeRecords(self.tables)
        self.rosters = FakeRosters(self.tables)
        self.objects = FakeObjects(self.tables)
        self.pictures = FakePictures()
        self.moderation = moderation(records=self.records, objects=self.objects, clock=self.clock)
        self.screening = screening(
            records=self.records,
            objects=self.objects,
            open_list=opener(records=self.records, clock=self.clock, compile_=Automaton),
            clock=self.clock,
            side_by_side=one_by_one,
        )
        cases = self.upload_cases()
        self.bucket, self.confirming = cases.bucket, cases.confirming
        self.uploads, self.downloads = cases.uploads, cases.downloads
        self.thumbnails = cases.thumbnails
        self.attaching: Any = self.attaching_of(cases)
        compose = composing_of(
            timeline=self.timeline,
            conversations=self.conversations,
            records=self.records,
            users=self.users,
            attaching=self.attaching,
            clock=self.clock,
        )
        self.messaging = messaging(
            timeline=self.timeline,
            conversations=self.conversations,
            records=self.records,
            dispatcher=self.dispatcher,
            screening=self.screening,
            clock=self.clock,
            users=self.users,
            side_by_side=one_by_one,
            composing=compose,
            friends_only=friends_only,
        )
        self.friendship = friendship(
            conversations=self.conversations,
            records=self.records,
            users=self.users,
            committing=self.messaging.committing,
            clock=self.clock,
            auto_accept=auto_accept,
        )
        self.presence = FakePresence(self.tables)
        farewell = Farewell(gateway=self.gateway, encode=encode_event, clock=self.clock)
        self.groups = groups(
            conversations=self.conversations,
            records=self.records,
            users=self.users,
            committing=self.messaging.committing,
            screening=self.screening,
            pictures=self.pictures,
            clock=self.clock,
            friends_only=friends_only,
            members_max=members_max,
            history=History.JOIN,
        )
        self.rooms = rooms(
            self.messaging,
            timeline=self.timeline,
            conversations=self.conversations,
            records=self.records,
            users=self.users,
            friends_only=friends_only,
        )
        self.emoji = emoji_cases(
            records=self.records,
            pictures=self.pictures,
            screening=self.screening,
            committing=self.messaging.committing,
            side_by_side=one_by_one,
        )
        self.channels = channel_cases(
            self.messaging,
            conversations=self.conversations,
            records=self.records,
            dispatcher=self.dispatcher,
            pictures=self.pictures,
            materials=compose()._materials,
        )
        self.broadcasting = broadcasting(
            self.messaging,
            timeline=self.timeline,
            conversations=self.conversations,
            records=self.records,
            users=self.users,
            connections=self.connections,
            dispatcher=self.dispatcher,
            pictures=self.pictures,
            clean=clean_html,
        )
        self.finder = FakeFinder(self.tables)
        self.finding = Finding(
            finder=self.finder,
            activity=FakeActivity(self.tables),
            timeline=self.timeline,
            conversations=self.conversations,
            reading=self.messaging.reading,
            clock=self.clock,
            side_by_side=one_by_one,
        )
        self.sessions = Sessions(
            connections=self.connections,
            users=self.users,
            presence=self.presence,
            farewell=farewell,
        )
        self.forgetting = Forgetting(
            connections=self.connections, presence=self.presence, clock=self.clock
        )
        self.devices = Devices(connections=self.connections, farewell=farewell, clock=self.clock)
        self.presence_service = PresenceService(
            presence=self.presence,
            relations=FakeRelations(self.tables),
            users=self.users,
            connections=self.connections,
            clock=self.clock,
        )
        self.user_service = UserService(
            users=self.users,
            appearance=Appearance(screening=self.screening, pictures=self.pictures),
            clock=self.clock,
        )
        self.ticket_office = TicketOffice(tickets=FakeTickets(self.tables), clock=self.clock)
        for user_id in ("alice", "bob", "carol"):
            self.users.ensure(Profile(user_id, user_id.capitalize(), created_at=self.clock.time))
        self.sent = 0

    def upload_cases(self) -> UploadCases:
        """All that is done with uploads."""
        return upload_cases(
            self.tables,
            records=self.records,
            conversations=self.conversations,
            timeline=self.timeline,
            clock=self.clock,
        )

    def attaching_of(self, cases: UploadCases) -> Any:
        """What has conversations hold uploads: by default it knows none but those it is told of."""
        return FakeAttaching()

    def send(
        self,
        actor: Actor = ALICE,
        words: str | None = None,
        *,
        unhurried: bool = True,
        **more: object,
    ) -> Sent:
        """Send a text, by default from alice to bob.

        Args:
            actor: Who.
            words: What; None makes something up.
            unhurried: So much later than the one before that no rate is in the way.
            **more: Other fields of the draft.
        """
        self.sent += 1
        if unhurried:
            self.clock.advance(1_000)
        draft: dict[str, object] = {
            "client_id": f"m-{self.sent}",
            "type": "text",
            "content": {"text": words or f"text {self.sent}"},
            "conversation_id": CHAT,
        }
        return self.messaging.sending.send(actor, Draft(**(draft | more)))  # type: ignore[arg-type]

    def befriend(self, one: Actor, other: Actor) -> None:
        """Make two users friends, in the way that they would."""
        requests = self.friendship.requests
        requests.ask(one, other.user_id, Asking())
        requests.accept(other, one.user_id, None)

    def content_of(self, seq: int, conversation_id: str = CHAT) -> Json:
        """What is stored of a message."""
        return self.tables.entries[conversation_id][seq].content

    def seqs(self, conversation_id: str = CHAT) -> list[int]:
        """The seqs that are stored."""
        return sorted(self.tables.entries.get(conversation_id, {}))

    def events_of(self, act: Callable[[], object]) -> list[Event]:
        """What was handed over because of an act."""
        before = len(self.dispatcher.events)
        act()
        return self.dispatcher.events[before:]
