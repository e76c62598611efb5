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
GOVERN = (
    ErrorCode.NOT_MEMBER,
    ErrorCode.GROUP_DISSOLVED,
    ErrorCode.GROUP_BANNED,
    ErrorCode.RATE_LIMITED,
)
"""What every change of a group may refuse."""
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
OF_GROUP = (ErrorCode.NOT_MEMBER,)
RECEIPTS = (*MEMBER, ErrorCode.FORBIDDEN)
UNPIN = (
    *GOVERN,
    ErrorCode.NOT_FOUND,
    ErrorCode.FORBIDDEN,
    ErrorCode.BLOCKED_BY_PEER,
    ErrorCode.NOT_FRIENDS,
    ErrorCode.ADMIN_REQUIRED,
)
PIN = (*UNPIN, ErrorCode.ALREADY_RECALLED, ErrorCode.PIN_LIMIT)
ANNOUNCE = (*GOVERN, ErrorCode.ADMIN_REQUIRED, ErrorCode.CONFLICT)
CHANGE_ANNOUNCEMENT = (*GOVERN, ErrorCode.ADMIN_REQUIRED, ErrorCode.NOT_FOUND)
