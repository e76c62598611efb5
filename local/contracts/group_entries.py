"""What changes of groups hold, and what users are told of requests to join, by type."""

from typing import Any

from chirrup.domain.group_entries import GroupEntry, Way
from chirrup.domain.groups import REQUEST_TEXT_MAX
from chirrup.domain.rights import Role
from chirrup.service import notices

Json = dict[str, Any]
_USER: Json = {"description": "A user id.", "type": "string", "examples": ["alice"]}
_USERS: Json = {
    "description": "Whom it is about; nobody where it is about the group.",
    "type": "array",
    "items": _USER,
}
_GROUP: Json = {"description": "The group.", "type": "string"}
_NAME: Json = {"description": "Of the group.", "type": "string"}
_AT: Json = {"description": "Milliseconds since the epoch, UTC.", "type": "integer"}
_WORDS: Json = {"type": "string", "maxLength": REQUEST_TEXT_MAX}
_CHANGES: Json = {
    "description": "What has changed of the group, by name; null for what was taken away.",
    "type": "object",
}


def _object(*optional: str, **fields: Json) -> Json:
    return {
        "type": "object",
        "properties": fields,
        "required": [name for name in fields if name not in optional],
        "additionalProperties": False,
    }


_ABOUT = _object(user_ids=_USERS)
GROUP_CONTENTS: dict[str, Json] = {
    GroupEntry.CREATED.value: _object(name=_NAME, user_ids=_USERS),
    GroupEntry.UPDATED.value: _object(
        "changes",
        "unbanned",
        "announcement_id",
        "top",
        "deleted",
        changes=_CHANGES,
        announcement_id={"description": "It was changed.", "type": "string"},
        top={"description": "Whether the announcement is on top now.", "type": "boolean"},
        deleted={"description": "The announcement is gone.", "const": True, "type": "boolean"},
        unbanned={"description": "They may come again.", "const": True, "type": "boolean"},
        user_ids=_USERS,
    ),
    GroupEntry.JOINED.value: _object(
        "invited_by",
        way={"description": "How they came in.", "enum": [way.value for way in Way]},
        invited_by=_USER,
        user_ids=_USERS,
    ),
    GroupEntry.LEFT.value: _ABOUT,
    GroupEntry.REMOVED.value: _object(
        banned={"description": "They cannot come again by themselves.", "type": "boolean"},
        user_ids=_USERS,
    ),
    GroupEntry.MUTED.value: _object("until", until=_AT, user_ids=_USERS),
    GroupEntry.UNMUTED.value: _ABOUT,
    GroupEntry.MUTED_ALL.value: _ABOUT,
    GroupEntry.UNMUTED_ALL.value: _ABOUT,
    GroupEntry.ADMIN_ADDED.value: _ABOUT,
    GroupEntry.ADMIN_REMOVED.value: _ABOUT,
    GroupEntry.OWNER_CHANGED.value: _object(
        owner_id=_USER,
        former_owner_id=_USER,
        former_role={
            "description": "What the former owner is now.",
            "enum": [Role.ADMIN.value, Role.MEMBER.value],
        },
        user_ids=_USERS,
    ),
    GroupEntry.DISSOLVED.value: _ABOUT,
    notices.REQUEST_RECEIVED: _object(
        "text", "invited_by", group_id=_GROUP, user_ids=_USERS, text=_WORDS, invited_by=_USER
    ),
    notices.REQUEST_HANDLED: _object(
        "reason",
        group_id=_GROUP,
        user_id=_USER,
        accepted={"description": "They are in.", "type": "boolean"},
        reason=_WORDS,
    ),
}
"""By type: the schema of the content."""
