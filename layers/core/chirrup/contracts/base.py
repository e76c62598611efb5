"""What all wire shapes have in common, and how a bad one is refused."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import CLIENT_ID, CONVERSATION_ID_MAX, USER_ID

SEQ_MAX = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact (RFC 8259, 6)."""

UserId = Annotated[str, Field(pattern=f"^{USER_ID}$", examples=["alice"])]
ClientId = Annotated[
    str,
    Field(
        pattern=f"^{CLIENT_ID}$",
        description="The client's own id of the message, new for each; a ULID or UUIDv7.",
        examples=["01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
ConversationId = Annotated[
    str, Field(min_length=3, max_length=CONVERSATION_ID_MAX, examples=["p_alice~bob"])
]
Seq = Annotated[int, Field(ge=1, le=SEQ_MAX, description="Number in the conversation, from 1.")]
Cursor = Annotated[int, Field(ge=0, le=SEQ_MAX)]
Timestamp = Annotated[int, Field(description="Milliseconds since the epoch, UTC.")]

_FIELD_MAX = 80
_PROBLEMS = {"missing": "is required", "extra_forbidden": "is not known"}


class Received(BaseModel):
    """What a client sends: exactly as documented, or refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Emitted(BaseModel):
    """What we send. Fields that are None are left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


R = TypeVar("R", bound=Received)


def decode(model: type[R], value: object) -> R:
    """The value as a model.

    Raises:
        ChirrupError: `invalid_request` with the field and, in our words, its problem.
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise refused(error) from error


def refused(error: ValidationError) -> ChirrupError:
    """A validation error in our words: the first field, and its problem."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    field = ".".join(str(part) for part in first["loc"])[:_FIELD_MAX]
    problem = _PROBLEMS.get(first["type"], "is not valid")
    return ChirrupError(ErrorCode.INVALID_REQUEST, field=field or "data", problem=problem)


def encode(model: BaseModel) -> str:
    """The model as JSON text, without what is None."""
    return model.model_dump_json(exclude_none=True)
