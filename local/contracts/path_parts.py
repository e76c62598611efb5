"""The variable parts of paths: what they are, and what they look like."""

from typing import Any

from chirrup.contracts.announcements import AnnouncementId
from chirrup.contracts.base import ConversationId, GroupId, Seq, UserId
from chirrup.contracts.channels import Code as ChannelCode
from chirrup.contracts.devices import DeviceName
from chirrup.contracts.faces import FaceId
from chirrup.contracts.invites import Code
from chirrup.contracts.materials import MaterialId

PATH_PARTS: dict[str, tuple[str, Any]] = {
    "announcement_id": ("The announcement.", AnnouncementId),
    "conversation_id": ("The conversation.", ConversationId),
    "device": ("The device, its name percent-encoded.", DeviceName),
    "face_id": ("The face.", FaceId),
    "seq": ("The message's number in the conversation.", Seq),
    "user_id": ("The user.", UserId),
    "group_id": ("The group.", GroupId),
    "code": ("The code of the link.", Code),
    "channel_code": ("The code of the channel.", ChannelCode),
    "material_id": ("The material.", MaterialId),
}
