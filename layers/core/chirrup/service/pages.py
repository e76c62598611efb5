"""Pages of a timeline as one user sees them, cut to what a reply may weigh."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chirrup.domain.conversations import Member, Settings
from chirrup.domain.ids import Conversation
from chirrup.domain.messages import Entry, encode_json
from chirrup.domain.rights import GroupState

FRAMING = 200
"""Bytes that the names and numbers of an entry take on the wire, at most, as of a conversation."""
SETTINGS_FRAMING = 300
"""Bytes that the names of a conversation's settings take."""
GROUP_FRAMING = 120
"""The same of what a list shows of a group, beside its name."""
PART_FRAMING = 110
"""The same for its quote, what it forwards, its recall and its edits."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as one user sees it.

    Attributes:
        entry: The entry.
        changed: For a change: the message that it changed, as that is now.
        hidden: The user deleted it for themselves; only its seq is shown.
    """

    entry: Entry
    changed: Entry | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Entries, ascending, and whether there are more in the direction of reading."""

    entries: Sequence[Shown]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Synced:
    """One conversation in a sync."""

    conversation: Conversation
    last_seq: int
    group: GroupState | None
    member: Member
    settings: Settings
    unread: int
    mentions: int
    entries: Sequence[Shown]


def weight_of_shown(shown: Shown) -> int:
    """Bytes on the wire, not less than what it will be."""
    return sum(_weight_of_entry(entry) for entry in (shown.entry, shown.changed) if entry)


def _weight_of_entry(entry: Entry) -> int:
    texts = [entry.conversation_id, entry.client_id, entry.sender_id, entry.type]
    total = FRAMING + len(encode_json(entry.content))
    if entry.quote:
        # A character takes 6 bytes at most: a control character, escaped.
        total += PART_FRAMING + 6 * len(entry.quote.excerpt or "")
        texts += [entry.quote.sender_id, entry.quote.type]
    if entry.forwarded:
        total += PART_FRAMING
        texts.append(entry.forwarded.sender_id)
    if entry.recalled:
        total += PART_FRAMING
        texts.append(entry.recalled.by)
    if entry.edits:
        total += PART_FRAMING
    for reaction, users in entry.reactions.items():
        total += PART_FRAMING + 6 * len(reaction) + sum(len(user) + 3 for user in users)
    return total + sum(map(len, texts))


def weight_of(synced: Synced) -> int:
    """Bytes that a conversation takes in a sync, not less than what it will be."""
    settings = synced.settings
    own = FRAMING + SETTINGS_FRAMING + len(synced.conversation.id)
    own += GROUP_FRAMING + 6 * len(synced.group.name) if synced.group else 0
    own += 6 * len(settings.draft or "") + 6 * len(settings.remark or "")
    own += 17 * len(settings.hidden)
    return own + sum(map(weight_of_shown, synced.entries))


def fit(entries: Sequence[Shown], budget: int) -> list[Shown]:
    """As many from the beginning as the budget takes, and one at least."""
    kept: list[Shown] = []
    for shown in entries:
        budget -= weight_of_shown(shown)
        if budget < 0 and kept:
            break
        kept.append(shown)
    return kept


def fit_newest(synced: Synced, budget: int, *, force: bool) -> Synced | None:
    """The conversation within the budget: whole, or its newest entries if it must be shown."""
    if weight_of(synced) <= budget:
        return synced
    if not force:
        return None
    return replace(synced, entries=fit(synced.entries[::-1], budget)[::-1])
