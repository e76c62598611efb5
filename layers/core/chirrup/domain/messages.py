"""The entries of a timeline: messages, and the changes that name the message they change."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from chirrup.domain.contents import texts_in
from chirrup.domain.errors import ChirrupError, ErrorCode

CONTENT_BYTES_MAX = 16 * 1024
"""A push with one message always fits a 32 KB frame."""
TEXT_MAX = 4096
CUSTOM_BYTES_MAX = 8 * 1024
CUSTOM_DEPTH_MAX = 32
"""Levels of lists and objects; encoders refuse a few hundred, and a stored message that cannot be
encoded again would block every later read of its conversation."""
EXCERPT_MAX = 200
REACTION_BYTES_MAX = 16
REACTION_KINDS_MAX = 20
REACTIONS_MAX = 1_000
"""Of all kinds together: they stand on the message's item, some 40 bytes each, and each new one
writes all of it."""
RECALL_WINDOW_MS = 5 * 60 * 1000
EDIT_WINDOW_MS = 24 * 60 * 60 * 1000

MENTION_ALL = "all"
"""In the mentions of a text: everybody in the group."""

RECALLED = "system.recalled"
EDITED = "system.edited"
REACTED = "system.reacted"
GROUP_CHANGE = "system.group_"
"""What the types of all changes of a group begin with: its members, roles, rules."""
ANNOUNCEMENT = "system.group_announcement"

Json = Mapping[str, Any]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Quote:
    """What a message quotes: the seq, and a picture of it taken when it was sent."""

    seq: int
    sender_id: str
    type: str
    excerpt: str | None


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The message that was forwarded first: where it is, who wrote it, when (ms since epoch)."""

    conversation_id: str
    seq: int
    sender_id: str
    sent_at: int


@dataclass(frozen=True, slots=True)
class Recalled:
    """Who recalled a message, and when (ms since epoch)."""

    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline.

    Attributes:
        seq: Its number in the conversation: 1, 2, 3… without gaps.
        client_id: The id that the sender's client gave it; empty in a change.
        content: The present content; empty once recalled.
        sent_at: When it was stored (ms since epoch).
        count: How many countable messages the timeline holds up to and with this entry.
        digest: Hash of the payload as first sent: the same `client_id` with another
            digest is a conflict.
        revision: Grows by one with each change of the item, for optimistic writes; in a change,
            the one that it gave the changed message.
        edits: How often the text was edited.
        reactions: Users by reaction, in the order in which they reacted.
        changes: The seq of the message that this entry changes; None in a message.
        previous: What the changed message held before, kept for administrators and
            never sent to a user.
        alls: How many messages up to and with this entry mention everybody.
        forwarded: What it passes on; None in a message that was written here.
    """

    conversation_id: str
    seq: int
    sender_id: str
    client_id: str
    type: str
    content: Json
    sent_at: int
    count: int
    digest: str = ""
    revision: int = 0
    quote: Quote | None = None
    edits: int = 0
    edited_at: int | None = None
    reactions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recalled: Recalled | None = None
    changes: int | None = None
    previous: Json | None = None
    alls: int = 0
    forwarded: Forwarded | None = None

    @property
    def countable(self) -> bool:
        """Whether it counts as unread: messages of users do, changes and notices do not."""
        return self.changes is None and is_countable(self.type)

    @property
    def by_user(self) -> bool:
        """Whether a user has sent it: no change, no notice, nothing else of the server's."""
        return self.changes is None and "." not in self.type

    @property
    def governs(self) -> bool:
        """Whether it changes who may do what: what was checked before it must be checked again."""
        return self.type.startswith(GROUP_CHANGE)

    @property
    def concerns(self) -> tuple[str, ...]:
        """Users whose member items it is reflected in: a message's sender, or whom it governs."""
        if self.governs:
            return tuple(self.content.get("user_ids", ()))
        return (self.sender_id,) if self.countable else ()

    @property
    def mentioned(self) -> tuple[str, ...]:
        """Users whom it names to be told; none where it tells everybody."""
        named = tuple(self.content.get("mentions", ())) if self.countable else ()
        if MENTION_ALL in named:
            return ()
        return tuple(dict.fromkeys(user for user in named if user != self.sender_id))


def is_countable(type_: str) -> bool:
    """Whether entries of a type count as unread: what users send, and notices."""
    return not type_.startswith("system.")


