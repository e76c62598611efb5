"""Examples of the wire shapes of groups."""

from chirrup.contracts.examples.values import AT, GROUP_ID, Example, Examples
from chirrup.contracts.group_members import (
    BanPage,
    BanView,
    InvitedView,
    Invitees,
    Muting,
    OwnStayChanges,
    Removal,
)
from chirrup.contracts.groups import GroupChanges, GroupPage, GroupView, NewGroup, NewOwner, OwnStay
from chirrup.contracts.invites import InvitePage, InviteView, NewInvite
from chirrup.contracts.joining import NewRequest, Rejection, RequestPage, RequestStatus, RequestView

_ME: Example = {"role": "owner", "nickname": "Al", "since_seq": 1}
_GROUP: Example = {
    "group_id": GROUP_ID,
    "name": "Book club",
    "description": "A book each month.",
    "owner_id": "alice",
    "admin_ids": ["bob"],
    "size": 12,
    "join_mode": "approval",
    "history": "join",
    "member_invite": True,
    "slow_s": 0,
    "muted_all": False,
    "dissolved": False,
    "banned": False,
    "created_at": AT,
    "me": _ME,
}
_BAN: Example = {"user_id": "mallory", "by": "alice", "at": AT}
_REQUEST: Example = {
    "user_id": "carol",
    "text": "I love books.",
    "invited_by": "bob",
    "asked_at": AT,
    "expires_at": AT + 604_800_000,
}
_INVITE: Example = {
    "code": "Zk3v0yqk1mV9m2y8Q2h1Aw",
    "by": "alice",
    "made_at": AT,
    "expires_at": AT + 604_800_000,
    "max_uses": 20,
    "uses": 3,
}

EXAMPLES: Examples = {
    BanPage: [{"items": [_BAN]}],
    BanView: [_BAN],
    GroupChanges: [{"name": "Book club", "slow_s": 10}, {"muted_all": True}],
    GroupPage: [{"items": [_GROUP]}],
    GroupView: [_GROUP],
    InvitePage: [{"items": [_INVITE]}],
    InviteView: [_INVITE],
    InvitedView: [{"added": ["carol"], "awaiting": []}],
    Invitees: [{"user_ids": ["carol", "dave"]}],
    Muting: [{"seconds": 3600}, {}],
    NewGroup: [
        {
            "client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
            "name": "Book club",
            "member_ids": ["bob", "carol"],
            "join_mode": "approval",
        }
    ],
    NewInvite: [{"expires_in_s": 86_400, "max_uses": 20}, {}],
    NewOwner: [{"user_id": "bob"}],
    NewRequest: [{"text": "I love books."}, {"invite": "Zk3v0yqk1mV9m2y8Q2h1Aw"}],
    OwnStay: [_ME],
    OwnStayChanges: [{"nickname": "Al"}, {"nickname": None}],
    Rejection: [{"reason": "We are full."}, {}],
    Removal: [{"ban": True}],
    RequestPage: [{"items": [_REQUEST]}],
    RequestStatus: [{"group_id": GROUP_ID, "status": "pending"}],
    RequestView: [_REQUEST],
}
