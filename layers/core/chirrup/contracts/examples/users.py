"""Examples of users, their devices and their presence."""

from chirrup.contracts.devices import DeviceList, DeviceView
from chirrup.contracts.examples.values import AT, Example, Examples
from chirrup.contracts.presence import PresenceList, PresenceQuery, PresenceView
from chirrup.contracts.users import (
    HealthView,
    MeView,
    ProfileChanges,
    ProfileView,
    TicketView,
    UserPage,
    UserQuery,
)

_ALICE: Example = {"user_id": "alice", "name": "Alice", "created_at": AT}
_DEVICE: Example = {"device": "phone", "connected_at": AT, "expires_at": AT + 3_600_000}
_PRESENCE: Example = {"user_id": "bob", "online": False, "last_seen": AT}

EXAMPLES: Examples = {
    DeviceList: [{"items": [_DEVICE]}],
    DeviceView: [_DEVICE],
    HealthView: [{"status": "ok"}],
    MeView: [{**_ALICE, "listed": True, "presence_hidden": False}],
    PresenceList: [{"items": [_PRESENCE]}],
    PresenceQuery: [{"user_ids": ["alice", "bob"]}],
    PresenceView: [_PRESENCE],
    ProfileChanges: [{"name": "Alice"}, {"picture": None}, {"listed": False}],
    ProfileView: [_ALICE],
    TicketView: [
        {"ticket": "q3o7-LJ0pN4wQn5m0mWw2rX1c8u0bQv6oVZJk4yTfXA", "expires_at": AT + 60_000}
    ],
    UserPage: [{"items": [_ALICE]}],
    UserQuery: [{"name": "ali", "limit": 20}, {"user_id": "alice"}],
}
