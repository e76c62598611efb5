"""What all wire shapes have in common, and how a bad one is refused."""

from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import CLIENT_ID, CONVERSATION_ID_MAX, GROUP_ID, USER_ID
from chirrup.domain.ids import Kind as ConversationKind

if TYPE_CHECKING:
    from pydantic.config import JsonDict, JsonValue

SEQ_MAX = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact (RFC 8259, 6)."""

UserId = Annotated[str, Field(pattern=f"^{USER_ID}$", description="A user id.", examples=["alice"])]
ClientId = Annotated[
    str,
    Field(
        pattern=f"^{CLIENT_ID}$",
        description="The client's own id of the message, new for each; a ULID or UUIDv7.",
        examples=["01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
CONVERSATION_ID = f"^(p_{USER_ID}~{USER_ID}|[su]_{USER_ID}|{GROUP_ID})$"
ConversationId = Annotated[
    str,
    Field(
        min_length=3,
        max_length=CONVERSATION_ID_MAX,
        description=(
            "`p_<one>~<other>`, the user ids in sorted order; `s_<user id>`, notes to oneself; "
            "`g_…`, a group; `u_<user id>`, one's notices."
        ),
        examples=["p_alice~bob"],
        # For the references; the code that takes ids apart refuses with the right error.
        json_schema_extra={"pattern": CONVERSATION_ID},
    ),
]
GroupId = Annotated[
    str,
    Field(
        pattern=f"^{GROUP_ID}$",
        description="The id of a group, and of its conversation.",
        examples=["g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"],
    ),
]
Seq = Annotated[
    int,
    Field(ge=1, le=SEQ_MAX, description="Number in the conversation, from 1.", examples=[42]),
]
Cursor = Annotated[
    int, Field(ge=0, le=SEQ_MAX, description="A seq, or 0 for none yet.", examples=[41])
]
Timestamp = Annotated[
    int, Field(description="Milliseconds since the epoch, UTC.", examples=[1_790_000_000_000])
]
UserRef = Annotated[str, Field(description="A user id.", examples=["alice"])]
"""In what we send; not checked again there."""
ConversationRef = Annotated[str, Field(description="A conversation id.", examples=["p_alice~bob"])]
"""In what we send; not checked again there."""
Kind = Annotated[
    ConversationKind,
    Field(description="A chat of two, notes to oneself, a group, or what the server tells one."),
]
Unread = Annotated[
    int, Field(ge=0, description="Messages of others after the read cursor; exact.", examples=[3])
]
Mentions = Annotated[
    int | None,
    Field(ge=1, description="How many of them mention you, or all; absent for none."),
]
VisibleFrom = Annotated[
    Seq,
    Field(description="Everything below was deleted for you, or was before you joined; not shown."),
]
NOT_BLANK = {"pattern": r"\S"}
"""For the references: the validators strip, which says the same."""

_FIELD_MAX = 80
_PROBLEMS = {"missing": "is required", "extra_forbidden": "is not known"}


class Received(BaseModel):
    """What a client sends: exactly as documented, or refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class Changes(Received):
    """What to change: what is left out stays as it is."""


class Emitted(BaseModel):
    """What we send. Fields that are None are left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def just_one(*fields: str) -> ConfigDict:
    """Says in the references what a validator checks: one of these texts is given, not more."""
    text: JsonDict = {"type": "string"}
    choices: list[JsonValue] = [{"required": [name], "properties": {name: text}} for name in fields]
    return ConfigDict(json_schema_extra={"oneOf": choices})


def not_both(one: str, other: str) -> ConfigDict:
    """Says in the references what a validator checks: of these numbers, one is given at most."""
    number: JsonDict = {"type": "integer"}
    both: JsonDict = {"required": [one, other], "properties": {one: number, other: number}}
    return ConfigDict(json_schema_extra={"not": both})


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
    # Pydantic says "[key]" where the key itself is bad; that is its language, not ours.
    field = ".".join(str(part) for part in first["loc"] if part != "[key]")[:_FIELD_MAX]
    problem = _PROBLEMS.get(first["type"], "is not valid")
    return ChirrupError(ErrorCode.INVALID_REQUEST, field=field or "data", problem=problem)


def encode(model: BaseModel) -> str:
    """The model as JSON text, without what is None."""
    return model.model_dump_json(exclude_none=True)
