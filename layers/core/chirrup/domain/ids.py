"""Ids of users, devices and conversations: what they look like and what they tell."""

import hashlib
import re
from base64 import urlsafe_b64encode
from enum import StrEnum
from typing import NamedTuple

from chirrup.domain.errors import ChirrupError, ErrorCode

USER_ID = r"[A-Za-z0-9_.@\-]{1,64}"
CLIENT_ID = r"[A-Za-z0-9_.:\-]{1,64}"
CONVERSATION_ID_MAX = 140
"""`p_` and two user ids of 64 characters with `~` between them make 131."""

_USER_ID = re.compile(USER_ID)
GROUP_ID = r"g_[0-9A-HJKMNP-TV-Z]{26}"
"""`g_` and 130 bits in Crockford's base 32, as a ULID is written."""

_GROUP_ID = re.compile(GROUP_ID)
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CROCKFORD = {c: i for i, c in enumerate(_DIGITS)}
_ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}")
_UUID7 = re.compile(
    r"[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?7[0-9a-fA-F]{3}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}"
)


class Kind(StrEnum):
    """What a conversation is; the prefix of its id says it."""

    PRIVATE = "private"
    SAVED = "saved"
    GROUP = "group"
    NOTICES = "notices"


class Conversation(NamedTuple):
    """A conversation id taken apart.

    Attributes:
        id: The id itself.
        kind: Private, one's own notes, a group, or what one is told by the server.
        users: The one or two users that the id names; none in a group, whose members are stored.
    """

    id: str
    kind: Kind
    users: tuple[str, ...]

    def peer_of(self, user_id: str) -> str | None:
        """The other side of a private chat; None elsewhere."""
        return next((user for user in self.users if user != user_id), None)


def is_user_id(text: str) -> bool:
    """Whether the text may be a user id (1-64 of `A-Za-z0-9_.@-`)."""
    return _USER_ID.fullmatch(text) is not None


def is_group_id(text: str) -> bool:
    """Whether the text may be the id of a group."""
    return _GROUP_ID.fullmatch(text) is not None


def private_id(one: str, other: str) -> str:
    """The id of the private chat of two users, the same from either side.

    Raises:
        ChirrupError: `cannot_target_self` when both are the same user.
    """
    if one == other:
        raise ChirrupError(ErrorCode.CANNOT_TARGET_SELF)
    return "p_" + "~".join(sorted((one, other)))


def notices_id(user_id: str) -> str:
    """The id of the timeline in which a user is told of requests, answers and mentions."""
    return f"u_{user_id}"


def group_id(creator_id: str, client_id: str) -> str:
    """The id of the group that a user makes under a client_id: making it twice gives one group.

    The id is no secret, but nobody can tell from it who made the group: it is a hash.
    """
    return hashed_id("g_", "group", creator_id, client_id)


def hashed_id(prefix: str, *parts: str) -> str:
    """130 bits of a hash of what these parts name, as a ULID is written."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    bits = int.from_bytes(digest[:17])
    return prefix + "".join(_DIGITS[bits >> 5 * place & 31] for place in range(25, -1, -1))


def parse_conversation_id(text: str) -> Conversation:
    """Take a conversation id apart.

    Raises:
        ChirrupError: `invalid_request` for an id that is malformed; `not_member` for a group or a
            channel that cannot be, as for one that may: an outsider does not learn what exists.
    """
    prefix, rest = text[:2], text[2:]
    if prefix == "p_":
        users = tuple(rest.split("~"))
        well_formed = len(users) == 2 and users[0] < users[1] and all(map(is_user_id, users))  # noqa: PLR2004
        if well_formed:
            return Conversation(text, Kind.PRIVATE, users)
    elif prefix == "s_":
        if is_user_id(rest):
            return Conversation(text, Kind.SAVED, (rest,))
    elif prefix == "u_":
        if is_user_id(rest):
            return Conversation(text, Kind.NOTICES, (rest,))
    elif _GROUP_ID.fullmatch(text):
        return Conversation(text, Kind.GROUP, ())
    elif prefix in ("g_", "c_"):
        raise ChirrupError(ErrorCode.NOT_MEMBER)
    raise ChirrupError(ErrorCode.INVALID_REQUEST, field="conversation_id", problem="is not valid")


def client_time(client_id: str) -> int | None:
    """The time (ms since epoch) that a ULID or UUIDv7 carries; None for any other id.

    Sources: the ULID specification (48 bits of milliseconds in the first ten Crockford
    digits) and RFC 9562, 5.7 (48 bits of milliseconds in the first twelve hex digits).
    """
    if _ULID.fullmatch(client_id):
        value = 0
        for char in client_id[:10].upper():
            value = value * 32 + _CROCKFORD[char]
        return value
    if _UUID7.fullmatch(client_id):
        return int(client_id.replace("-", "")[:12], 16)
    return None


def short_hash(text: str) -> str:
    """64 bits of SHA-256 as 11 characters: enough to find a candidate, never to trust one."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:8]).rstrip(b"=").decode()
