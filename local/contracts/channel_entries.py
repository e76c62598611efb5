"""What channels and business systems tell users by name, by type."""

from typing import Any

from chirrup.domain.messages import TEXT_MAX
from chirrup.service import broadcasts, notifications

Json = dict[str, Any]


def _object(**fields: Json) -> Json:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


CHANNEL_CONTENTS: dict[str, Json] = {
    broadcasts.NOTICE: _object(
        channel_id={"description": "The channel that says it.", "type": "string"},
        broadcast_id={"description": "The broadcast.", "type": "string"},
        type={"description": "Of what it says.", "enum": ["text", "material"]},
        content={"description": "As of a message of that type.", "type": "object"},
    ),
    notifications.NOTICE: _object(
        notification_id={"description": "The notification.", "type": "string"},
        template_id={"description": "The template that gave the words.", "type": "string"},
        text={"description": "To be shown.", "type": "string", "maxLength": TEXT_MAX * 2},
    ),
}
"""By type: the schema of the content."""
