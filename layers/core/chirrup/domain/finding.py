"""What a search for messages asks for, and whether a message is it."""

from dataclasses import dataclass

from chirrup.domain.contents import texts_in
from chirrup.domain.messages import Entry, Json
from chirrup.domain.texts import folded

NOTICE = "notice."
"""What the types of notices begin with: the server says them, so no search finds them."""
NAMED = {"card": "name"}
"""Where a type of message holds text that its sender did not write, but that is read with it."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """What a message must be; what is None does not matter.

    Attributes:
        terms: Each must occur in its text; folded.
        sender_id: Who sent it.
        type: What it is.
        since: Sent then or later (ms since epoch).
        until: Sent before (ms since epoch).
    """

    terms: tuple[str, ...] = ()
    sender_id: str | None = None
    type: str | None = None
    since: int | None = None
    until: int | None = None

    def allow(self, entry: Entry) -> bool:
        """Whether an entry is a message of this kind, whatever it says; one recalled is none."""
        return (
            entry.countable
            and entry.recalled is None
            and not entry.type.startswith(NOTICE)
            and self.sender_id in (None, entry.sender_id)
            and self.type in (None, entry.type)
            and (self.since is None or self.since <= entry.sent_at)
            and (self.until is None or entry.sent_at < self.until)
        )

    def match(self, type_: str, content: Json) -> bool:
        """Whether every term occurs in what a message says."""
        if not self.terms:
            return True
        text = text_of(type_, content)
        return all(term in text for term in self.terms)


def terms_of(words: str) -> tuple[str, ...]:
    """The terms of a search: what stands between blanks, folded, each once."""
    return tuple(dict.fromkeys(map(folded, words.split())))


def text_of(type_: str, content: Json) -> str:
    """All that a message says, folded; a blank, which no term holds, ends each part."""
    parts = list(texts_in(type_, content).values())
    if type_ in NAMED:
        parts.append(str(content.get(NAMED[type_]) or ""))
    return folded("\n".join(parts))
