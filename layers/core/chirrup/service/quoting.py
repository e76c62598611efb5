"""Quotes: a picture of a message, that loses its excerpt once the message is gone."""

from collections.abc import Mapping
from dataclasses import replace

from chirrup.domain.conversations import Member
from chirrup.domain.messages import Entry
from chirrup.ports.timelines import Timeline


def as_now(entry: Entry, known: Mapping[int, Entry]) -> Entry:
    """A message with its quote as it may be shown now.

    Args:
        entry: The message.
        known: Messages by seq, the quoted one among them if it is still there.
    """
    if entry.quote is None or entry.quote.excerpt is None:
        return entry
    quoted = known.get(entry.quote.seq)
    return without_excerpt(entry) if quoted is None or quoted.recalled else entry


def as_seen(entry: Entry, known: Mapping[int, Entry], member: Member) -> Entry:
    """The same as a member may see it: without what was written before they came, say."""
    if entry.quote and not member.was_in(entry.quote.seq):
        return without_excerpt(entry)
    return as_now(entry, known)


def without_excerpt(entry: Entry) -> Entry:
    """A message that quotes, for those who may not see what it quotes, or not any more."""
    if entry.quote is None:
        return entry
    return replace(entry, quote=replace(entry.quote, excerpt=None))


def looked_up(timeline: Timeline, entry: Entry) -> Entry:
    """The same for one message, where what it quotes has to be read."""
    if entry.quote is None:
        return entry
    return as_now(entry, timeline.get(entry.conversation_id, [entry.quote.seq]))
