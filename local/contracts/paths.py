"""How the paths of the HTTP API are told apart in its reference, and what their parts are."""

from typing import Any

from chirrup.contracts.announcements import AnnouncementId
from chirrup.contracts.base import ConversationId, GroupId, Seq, UserId
from chirrup.contracts.channels import Code as ChannelCode
from chirrup.contracts.devices import DeviceName
from chirrup.contracts.faces import FaceId
from chirrup.contracts.invites import Code
from chirrup.contracts.materials import MaterialId
from chirrup.contracts.uploads import MediaId
from chirrup.transport.http import (
    announcements,
    blocks,
    channels,
    conversations,
    devices,
    emoji,
    friend_requests,
    friends,
    group_members,
    groups,
    invites,
    joining,
    materials,
    media,
    members,
    messages,
    pins,
    presence,
    receipts,
    search,
    uploads,
    users,
)

TAGS = {
    "Users": ("Profiles, tickets and health.", users.ENDPOINTS),
    "Devices": ("One's own devices.", devices.ENDPOINTS),
    "Presence": ("Who is online.", presence.ENDPOINTS),
    "Friends": (
        "Friends, requests for friendship, and blocks.",
        friend_requests.ENDPOINTS + friends.ENDPOINTS + blocks.ENDPOINTS,
    ),
    "Conversations": ("The list, cursors, settings, sync.", conversations.ENDPOINTS),
    "Messages": ("Sending, reading, changing.", messages.ENDPOINTS),
    "Groups": ("Making, changing and dissolving them; who leads them.", groups.ENDPOINTS),
    "Group members": ("Inviting, removing, muting.", group_members.ENDPOINTS),
    "Joining groups": ("Requests and links.", joining.ENDPOINTS + invites.ENDPOINTS),
    "Members": ("Who is in a conversation.", members.ENDPOINTS),
    "Receipts": ("Who has read a message.", receipts.ENDPOINTS),
    "Pins": ("Messages that a conversation keeps in view.", pins.ENDPOINTS),
    "Search": ("Finding messages.", search.ENDPOINTS),
    "Emoji": ("Packs, and one's own faces.", emoji.ENDPOINTS),
    "Media": ("Uploads and downloads.", uploads.ENDPOINTS + media.ENDPOINTS),
    "Announcements": ("What a whole group is told.", announcements.ENDPOINTS),
    "Channels": (
        "What the installation tells its users.",
        channels.ENDPOINTS + materials.ENDPOINTS,
    ),
}
PATH_PARTS: dict[str, tuple[str, Any]] = {
    "announcement_id": ("The announcement.", AnnouncementId),
    "conversation_id": ("The conversation.", ConversationId),
    "device": ("The device, its name percent-encoded.", DeviceName),
    "face_id": ("The face.", FaceId),
    "media_id": ("The upload.", MediaId),
    "seq": ("The message's number in the conversation.", Seq),
    "user_id": ("The user.", UserId),
    "group_id": ("The group.", GroupId),
    "code": ("The code of the link.", Code),
    "channel_code": ("The code of the channel.", ChannelCode),
    "material_id": ("The material.", MaterialId),
}