def encode_json(value: object) -> bytes:
    """JSON as it is measured, stored and sent: UTF-8, no spaces.

    Raises:
        ChirrupError: `invalid_request` when a text holds half a surrogate pair, a number is
            not finite, or the nesting is too deep.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode()
    except (ValueError, RecursionError) as error:  # UnicodeEncodeError is a ValueError
        raise ChirrupError(
            ErrorCode.INVALID_REQUEST, field="content", problem="is not valid"
        ) from error


def depth_of(value: object) -> int:
    """How many lists and objects of a JSON value stand in one another; 0 for a mere value."""
    depth, level = 0, [value]
    while level := [part for part in level if isinstance(part, dict | list)]:
        depth += 1
        level = [
            inner for part in level for inner in (part.values() if isinstance(part, dict) else part)
        ]
    return depth


def payload_digest(type_: str, content: Json, quote_seq: int | None) -> str:
    """Hash of what a client sent, independent of the order of its keys."""
    text = json.dumps([type_, content, quote_seq], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def mentions_all(type_: str, content: Json) -> int:
    """1 for a message that mentions everybody, else 0."""
    return int(type_ == "text" and MENTION_ALL in content.get("mentions", ()))


def excerpt(type_: str, content: Json, limit: int = EXCERPT_MAX) -> str | None:
    """The beginning of a text, a name or a title, for quotes and previews; None without one."""
    return next((text[:limit] for text in texts_in(type_, content).values()), None)


def recall(entry: Entry, user_id: str, now: int, *, in_charge: bool = False) -> Entry:
    """The message without its content, with a tombstone.

    Args:
        entry: The message.
        user_id: Who recalls it.
        now: Milliseconds since the epoch.
        in_charge: The user runs the group, and may recall this message at any time.

    Raises:
        ChirrupError: `not_found`, `forbidden`, `already_recalled`, `recall_expired`.
    """
    _message(entry)
    if not in_charge and entry.sender_id != user_id:
        raise ChirrupError(ErrorCode.FORBIDDEN)
    if entry.recalled:
        raise ChirrupError(ErrorCode.ALREADY_RECALLED)
    if not in_charge and now - entry.sent_at > RECALL_WINDOW_MS:
        raise ChirrupError(ErrorCode.RECALL_EXPIRED)
    return replace(
        entry,
        content={},
        quote=None,
        forwarded=None,
        reactions={},
        recalled=Recalled(user_id, now),
        revision=entry.revision + 1,
    )


def edit(entry: Entry, user_id: str, content: Json, now: int) -> Entry:
    """The message with another text.

    Raises:
        ChirrupError: `forbidden`, also for what was forwarded; `already_recalled`,
            `edit_expired`; `invalid_request` when it is no text.
    """
    _message(entry)
    if entry.sender_id != user_id:
        raise ChirrupError(ErrorCode.FORBIDDEN)
    if entry.recalled:
        raise ChirrupError(ErrorCode.ALREADY_RECALLED)
    if entry.type != "text":
        raise ChirrupError(ErrorCode.INVALID_REQUEST, field="seq", problem="is not a text")
    if entry.forwarded:
        # It would put other words into the mouth of the one who wrote it first.
        raise ChirrupError(ErrorCode.FORBIDDEN, reason="forwarded")
    if now - entry.sent_at > EDIT_WINDOW_MS:
        raise ChirrupError(ErrorCode.EDIT_EXPIRED)
    return replace(
        entry,
        content=content,
        edits=entry.edits + 1,
        edited_at=now,
        revision=entry.revision + 1,
    )


def react(entry: Entry, user_id: str, reaction: str, *, add: bool) -> Entry:
    """The message with the user's reaction added or taken away; itself if that changes nothing.

    Raises:
        ChirrupError: `already_recalled`; `conflict` at 20 kinds of reactions, or 1,000 in all.
    """
    _message(entry)
    if entry.recalled:
        raise ChirrupError(ErrorCode.ALREADY_RECALLED)
    users = entry.reactions.get(reaction, ())
    if add == (user_id in users):
        return entry
    if add and not users and len(entry.reactions) >= REACTION_KINDS_MAX:
        raise ChirrupError(ErrorCode.CONFLICT, limit=REACTION_KINDS_MAX)
    if add and sum(map(len, entry.reactions.values())) >= REACTIONS_MAX:
        raise ChirrupError(ErrorCode.CONFLICT, limit=REACTIONS_MAX)
    changed = (*users, user_id) if add else tuple(user for user in users if user != user_id)
    reactions = {**entry.reactions, reaction: changed}
    kept = {kind: who for kind, who in reactions.items() if who}
    return replace(entry, reactions=kept, revision=entry.revision + 1)


def _message(entry: Entry) -> None:
    if not entry.countable:
        raise ChirrupError(ErrorCode.NOT_FOUND)
