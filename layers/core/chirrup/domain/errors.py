"""Every refusal a client can meet, with its code, HTTP status and whether to try again."""

from enum import StrEnum
from typing import NamedTuple


class ErrorCode(StrEnum):
    """Public error codes; extended at need, never renamed."""

    INVALID_FRAME = "invalid_frame"
    UNKNOWN_ACTION = "unknown_action"
    INVALID_REQUEST = "invalid_request"
    PAYLOAD_TOO_LARGE = "payload_too_large"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    RATE_LIMITED = "rate_limited"
    IDEMPOTENCY_CONFLICT = "idempotency_conflict"
    NOT_MEMBER = "not_member"
    NOT_FRIENDS = "not_friends"
    BLOCKED_BY_PEER = "blocked_by_peer"
    ALREADY_FRIENDS = "already_friends"
    REQUEST_HANDLED = "request_handled"
    REQUEST_EXPIRED = "request_expired"
    GROUP_DISSOLVED = "group_dissolved"
    GROUP_BANNED = "group_banned"
    GROUP_FULL = "group_full"
    GROUP_MUTED = "group_muted"
    MEMBER_MUTED = "member_muted"
    ALREADY_MEMBER = "already_member"
    OWNER_REQUIRED = "owner_required"
    OWNER_CANNOT_LEAVE = "owner_cannot_leave"
    PIN_LIMIT = "pin_limit"
    ADMIN_REQUIRED = "admin_required"
    CANNOT_TARGET_SELF = "cannot_target_self"
    RECALL_EXPIRED = "recall_expired"
    ALREADY_RECALLED = "already_recalled"
    EDIT_EXPIRED = "edit_expired"
    INVALID_QUOTE = "invalid_quote"
    INVALID_READ_SEQ = "invalid_read_seq"
    SENSITIVE_WORD = "sensitive_word"
    MEDIA_NOT_FOUND = "media_not_found"
    MEDIA_NOT_ALLOWED = "media_not_allowed"
    CHANNEL_DISABLED = "channel_disabled"
    MATERIAL_IN_USE = "material_in_use"
    TEMPORARILY_UNAVAILABLE = "temporarily_unavailable"
    INTERNAL = "internal"


class ErrorEntry(NamedTuple):
    """One line of the catalogue."""

    status: int
    message: str
    retryable: bool = False


CATALOGUE: dict[ErrorCode, ErrorEntry] = {
    ErrorCode.INVALID_FRAME: ErrorEntry(400, "The frame is not a JSON object of this protocol."),
    ErrorCode.UNKNOWN_ACTION: ErrorEntry(400, "There is no such action."),
    ErrorCode.INVALID_REQUEST: ErrorEntry(400, "The request does not have the documented shape."),
    ErrorCode.PAYLOAD_TOO_LARGE: ErrorEntry(413, "The request is larger than allowed."),
    ErrorCode.UNAUTHENTICATED: ErrorEntry(401, "Sign in and try again with a valid token."),
    ErrorCode.FORBIDDEN: ErrorEntry(403, "You may not do this."),
    ErrorCode.NOT_FOUND: ErrorEntry(404, "There is nothing here that you can see."),
    ErrorCode.CONFLICT: ErrorEntry(409, "This no longer fits the present state."),
    ErrorCode.RATE_LIMITED: ErrorEntry(429, "Too many requests; wait, then try again.", True),
    ErrorCode.IDEMPOTENCY_CONFLICT: ErrorEntry(
        409, "This client_id was used for a message with another content."
    ),
    ErrorCode.NOT_MEMBER: ErrorEntry(403, "You are not a member of this conversation."),
    ErrorCode.NOT_FRIENDS: ErrorEntry(403, "Only friends may write to each other here."),
    ErrorCode.BLOCKED_BY_PEER: ErrorEntry(403, "The other side has blocked you."),
    ErrorCode.ALREADY_FRIENDS: ErrorEntry(409, "You are friends already."),
    ErrorCode.REQUEST_HANDLED: ErrorEntry(409, "The request was answered or withdrawn already."),
    ErrorCode.REQUEST_EXPIRED: ErrorEntry(409, "The request has expired; ask again."),
    ErrorCode.GROUP_DISSOLVED: ErrorEntry(403, "The group was dissolved."),
    ErrorCode.GROUP_BANNED: ErrorEntry(403, "The group was stopped by the platform."),
    ErrorCode.GROUP_FULL: ErrorEntry(409, "The group is full."),
    ErrorCode.GROUP_MUTED: ErrorEntry(403, "Only the owner and admins may write at the moment."),
    ErrorCode.MEMBER_MUTED: ErrorEntry(403, "You may not write in this group at the moment."),
    ErrorCode.ALREADY_MEMBER: ErrorEntry(409, "This user is a member already."),
    ErrorCode.OWNER_REQUIRED: ErrorEntry(403, "Only the owner may do this."),
    ErrorCode.OWNER_CANNOT_LEAVE: ErrorEntry(
        409, "The owner must hand the group over, or dissolve it, before leaving."
    ),
    ErrorCode.PIN_LIMIT: ErrorEntry(409, "No more messages can be pinned; unpin one."),
    ErrorCode.ADMIN_REQUIRED: ErrorEntry(403, "Only the owner or an admin may do this."),
    ErrorCode.CANNOT_TARGET_SELF: ErrorEntry(400, "You cannot do this to yourself."),
    ErrorCode.RECALL_EXPIRED: ErrorEntry(403, "The time to recall this message is over."),
    ErrorCode.ALREADY_RECALLED: ErrorEntry(409, "The message was recalled already."),
    ErrorCode.EDIT_EXPIRED: ErrorEntry(403, "The time to edit this message is over."),
    ErrorCode.INVALID_QUOTE: ErrorEntry(400, "The quoted message cannot be quoted."),
    ErrorCode.INVALID_READ_SEQ: ErrorEntry(400, "There is no message with this seq to have read."),
    ErrorCode.SENSITIVE_WORD: ErrorEntry(400, "This text holds words that are not wanted here."),
    ErrorCode.MEDIA_NOT_FOUND: ErrorEntry(
        404, "There is no such upload: never finished, expired, or not for you to see."
    ),
    ErrorCode.MEDIA_NOT_ALLOWED: ErrorEntry(403, "This upload cannot be used for this."),
    ErrorCode.CHANNEL_DISABLED: ErrorEntry(403, "The channel takes nobody at the moment."),
    ErrorCode.MATERIAL_IN_USE: ErrorEntry(409, "The material was broadcast, and must stay."),
    ErrorCode.TEMPORARILY_UNAVAILABLE: ErrorEntry(
        503, "Not possible at the moment; try again.", True
    ),
    ErrorCode.INTERNAL: ErrorEntry(500, "Something failed on our side; try again.", True),
}


class ChirrupError(Exception):
    """A refusal with a documented code; the only kind of failure a client is told about.

    Attributes:
        code: The public code.
        details: JSON values that help a client act, such as `retry_after_ms`.
    """

    def __init__(self, code: ErrorCode, **details: object) -> None:
        super().__init__(code.value)
        self.code = code
        self.details = details

    @property
    def status(self) -> int:
        """HTTP status of the code."""
        return CATALOGUE[self.code].status

    @property
    def message(self) -> str:
        """Our sentence for people; never text of a library."""
        return CATALOGUE[self.code].message

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return CATALOGUE[self.code].retryable
