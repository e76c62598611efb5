"""Examples of the search for messages."""

from chirrup.contracts.examples.messages import MESSAGE
from chirrup.contracts.examples.values import AT, CHAT, Examples
from chirrup.contracts.search import SearchPage, SearchQuery

_CURSOR = "NDAuMC4ucF9hbGljZX5ib2I"

EXAMPLES: Examples = {
    SearchPage: [
        {"messages": [MESSAGE], "next_cursor": _CURSOR, "complete": False},
        {"messages": [], "complete": True},
    ],
    SearchQuery: [
        {"q": "dinner eight", **CHAT, "sender_id": "alice", "limit": 10, "cursor": _CURSOR},
        {"type": "text", "from": AT, "to": AT + 86_400_000},
    ],
}
