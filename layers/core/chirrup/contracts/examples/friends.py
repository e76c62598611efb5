"""Examples of what friends, requests and blocks look like on the wire."""

from chirrup.contracts.blocks import BlockPage, BlockView, NewBlock
from chirrup.contracts.examples.values import AT, Example, Examples
from chirrup.contracts.friend_requests import (
    FriendRequestAcceptance,
    FriendRequestPage,
    FriendRequestQuery,
    FriendRequestRejection,
    FriendRequestView,
    NewFriendRequest,
)
from chirrup.contracts.friends import FriendChanges, FriendPage, FriendView
from chirrup.contracts.people import PeopleQuery
from chirrup.domain.friends import REQUEST_EXPIRES_MS

_BOB: Example = {"user_id": "bob", "name": "Bob"}
_FRIEND: Example = {
    **_BOB,
    "since": AT,
    "source": "search",
    "remark": "Bob from the choir",
    "starred": True,
    "tags": ["choir"],
}
_REQUEST: Example = {
    **_BOB,
    "direction": "out",
    "status": "pending",
    "text": "We sing in the same choir.",
    "source": "search",
    "remark": "Bob from the choir",
    "asked_at": AT,
    "expires_at": AT + REQUEST_EXPIRES_MS,
}
_HEARD: Example = {
    "user_id": "carol",
    "name": "Carol",
    "picture": "https://example.com/carol.png",
    "direction": "in",
    "status": "expired",
    "asked_at": AT - 2 * REQUEST_EXPIRES_MS,
    "expires_at": AT - REQUEST_EXPIRES_MS,
}
_BLOCK: Example = {"user_id": "mallory", "name": "Mallory", "since": AT}

EXAMPLES: Examples = {
    BlockPage: [{"items": [_BLOCK]}],
    BlockView: [_BLOCK],
    FriendChanges: [{"starred": True, "tags": ["choir"]}, {"remark": None}],
    FriendPage: [{"items": [_FRIEND], "next_cursor": "bob"}],
    FriendRequestAcceptance: [{"remark": "Alice from the choir"}, {}],
    FriendRequestPage: [{"items": [_HEARD]}],
    FriendRequestQuery: [{"direction": "out", "limit": 50}],
    FriendRequestRejection: [{"reason": "I do not know you."}, {}],
    FriendRequestView: [_REQUEST, _HEARD],
    FriendView: [_FRIEND],
    NewBlock: [{"user_id": "mallory"}],
    NewFriendRequest: [
        {
            "user_id": "bob",
            "text": "We sing in the same choir.",
            "remark": "Bob from the choir",
            "source": "search",
        }
    ],
    PeopleQuery: [{"limit": 50, "cursor": "bob"}],
}
