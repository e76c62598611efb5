"""What each request may refuse, beside what any request may: the references are made from it."""

from chirrup.domain.errors import ErrorCode

MEMBER = (ErrorCode.NOT_MEMBER, ErrorCode.NOT_FOUND)
STOPPED = (ErrorCode.GROUP_DISSOLVED, ErrorCode.GROUP_BANNED)
WRITE = (
    *MEMBER,
    ErrorCode.FORBIDDEN,
    ErrorCode.NOT_FRIENDS,
    ErrorCode.BLOCKED_BY_PEER,
    *STOPPED,
    ErrorCode.GROUP_MUTED,
    ErrorCode.MEMBER_MUTED,
)
"""What `service.access.check_writing` refuses, of all who write or change what is written."""
SEND = (
    *WRITE,
    ErrorCode.ADMIN_REQUIRED,
    ErrorCode.IDEMPOTENCY_CONFLICT,
    ErrorCode.INVALID_QUOTE,
    ErrorCode.MEDIA_NOT_FOUND,
    ErrorCode.MEDIA_NOT_ALLOWED,
    ErrorCode.SENSITIVE_WORD,
    ErrorCode.CONFLICT,
    ErrorCode.RATE_LIMITED,
)
APPEARANCE = (
    ErrorCode.SENSITIVE_WORD,
    ErrorCode.MEDIA_NOT_FOUND,
    ErrorCode.MEDIA_NOT_ALLOWED,
    ErrorCode.RATE_LIMITED,
)
"""What a new name, description or picture may be refused for."""
SETTINGS = (*MEMBER, ErrorCode.RATE_LIMITED)
READ = (*MEMBER, ErrorCode.INVALID_READ_SEQ)
TYPING = WRITE
REMOVE_REACTION = (*WRITE, ErrorCode.ALREADY_RECALLED, ErrorCode.RATE_LIMITED)
ADD_REACTION = (*REMOVE_REACTION, ErrorCode.CONFLICT, ErrorCode.SENSITIVE_WORD)
RECALL = (
    *MEMBER,
    *STOPPED,
    ErrorCode.FORBIDDEN,
    ErrorCode.ALREADY_RECALLED,
    ErrorCode.RECALL_EXPIRED,
    ErrorCode.RATE_LIMITED,
)
EDIT = (
    *REMOVE_REACTION,
    ErrorCode.EDIT_EXPIRED,
    ErrorCode.ADMIN_REQUIRED,
    ErrorCode.SENSITIVE_WORD,
)
FRIEND = (ErrorCode.NOT_FOUND, ErrorCode.RATE_LIMITED)
REMOVE_FRIEND = (*FRIEND, ErrorCode.CANNOT_TARGET_SELF)
ASK_FRIEND = (
    *REMOVE_FRIEND,
    ErrorCode.ALREADY_FRIENDS,
    ErrorCode.BLOCKED_BY_PEER,
    ErrorCode.FORBIDDEN,
    ErrorCode.CONFLICT,
)
WITHDRAW_REQUEST = (ErrorCode.REQUEST_HANDLED, ErrorCode.RATE_LIMITED)
REJECT_FRIEND = (*WITHDRAW_REQUEST, ErrorCode.REQUEST_EXPIRED)
ACCEPT_FRIEND = (*REJECT_FRIEND, ErrorCode.CANNOT_TARGET_SELF, ErrorCode.CONFLICT)
BLOCK = REMOVE_FRIEND
UNBLOCK = (ErrorCode.CANNOT_TARGET_SELF, ErrorCode.RATE_LIMITED)
GOVERN = (
    ErrorCode.NOT_MEMBER,
    ErrorCode.GROUP_DISSOLVED,
    ErrorCode.GROUP_BANNED,
    ErrorCode.RATE_LIMITED,
)
"""What every change of a group may refuse."""
IN_CHARGE = (*GOVERN, ErrorCode.ADMIN_REQUIRED)
LOOK = (ErrorCode.NOT_MEMBER, ErrorCode.ADMIN_REQUIRED)
"""What a look at what is for owner and admins may refuse."""
LEAD = (
    *GOVERN,
    ErrorCode.OWNER_REQUIRED,
    ErrorCode.CANNOT_TARGET_SELF,
    ErrorCode.NOT_FOUND,
)
BRINGING = (
    ErrorCode.NOT_FRIENDS,
    ErrorCode.NOT_FOUND,
    ErrorCode.BLOCKED_BY_PEER,
    ErrorCode.GROUP_FULL,
    ErrorCode.CONFLICT,
)
"""What bringing users into a group may refuse."""
CHANNEL = (ErrorCode.NOT_FOUND,)
UNSUBSCRIBE = (*CHANNEL, ErrorCode.FORBIDDEN, ErrorCode.RATE_LIMITED)
SUBSCRIBE = (*CHANNEL, ErrorCode.CHANNEL_DISABLED, ErrorCode.CONFLICT, ErrorCode.RATE_LIMITED)
OF_GROUP = (ErrorCode.NOT_MEMBER,)
RECEIPTS = (*MEMBER, ErrorCode.FORBIDDEN)
MEMBERS = RECEIPTS
UNPIN = (
    *GOVERN,
    ErrorCode.NOT_FOUND,
    ErrorCode.FORBIDDEN,
    ErrorCode.BLOCKED_BY_PEER,
    ErrorCode.NOT_FRIENDS,
    ErrorCode.ADMIN_REQUIRED,
)
PIN = (*UNPIN, ErrorCode.ALREADY_RECALLED, ErrorCode.PIN_LIMIT)
ANNOUNCE = (*IN_CHARGE, ErrorCode.SENSITIVE_WORD, ErrorCode.CONFLICT)
DELETE_ANNOUNCEMENT = (*IN_CHARGE, ErrorCode.NOT_FOUND)
CHANGE_ANNOUNCEMENT = (*DELETE_ANNOUNCEMENT, ErrorCode.SENSITIVE_WORD)
