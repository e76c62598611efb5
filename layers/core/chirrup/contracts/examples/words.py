"""Examples of words that are not wanted, and of where they were found."""

from chirrup.contracts.examples.values import AT, Example, Examples
from chirrup.contracts.hits import (
    FoundView,
    HitHandling,
    HitPage,
    HitQuery,
    HitView,
    WaitingQuery,
)
from chirrup.contracts.words import (
    NewWord,
    WordChanges,
    WordImport,
    WordImportView,
    WordPage,
    WordQuery,
    WordView,
)

_WORD: Example = {
    "word_id": "w_a4c9e35d0e65e5dbe7c1",
    "word": "free money",
    "action": "flag",
    "category": "fraud",
}
_FOUND: Example = {"field": "content.text", **_WORD}
_HIT_ID = "h_8209999999999_0123456789abcdef01234567"
_HIT: Example = {
    "hit_id": _HIT_ID,
    "at": AT,
    "user_id": "bob",
    "what": "message",
    "conversation_id": "p_alice~bob",
    "ref": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
    "seq": 42,
    "action": "flag",
    "found": [_FOUND],
    "status": "waiting",
}
_HANDLED: Example = {
    "status": "handled",
    "outcome": "recalled",
    "handled_by": "carol",
    "handled_at": AT + 60_000,
}

EXAMPLES: Examples = {
    FoundView: [_FOUND],
    HitHandling: [{"outcome": "approved"}],
    HitPage: [{"items": [_HIT], "next_cursor": _HIT_ID}],
    HitQuery: [{"since": AT, "action": "reject", "user_id": "bob"}],
    HitView: [_HIT, {**_HIT, **_HANDLED}],
    NewWord: [{"word": "free money", "action": "flag", "category": "fraud"}],
    WaitingQuery: [{"limit": 20}],
    WordChanges: [{"action": "mask"}],
    WordImport: [
        {"format": "csv", "content": "word,action,category\nfree money,flag,fraud\n"},
        {"format": "text", "content": "free money\n", "action": "mask", "replace": True},
    ],
    WordImportView: [{"added": 2, "changed": 1, "unchanged": 0, "deleted": 0}],
    WordPage: [{"items": [_WORD], "next_cursor": "freemoney"}],
    WordQuery: [{"text": "money", "action": "flag"}],
    WordView: [_WORD],
}
