"""What each request may refuse, beside what any request may: the references are made from it."""

from chirrup.domain.errors import ErrorCode

MEMBER = (ErrorCode.NOT_MEMBER, ErrorCode.NOT_FOUND)
SEND = (
    *MEMBER,
    ErrorCode.NOT_FRIENDS,
    ErrorCode.ADMIN_REQUIRED,
    ErrorCode.IDEMPOTENCY_CONFLICT,
    ErrorCode.INVALID_QUOTE,
    ErrorCode.CONFLICT,
    ErrorCode.RATE_LIMITED,
)
READ = (*MEMBER, ErrorCode.INVALID_READ_SEQ)
REMOVE_REACTION = (*MEMBER, ErrorCode.ALREADY_RECALLED, ErrorCode.RATE_LIMITED)
ADD_REACTION = (*REMOVE_REACTION, ErrorCode.CONFLICT)
RECALL = (*REMOVE_REACTION, ErrorCode.FORBIDDEN, ErrorCode.RECALL_EXPIRED)
EDIT = (
    *REMOVE_REACTION,
    ErrorCode.FORBIDDEN,
    ErrorCode.EDIT_EXPIRED,
    ErrorCode.ADMIN_REQUIRED,
)
OF_GROUP = (ErrorCode.NOT_MEMBER,)
RECEIPTS = (*MEMBER, ErrorCode.FORBIDDEN)
UNPIN = (
    *MEMBER,
    ErrorCode.FORBIDDEN,
    ErrorCode.BLOCKED_BY_PEER,
    ErrorCode.NOT_FRIENDS,
    ErrorCode.ADMIN_REQUIRED,
    ErrorCode.GROUP_DISSOLVED,
    ErrorCode.GROUP_BANNED,
    ErrorCode.RATE_LIMITED,
)
PIN = (*UNPIN, ErrorCode.ALREADY_RECALLED, ErrorCode.PIN_LIMIT)
_IN_CHARGE = (
    *OF_GROUP,
    ErrorCode.ADMIN_REQUIRED,
    ErrorCode.GROUP_DISSOLVED,
    ErrorCode.GROUP_BANNED,
    ErrorCode.RATE_LIMITED,
)
ANNOUNCE = (*_IN_CHARGE, ErrorCode.CONFLICT)
CHANGE_ANNOUNCEMENT = (*_IN_CHARGE, ErrorCode.NOT_FOUND)
