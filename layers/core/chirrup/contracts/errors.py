"""Errors on the wire: the same code and details, as a problem document or inside a frame."""

from typing import Annotated, Any, Literal

from pydantic import Field

from chirrup.contracts.base import Emitted
from chirrup.domain.errors import ErrorCode

Retryable = Annotated[bool, Field(description="Whether the same request may succeed later.")]
Details = Annotated[
    dict[str, Any],
    Field(
        description="What helps to act on it; more keys may come.",
        json_schema_extra={
            "properties": {
                "field": {"type": "string", "description": "The field that was refused."},
                "problem": {"type": "string", "description": "What is wrong with it."},
                "limit_bytes": {"type": "integer", "description": "The largest size allowed."},
                "limit": {"type": "integer", "description": "The largest number allowed."},
                "retry_after_ms": {"type": "integer", "description": "When to try again."},
                "conversation_id": {"type": "string", "description": "Where the first one is."},
                "seq": {"type": "integer", "description": "The seq of the first one."},
                "last_seq": {"type": "integer", "description": "The last seq that exists."},
                "reason": {"type": "string", "description": "Which case of the code it is."},
                "user_id": {"type": "string", "description": "Of several users, the one meant."},
                "muted_until": {"type": "integer", "description": "When a mute ends."},
                "problems": {
                    "type": "array",
                    "items": {"type": "object"},
                    "description": "Of a file, the first rows that are not good.",
                },
                "problem_count": {"type": "integer", "description": "How many there are."},
                "word_id": {"type": "string", "description": "The word that is there already."},
                "request_id": {"type": "string", "description": "Say it when you ask for help."},
            }
        },
    ),
]


class ErrorBody(Emitted):
    """What went wrong."""

    code: ErrorCode
    message: Annotated[str, Field(description="A sentence for people.")]
    retryable: Retryable
    details: Details


class Problem(Emitted):
    """An error, as RFC 9457 problem details (`application/problem+json`)."""

    type: Literal["about:blank"] = "about:blank"
    title: Annotated[str, Field(description="A sentence for people.")]
    status: Annotated[int, Field(description="The HTTP status.")]
    code: ErrorCode
    retryable: Retryable
    details: Details
    request_id: Annotated[str | None, Field(description="Say it when you ask for help.")] = None
