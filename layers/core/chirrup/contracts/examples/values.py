"""What the examples have in common."""

from typing import Any

from pydantic import BaseModel

Example = dict[str, Any]
Examples = dict[type[BaseModel], list[Example]]

AT = 1_790_000_000_000
CHAT = {"conversation_id": "p_alice~bob"}
GROUP_ID = "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
