"""The entries by which a group changes; each is stored with what it changes."""

from enum import StrEnum


class GroupEntry(StrEnum):
    """Their types."""

    CREATED = "system.group_created"
    UPDATED = "system.group_updated"
    JOINED = "system.group_member_joined"
    LEFT = "system.group_member_left"
    REMOVED = "system.group_member_removed"
    MUTED = "system.group_member_muted"
    UNMUTED = "system.group_member_unmuted"
    MUTED_ALL = "system.group_muted_all"
    UNMUTED_ALL = "system.group_unmuted_all"
    ADMIN_ADDED = "system.group_admin_added"
    ADMIN_REMOVED = "system.group_admin_removed"
    OWNER_CHANGED = "system.group_owner_changed"
    DISSOLVED = "system.group_dissolved"


class Way(StrEnum):
    """How somebody came into a group."""

    INVITED = "invited"
    FREE = "free"
    LINK = "link"
    REQUEST = "request"
