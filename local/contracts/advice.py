"""What each error code means and what a client does about it; a test holds that none is missing."""

from dataclasses import dataclass, field
from typing import Any

from chirrup.domain.errors import ErrorCode
from chirrup.domain.frames import FRAME_BYTES_MAX
from chirrup.domain.messages import (
    CONTENT_BYTES_MAX,
    CUSTOM_BYTES_MAX,
    REACTION_KINDS_MAX,
    REACTIONS_MAX,
)
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
        "The message, the request or the membership is someone else's; or nobody writes there"
        " (`reason` is `notices` or `channel`), or not you, who have blocked the other side"
        " (`blocking_peer`); or one whom you invite was banned from the group (`banned`); or"
        " it is a channel that everybody is in (`everyone`).",
        "Do not offer it; to write to somebody whom you have blocked, end the block first.",
        {"reason": "blocking_peer"},
    ),
    ErrorCode.NOT_FOUND: Advice(
        "It does not exist, or not for you: a user who was never seen, a conversation in which"
        " nobody has written, a message that you deleted for yourself, or an unknown path.",
        "Show that it is not there.",
    ),
    ErrorCode.CONFLICT: Advice(
        f"The message has {REACTION_KINDS_MAX} kinds of reactions already, or {REACTIONS_MAX:,} in"
        " all (`limit`); there are as"
        " many admins, links, announcements, friends or groups as there may be (`reason`,"
        " `limit`); or a retry is so old that it cannot be told any more whether the first attempt"
        " was stored (`reason` is `too_old_to_retry`).",
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
        "The `client_id` stands on another message of yours, or on another group that you made:"
        " other type, content or quote. `conversation_id` and `seq` say which.",
        "Take a new `client_id` for each message, and the same one only for retries.",
        {"conversation_id": "p_alice~bob", "seq": 42},
    ),
    ErrorCode.NOT_MEMBER: Advice(
        "The conversation is not yours, or you are not in the group, whether there is one or not.",
        "Do not retry; take it off the list.",
    ),
    ErrorCode.NOT_FRIENDS: Advice(
        "`PrivateChatPolicy` is `friends`, and you two are not; `user_id` says who, where several"
        " are named.",
        "Offer to ask for friendship.",
        {"user_id": "bob"},
    ),
    ErrorCode.BLOCKED_BY_PEER: Advice(
        "The other side has blocked you; `user_id` says who, where several are named.",
        "Do not offer it.",
        {"user_id": "bob"},
    ),
    ErrorCode.ALREADY_FRIENDS: Advice("You are friends.", "`sync`; offer to write instead."),
    ErrorCode.REQUEST_HANDLED: Advice(
        "Somebody has answered the request, or it was withdrawn, or the user is in already.",
        "Load the requests anew.",
    ),
    ErrorCode.REQUEST_EXPIRED: Advice(
        "More than 7 days have passed since it was made.", "Let the user ask again."
    ),
    ErrorCode.GROUP_DISSOLVED: Advice(
        "The owner has ended the group.", "Offer reading and leaving only."
    ),
    ErrorCode.GROUP_BANNED: Advice(
        "The platform has stopped the group.", "Offer reading, leaving and dissolving only."
    ),
    ErrorCode.GROUP_FULL: Advice(
        "The group has as many members as `GroupMaxMembers` allows, or would have more.",
        "Invite fewer, or remove somebody.",
        {"limit": 500},
    ),
    ErrorCode.GROUP_MUTED: Advice(
        "The owner or an admin has muted all.", "Wait for `system.group_unmuted_all`."
    ),
    ErrorCode.MEMBER_MUTED: Advice(
        "The owner or an admin has muted you, until `muted_until` if that is given.",
        "Wait for it, or for `system.group_member_unmuted`.",
        {"muted_until": 1_790_000_600_000},
    ),
    ErrorCode.ALREADY_MEMBER: Advice(
        "You are in the group, or all whom you invite are.", "`sync`; open the group."
    ),
    ErrorCode.OWNER_REQUIRED: Advice(
        "Only the owner may do it, also what an admin would do to the owner or another admin.",
        "Offer it to the owner only.",
    ),
    ErrorCode.ADMIN_REQUIRED: Advice(
        "You mentioned `all`, or did in a group what only its owner and admins may.",
        "Mention people by name; offer the rest to owner and admins only.",
    ),
    ErrorCode.OWNER_CANNOT_LEAVE: Advice(
        "You own the group, and it is not dissolved.", "Offer to hand it over, or to dissolve it."
    ),
    ErrorCode.PIN_LIMIT: Advice(
        "Five messages are pinned; `seqs` are theirs.",
        "Offer to unpin one.",
        {"limit": 5, "seqs": [9, 7, 5, 3, 1]},
    ),
    ErrorCode.CANNOT_TARGET_SELF: Advice(
        "`to`, or the user whom you want to befriend, block, mute, promote or hand the group to, is"
        " yourself.",
        "Notes to oneself go to the conversation `s_<user id>`.",
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
    ErrorCode.SENSITIVE_WORD: Advice(
        "The text holds an unwanted word; which one is not told. Nothing was stored.",
        "Have it worded otherwise, and send it under a new `client_id`.",
        {"field": "content.text"},
    ),
    ErrorCode.MEDIA_NOT_FOUND: Advice(
        "There is no such upload, it was never sent or lacks parts, it has expired (after 23 hours "
        "without use), or you cannot see it. Or it has no thumbnail, yet.",
        "Send the file again, then the message; see how-to/uploads.md.",
    ),
    ErrorCode.MEDIA_NOT_ALLOWED: Advice(
        "The upload is not what was declared, or not what this message takes; `reason` says which: "
        "`content_type`, `size`, `checksum`, `trailing_data`, `polyglot`, `purpose`.",
        "Upload the file as what it is; see how-to/uploads.md.",
        {"reason": "content_type"},
    ),
    ErrorCode.CHANNEL_DISABLED: Advice(
        "The channel takes no subscribers and says nothing at the moment.",
        "Do not offer it; who is in it can still read it.",
    ),
    ErrorCode.MATERIAL_IN_USE: Advice(
        "The material was broadcast: those who have got it must be able to read it.",
        "Leave it; withdraw the broadcast to take it from its readers.",
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
