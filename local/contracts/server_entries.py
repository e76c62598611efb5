"""What the server writes into timelines by itself: the types of the entries, and their contents."""

from typing import Any

from chirrup.domain.friends import (
    FRIEND_ADDED,
    REASON_MAX,
    REQUEST_ACCEPTED,
    REQUEST_RECEIVED,
    REQUEST_REJECTED,
    TEXT_MAX,
)
from chirrup.domain.messages import ANNOUNCEMENT
from chirrup.service import settling
from chirrup.service.pins import GROUP_PINNED, GROUP_UNPINNED, PINNED, UNPINNED
from local.contracts.channel_entries import CHANNEL_CONTENTS
from local.contracts.group_entries import GROUP_CONTENTS

Json = dict[str, Any]
_USER: Json = {"description": "A user id.", "type": "string", "examples": ["alice"]}
_USERS: Json = {"description": "Whom it is about.", "type": "array", "items": _USER}


def _object(*optional: str, **fields: Json) -> Json:
    return {
        "type": "object",
        "properties": fields,
        "required": [name for name in fields if name not in optional],
    }


def _said(about: str, longest: int) -> Json:
    return {"description": about, "type": "string", "maxLength": longest}


_OTHERS: Json = {"description": "By type, as the wire protocol says.", "type": "object"}
CONTENTS: dict[str, Json] = {
    FRIEND_ADDED: _object(user_ids=_USERS),
    REQUEST_RECEIVED: _object("text", user_id=_USER, text=_said("What they say.", TEXT_MAX)),
    REQUEST_ACCEPTED: _object(user_id=_USER),
    REQUEST_REJECTED: _object("reason", user_id=_USER, reason=_said("Why.", REASON_MAX)),
    settling.MENTIONED: _OTHERS,
    **CHANNEL_CONTENTS,
    **GROUP_CONTENTS,
    **dict.fromkeys((ANNOUNCEMENT, PINNED, UNPINNED, GROUP_PINNED, GROUP_UNPINNED), _OTHERS),
}
"""By type: the schema of the content."""


def views(of_changes: Json) -> dict[str, Json]:
    """A schema for each kind of contents, by name.

    Args:
        of_changes: The fields that changes have too, by name.
    """
    found: dict[str, Json] = {}
    for type_, content in CONTENTS.items():
        one = found.setdefault(name_of(type_), _view(of_changes, content))
        one["properties"]["type"]["enum"].append(type_)
    return found


def name_of(type_: str) -> str:
    """What the schema of a type is called."""
    if CONTENTS[type_] is _OTHERS:
        return "ServerEntryView"
    return "".join(word.capitalize() for word in type_.partition(".")[2].split("_")) + "View"


def _view(of_changes: Json, content: Json) -> Json:
    return {
        "description": "An entry that the server has written; `sender_id` has caused it.",
        "type": "object",
        "properties": {
            **of_changes,
            "type": {"enum": [], "type": "string"},
            "content": {"oneOf": [content, {"$ref": "#/components/schemas/NoContent"}]}
            if content is not _OTHERS
            else content,
        },
        "required": list(of_changes),
        "additionalProperties": False,
    }
