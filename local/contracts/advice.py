"""What each error code means and what a client does about it; a test holds that none is missing."""

from dataclasses import dataclass, field
from typing import Any

from chirrup.contracts.frames import FRAME_BYTES_MAX
from chirrup.domain.errors import ErrorCode
from chirrup.domain.messages import CONTENT_BYTES_MAX, CUSTOM_BYTES_MAX, REACTION_KINDS_MAX
from chirrup.domain.pins import PINS_MAX
from chirrup.domain.rates import BURST, INTERVAL_MS, PER_MINUTE
from chirrup.transport.http.api import BODY_BYTES_MAX


@dataclass(frozen=True, slots=True)
class Advice:
    """What the reference says of a code.

    Attributes:
        meaning: When it comes.
        remedy: What a client does.
        details: An example of the details that come with it.
    """

    meaning: str
    remedy: str
    details: dict[str, Any] = field(default_factory=dict)


def _kb(size: int) -> str:
    return f"{size // 1024} KB"


ADVICE: dict[ErrorCode, Advice] = {
    ErrorCode.INVALID_FRAME: Advice(
        "The frame is no JSON object, is binary, has a key beside `action`, `id` and `data`, or an"
        " `id` that is not 1-64 printable characters.",
        "Mend the client; the same frame fails again. The socket stays open.",
        {"field": "id"},
    ),
    ErrorCode.UNKNOWN_ACTION: Advice(
        "`action` names no action of this version.", "Mend the client, or the server is older."
    ),
    ErrorCode.INVALID_REQUEST: Advice(
        "A field is missing, not known, of the wrong type, out of range, or does not fit what it"
        " refers to.",
        "Mend the client; `field` and `problem` say where and how.",
        {"field": "seq", "problem": "is required"},
    ),
    ErrorCode.PAYLOAD_TOO_LARGE: Advice(
        f"More than {_kb(FRAME_BYTES_MAX)} in a frame, {_kb(BODY_BYTES_MAX)} in a body,"
        f" {_kb(CONTENT_BYTES_MAX)} in a content or {_kb(CUSTOM_BYTES_MAX)} in the data of a"
        " `custom` message.",
        "Send less; `limit_bytes` is the limit that was passed.",
        {"limit_bytes": CONTENT_BYTES_MAX},
    ),
    ErrorCode.UNAUTHENTICATED: Advice(
        "No token, or one that is expired, forged, of another issuer or audience, or without a"
        " user id. Over a WebSocket: its time is over, and it is closed.",
        "Get a new token; over a WebSocket open a new one, `sync`, and send again.",
    ),
    ErrorCode.FORBIDDEN: Advice(
        "The message is someone else's; or nobody writes there (`reason` is `notices`), or not you,"
        " who have blocked the other side (`blocking_peer`).",
        "Do not offer it; to write to somebody whom you have blocked, end the block first.",
        {"reason": "blocking_peer"},
    ),
    ErrorCode.NOT_FOUND: Advice(
        "It does not exist, or not for you: a user who was never seen, a conversation in which"
        " nobody has written, a message that you deleted for yourself, or an unknown path.",
        "Show that it is not there.",
    ),
    ErrorCode.CONFLICT: Advice(
        f"The message has {REACTION_KINDS_MAX} kinds of reactions already (`limit`); or a retry is"
        " so old that it cannot be told any more whether the first attempt was stored (`reason` is"
        " `too_old_to_retry`).",
        "For a retry: look into the history whether the message stands there; if it does not, send"
        " it as a new one, under a new `client_id`.",
        {"reason": "too_old_to_retry"},
    ),
    ErrorCode.RATE_LIMITED: Advice(
        f"More than {1000 // INTERVAL_MS} messages a second in the long run, {BURST} at once or"
        f" {PER_MINUTE} a minute by one user in one conversation; or too soon after your last one"
        " in a group in slow mode (`reason` is `slow_mode`); or so many are writing into the"
        " conversation at this moment that the append was given up. Nothing was stored.",
        "Wait `retry_after_ms`, then send the same again.",
        {"retry_after_ms": 400},
    ),
    ErrorCode.IDEMPOTENCY_CONFLICT: Advice(
        "The `client_id` stands on another message of yours: other type, content or quote."
        " `conversation_id` and `seq` say which.",
        "Take a new `client_id` for each message, and the same one only for retries.",
        {"conversation_id": "p_alice~bob", "seq": 42},
    ),
    ErrorCode.NOT_MEMBER: Advice(
        "The conversation is not yours.", "Do not retry; take it off the list."
    ),
    ErrorCode.NOT_FRIENDS: Advice(
        "`PrivateChatPolicy` is `friends`, and you two are not.", "Offer to ask for friendship."
    ),
    ErrorCode.BLOCKED_BY_PEER: Advice(
        "The other side of the private chat has blocked you; what was written before can be read.",
        "Do not offer to write until it succeeds again.",
    ),
    ErrorCode.ALREADY_FRIENDS: Advice(
        "You asked somebody for friendship who is your friend.", "Show them among the friends."
    ),
    ErrorCode.REQUEST_HANDLED: Advice(
        "The request was accepted, rejected or withdrawn, perhaps on another device.",
        "Read the list of requests again.",
    ),
    ErrorCode.REQUEST_EXPIRED: Advice(
        "The request has waited too long for its answer.", "Ask again, or offer to."
    ),
    ErrorCode.GROUP_DISSOLVED: Advice(
        "The group was dissolved by its owner; it can only be read.", "Show it as ended."
    ),
    ErrorCode.GROUP_BANNED: Advice(
        "The platform has stopped the group; it can only be read.", "Show it as stopped."
    ),
    ErrorCode.GROUP_FULL: Advice(
        "The group has as many members as it may have.", "Try again when somebody has left."
    ),
    ErrorCode.GROUP_MUTED: Advice(
        "The group is muted: only the owner and admins may write at the moment.",
        "Do not offer to write until the group's change tells that it is over.",
    ),
    ErrorCode.MEMBER_MUTED: Advice(
        "An admin has muted you in this group until `muted_until`; until an admin ends it, where"
        " that is left out.",
        "Do not offer to write before.",
        {"muted_until": 1_790_000_600_000},
    ),
    ErrorCode.ALREADY_MEMBER: Advice(
        "The user is in the group already.", "Show the group, or the member."
    ),
    ErrorCode.ADMIN_REQUIRED: Advice(
        "Only the owner and admins of a group may do this, such as to mention `all`.",
        "Do not offer it to members; mention people by name.",
    ),
    ErrorCode.OWNER_REQUIRED: Advice(
        "Only the owner of the group may do this, such as to act on an admin.",
        "Do not offer it to others.",
    ),
    ErrorCode.OWNER_CANNOT_LEAVE: Advice(
        "You own the group that you want to leave.", "Offer to hand it over or to dissolve it."
    ),
    ErrorCode.PIN_LIMIT: Advice(
        f"{PINS_MAX} messages are pinned in the conversation.", "Offer to unpin one."
    ),
    ErrorCode.CANNOT_TARGET_SELF: Advice(
        "`to` is yourself.", "Notes to oneself go to the conversation `s_<user id>`."
    ),
    ErrorCode.RECALL_EXPIRED: Advice(
        "More than 5 minutes have passed.", "Do not offer it any more."
    ),
    ErrorCode.ALREADY_RECALLED: Advice(
        "The message was recalled.", "Show it as recalled; `sync` if you did not know."
    ),
    ErrorCode.EDIT_EXPIRED: Advice("More than 24 hours have passed.", "Do not offer it any more."),
    ErrorCode.INVALID_QUOTE: Advice(
        "What `quote` names does not exist, was recalled, is no message, or you deleted it.",
        "Send without the quote, under a new `client_id`.",
    ),
    ErrorCode.INVALID_READ_SEQ: Advice(
        "`seq` is beyond the last one.", "Read up to `last_seq`.", {"last_seq": 42}
    ),
    ErrorCode.TEMPORARILY_UNAVAILABLE: Advice(
        "A service that we need did not answer in time. A message may be stored all the same.",
        "Send the same again with growing pauses: same `client_id`, `attempt` one higher.",
    ),
    ErrorCode.INTERNAL: Advice(
        "A failure that we did not foresee; it is logged and raises an alarm.",
        "As for `temporarily_unavailable`; if it stays, report the `request_id`, which over a"
        " WebSocket stands in the details.",
    ),
}
