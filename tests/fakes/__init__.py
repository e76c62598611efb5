"""In-memory implementations of every port; the contract suites hold them against DynamoDB."""

from tests.fakes.attachments import FakeAttaching
from tests.fakes.clock import FakeClock
from tests.fakes.connections import FakeConnections
from tests.fakes.conversations import FakeConversations
from tests.fakes.dispatcher import RecordingDispatcher
from tests.fakes.finding import FakeActivity, FakeFinder
from tests.fakes.gateway.memory import FakeGateway
from tests.fakes.media import FakeMedia
from tests.fakes.messages import FakeTimeline
from tests.fakes.objects import FakeObjects
from tests.fakes.pictures import FakePictures
from tests.fakes.presence import FakePresence
from tests.fakes.records import FakeRecords
from tests.fakes.relations import FakeRelations
from tests.fakes.rosters import FakeRosters
from tests.fakes.schedules import FakeSchedules
from tests.fakes.sessions import FakeTickets, FakeTokens
from tests.fakes.tables import FakeTables
from tests.fakes.users import FakeUsers

__all__ = [
    "FakeActivity",
    "FakeAttaching",
    "FakeClock",
    "FakeConnections",
    "FakeConversations",
    "FakeFinder",
    "FakeGateway",
    "FakeMedia",
    "FakeObjects",
    "FakePictures",
    "FakePresence",
    "FakeRecords",
    "FakeRelations",
    "FakeRosters",
    "FakeSchedules",
    "FakeTables",
    "FakeTickets",
    "FakeTimeline",
    "FakeTokens",
    "FakeUsers",
    "RecordingDispatcher",
]
