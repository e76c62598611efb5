"""Examples of the shapes around a conversation: members, receipts, pins, announcements."""

from chirrup.contracts.announcements import (
    AnnouncementChanges,
    AnnouncementPage,
    AnnouncementQuery,
    AnnouncementView,
    NewAnnouncement,
)
from chirrup.contracts.examples.values import AT, GROUP_ID, Example, Examples
from chirrup.contracts.members import MemberPage, MemberQuery, MemberView
from chirrup.contracts.pins import PinAck, PinList, PinMessage, PinView
from chirrup.contracts.receipts import ReceiptPage, ReceiptQuery, ReceiptView

_GROUP = {"conversation_id": GROUP_ID}
_ALICE: Example = {"user_id": "alice", "name": "Alice", "role": "owner", "since_seq": 1}
_BOB: Example = {
    "user_id": "bob",
    "name": "Bob",
    "role": "member",
    "nickname": "Bookworm",
    "since_seq": 5,
    "muted_until": AT + 600_000,
}
_RECEIPT: Example = {"user_id": "bob", "read_seq": 9}
_PIN: Example = {
    "pinned_by": "alice",
    "pinned_at": AT + 60_000,
    "message": {
        **_GROUP,
        "seq": 8,
        "client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
        "sender_id": "bob",
        "type": "text",
        "content": {"text": "We meet on Thursdays."},
        "sent_at": AT,
    },
}
_ANNOUNCEMENT: Example = {
    "announcement_id": "a_ZZZZZZZZZZP",
    "text": "No meeting in August.",
    "author_id": "alice",
    "created_at": AT,
    "seq": 9,
    "top": True,
}

EXAMPLES: Examples = {
    AnnouncementChanges: [{"top": True}, {"text": "No meeting in August and September."}],
    AnnouncementPage: [{"items": [_ANNOUNCEMENT]}],
    AnnouncementQuery: [{"limit": 10}],
    AnnouncementView: [_ANNOUNCEMENT, {**_ANNOUNCEMENT, "edited_at": AT + 60_000}],
    MemberPage: [{"items": [_ALICE, _BOB], "next_cursor": "bob"}],
    MemberQuery: [{"limit": 50, "cursor": "bob"}],
    MemberView: [_ALICE, _BOB, {"user_id": "carol", "name": "Carol", "since_seq": 1}],
    NewAnnouncement: [{"text": "No meeting in August.", "top": True}],
    PinAck: [{**_GROUP, "seq": 8, "entry_seq": 10}, {**_GROUP, "seq": 8}],
    PinList: [{"items": [_PIN]}],
    PinMessage: [{"seq": 8}],
    PinView: [_PIN],
    ReceiptPage: [{**_GROUP, "seq": 8, "read_count": 3, "total": 11, "items": [_RECEIPT]}],
    ReceiptQuery: [{"read": True, "limit": 50}],
    ReceiptView: [_RECEIPT],
}
