"""Both transports over fakes, with an open socket for each user: to look at what they answer."""

import json
from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from chirrup.concurrency import one_by_one
from chirrup.domain.groups import History
from chirrup.ports import Profile
from chirrup.push.dispatchers import LocalDispatcher
from chirrup.push.pusher import Pusher
from chirrup.push.telling import encode_event
from chirrup.service.actor import Actor
from chirrup.service.appearance import Appearance
from chirrup.service.devices import Devices
from chirrup.service.farewell import Farewell
from chirrup.service.finding import Finding
from chirrup.service.presence import PresenceService
from chirrup.service.sessions import TicketOffice
from chirrup.service.users import UserService
from chirrup.transport.broadcasting import broadcasting
from chirrup.transport.channels import channel_cases
from chirrup.transport.emoji import emoji_cases
from chirrup.transport.friends import friendship
from chirrup.transport.groups import groups
from chirrup.transport.http import endpoints, media_endpoints
from chirrup.transport.http.api import build
from chirrup.transport.http.endpoint import App, MediaApp
from chirrup.transport.rooms import rooms
from chirrup.transport.services import messaging
from chirrup.transport.ws.frames import answer
from tests.fakes import (
    FakeActivity,
    FakeAttaching,
    FakeClock,
    FakeConnections,
    FakeConversations,
    FakeFinder,
    FakeGateway,
    FakePictures,
    FakePresence,
    FakeRecords,
    FakeRelations,
    FakeRosters,
    FakeTables,
    FakeTickets,
    FakeTimeline,
    FakeUsers,
)
from tests.fakes.tables import Uploaded
from tests.support.composing import composing_of
from tests.support.files import sum_of
from tests.support.uploads import upload_cases
from tests.support.words import no_words
from tests.unit.making import socket

Json = dict[str, Any]
USERS = ("alice", "bob", "carol")


class Stage:
    """An installation in memory."""

    def __init__(self, *, friends_only: bool = False) -> None:
        self.tables = tables = FakeTables()
        self.clock = FakeClock()
        self.gateway = FakeGateway()
        self.attaching = FakeAttaching()
        self.records = records = FakeRecords(tables)
        self.users = users = FakeUsers(tables)
        connections = FakeConnections(tables)
        timeline, conversations = FakeTimeline(tables), FakeConversations(tables)
        for user in USERS:
            users.ensure(Profile(user, user.capitalize(), None, self.clock.now()))
            connections.add(user, socket(f"{user}=", connected_at=self.clock.now()))
        dispatcher = LocalDispatcher(
            pusher=Pusher(
                connections=connections,
                rosters=FakeRosters(tables),
                gateway=self.gateway,
                clock=self.clock,
                side_by_side=one_by_one,
            ),
            clock=self.clock,
        )
        compose = composing_of(
            timeline=timeline,
            conversations=conversations,
            records=records,
            users=users,
            attaching=self.attaching,
            clock=self.clock,
        )
        self.messaging = messaging(
            timeline=timeline,
            conversations=conversations,
            records=records,
            dispatcher=dispatcher,
            screening=no_words(self.clock),
            clock=self.clock,
            users=users,
            side_by_side=one_by_one,
            composing=compose,
            friends_only=friends_only,
        )
        self.groups = groups(
            conversations=conversations,
            records=records,
            users=users,
            committing=self.messaging.committing,
            screening=self.messaging.screening,
            pictures=FakePictures(),
            clock=self.clock,
            friends_only=friends_only,
            members_max=500,
            history=History.JOIN,
        )
        self.emoji = emoji_cases(
            records=records,
            pictures=FakePictures(),
            screening=self.messaging.screening,
            committing=self.messaging.committing,
            side_by_side=one_by_one,
        )
        self.channels = channel_cases(
            self.messaging,
            conversations=conversations,
            records=records,
            dispatcher=dispatcher,
            pictures=FakePictures(),
            materials=compose()._materials,
        )
        self.broadcasting = broadcasting(
            self.messaging,
            timeline=timeline,
            conversations=conversations,
            records=records,
            users=users,
            connections=connections,
            dispatcher=dispatcher,
            pictures=FakePictures(),
            clean=str,
        )
        presence = FakePresence(tables)
        presence.note("alice", self.clock.now())
        farewell = Farewell(gateway=self.gateway, encode=encode_event, clock=self.clock)
        app = App(
            messaging=lambda: self.messaging,
            users=lambda: UserService(
                users=users,
                appearance=Appearance(screening=self.messaging.screening, pictures=FakePictures()),
                clock=self.clock,
            ),
            tickets=lambda: TicketOffice(tickets=FakeTickets(tables), clock=self.clock),
            devices=lambda: Devices(connections=connections, farewell=farewell, clock=self.clock),
            friendship=lambda: friendship(
                conversations=conversations,
                records=records,
                users=users,
                committing=self.messaging.committing,
                clock=self.clock,
                auto_accept=False,
            ),
            groups=lambda: self.groups,
            rooms=lambda: rooms(
                self.messaging,
                timeline=timeline,
                conversations=conversations,
                records=records,
                users=users,
                friends_only=friends_only,
            ),
            emoji=lambda: self.emoji,
            channels=lambda: self.channels,
            finding=lambda: Finding(
                finder=FakeFinder(tables),
                activity=FakeActivity(tables),
                timeline=timeline,
                conversations=conversations,
                reading=self.messaging.reading,
                clock=self.clock,
                side_by_side=one_by_one,
            ),
            presence=lambda: PresenceService(
                presence=presence,
                relations=FakeRelations(tables),
                users=users,
                connections=connections,
                clock=self.clock,
            ),
        )
        self._resolver = build(app, endpoints.ENDPOINTS, "sub")
        cases = upload_cases(
            tables,
            records=records,
            conversations=conversations,
            timeline=timeline,
            clock=self.clock,
        )
        media = MediaApp(
            users=app.users, uploads=lambda: cases.uploads, downloads=lambda: cases.downloads
        )
        self._media = build(media, media_endpoints.ENDPOINTS, "sub")

    def frame(self, user: str, frame: object) -> Json:
        """What a frame is answered with."""
        actor = Actor(user, f"{user}=")
        found: Json = json.loads(answer(self.messaging, actor, json.dumps(frame)))
        return found

    def store(self, key: str, body: bytes) -> None:
        """What a client uploads, as the bucket has it."""
        self.tables.uploads[key] = Uploaded(body, "text/plain", sum_of(body))

    def pushes(self) -> list[Json]:
        """All that was pushed."""
        return [json.loads(frame) for frames in self.gateway.frames.values() for frame in frames]

    def request(
        self, user: str, method: str, path: str, body: object = None, **query: str
    ) -> tuple[int, str, Any]:
        """Status, media type and body of an answer."""
        claims = {"sub": user, "exp": str(self.clock.now() // 1000 + 3600)}
        event = {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": path,
            "headers": {},
            "queryStringParameters": query,
            "requestContext": {
                "authorizer": {"jwt": {"claims": claims if user else {}}},
                "http": {"method": method, "path": path},
                "requestId": "request",
                "stage": "$default",
            },
            "body": None if body is None else json.dumps(body),
            "isBase64Encoded": False,
        }
        of_media = path.startswith(("/v1/uploads", "/v1/media"))
        resolver = self._media if of_media else self._resolver
        given = resolver.resolve(event, LambdaContext())
        self.headers: Json = given["headers"]
        said = json.loads(given["body"]) if given["body"] else None
        return given["statusCode"], given["headers"]["Content-Type"], said
