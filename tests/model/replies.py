"""What must hold of every answer and every push, at the moment it is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from pydantic import BaseModel

from chirrup.contracts.messages import MessageView
from chirrup.domain.messages import EDITED, RECALLED, payload_digest
from chirrup.service.changing import Changed
from chirrup.service.senders import Draft
from chirrup.service.sending import Sent
from tests.model.rules import require
from tests.model.state import State, deleted_tokens, recalled_tokens


@dataclass
class Request:
    """One request, from its beginning.

    Attributes:
        user: Who asks.
        before: What was stored when it began.
        dispatched: Seqs that it has handed to the dispatcher.
        unavailable: The dispatcher refused it.
    """

    user: str
    before: State
    dispatched: set[int] = field(default_factory=set)
    unavailable: bool = False


@dataclass
class Ledger:
    """What was promised: the seq of each message that was acknowledged.

    Attributes:
        payloads: All that was ever sent under a client_id.
    """

    acked: dict[tuple[str, str], int] = field(default_factory=dict)
    payloads: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def sending(self, user: str, draft: Draft) -> None:
        """A message goes out."""
        self.payloads.setdefault((user, draft.client_id), set()).add(_digest(draft))

    def sent(self, request: Request, draft: Draft, sent: Sent, state: State) -> None:
        """The server is about to acknowledge a message."""
        key = request.user, draft.client_id
        seq = sent.entry.seq
        stored = state.entries.get(seq)
        kept = stored is not None and (stored.sender_id, stored.client_id) == key
        require(kept, "acknowledged means stored", draft=draft, stored=stored)
        require(
            stored is not None and stored.digest == _digest(draft),
            "another payload is refused",
            draft=draft,
            stored=stored,
        )
        require(seq in request.dispatched, "acknowledged means dispatched", seq=seq)
        require(state.head_seq >= seq, "acknowledged means that sync shows it", seq=seq)
        known = self.acked.setdefault(key, seq)
        require(known == seq, "a retry gets the same seq", draft=draft, seq=seq, known=known)
        was = any((e.sender_id, e.client_id) == key for e in request.before.entries.values())
        require(sent.duplicate or not was, "a retry is called a duplicate", draft=draft)

    def refused(self, user: str, draft: Draft, state: State) -> None:
        """The server refuses a message for good: then it must not be there."""
        there = [
            seq
            for seq, entry in state.entries.items()
            if (entry.sender_id, entry.client_id) == (user, draft.client_id)
            and entry.digest == _digest(draft)
        ]
        require(not there, "what is refused is not stored", draft=draft, stored=there)

    def conflicting(self, user: str, draft: Draft) -> None:
        """The server refuses a message because of its payload."""
        known = self.payloads[user, draft.client_id]
        require(len(known) > 1, "only another payload is a conflict", draft=draft)

    def check(self, state: State) -> None:
        """All that was acknowledged is there."""
        for (user, client_id), seq in self.acked.items():
            entry = state.entries.get(seq)
            kept = entry and entry.sender_id == user and entry.client_id == client_id
            require(kept, "acknowledged means kept", seq=seq, client_id=client_id, entry=entry)


def check_changed(request: Request, changed: Changed, state: State) -> None:
    """A change is about to be acknowledged: it is stored and dispatched."""
    seq = changed.change_seq
    if seq is not None:
        stored = state.entries.get(seq)
        kept = stored and stored.sender_id == request.user and stored.changes == changed.entry.seq
        require(kept, "an acknowledged change is stored", changed=changed, stored=stored)
        require(seq in request.dispatched, "an acknowledged change is dispatched", seq=seq)


def check_page(request: Request, views: Sequence[MessageView], after: State) -> None:
    """A page is dense, and shows nothing that its reader may not see."""
    seqs = [view.seq for view in views]
    visible = after.visible(request.user)
    whole = [seq for seq in sorted(visible) if seqs and seqs[0] <= seq <= seqs[-1]]
    require(set(seqs) <= visible, "only members see", user=request.user, seqs=seqs)
    require(seqs == whole, "a page has no holes", seqs=seqs, is_=whole)
    _check_shows(views, visible)
    check_gone(request, *views)
    deleted = deleted_tokens(request.before, request.user)
    shown = [v for view in views for v in (view, view.changed) if v is not None]
    texts = {view.content.get("text") for view in shown}
    require(not texts & deleted, "deleted for me is gone", texts=texts & deleted)
    here = {view.seq: view for view in views}
    for change in views:
        if change.changed:
            _check_shown(change.seq, change.changed, after)
            _check_shown(change.seq, here.get(change.changed.seq, change.changed), after)


def _check_shows(views: Sequence[MessageView], visible: frozenset[int]) -> None:
    """What is shown beside the entries of a page is from within the membership, too."""
    for view in [one for pair in views for one in (pair, pair.changed) if one is not None]:
        inside = view.seq in visible and (
            view.quote is None or view.quote.excerpt is None or view.quote.seq in visible
        )
        require(inside, "only members see what is changed and quoted", view=view)


def _check_shown(seq: int, message: MessageView, after: State) -> None:
    """A message beside a change of it is not older than that."""
    made = [e.type for s, e in after.entries.items() if e.changes == message.seq and s <= seq]
    edited = message.hidden or (message.version or 0) >= made.count(EDITED)
    recalled = message.hidden or message.recalled or RECALLED not in made
    require(edited and recalled, "a change shows in what it changed", message=message, made=made)


def check_gone(request: Request, *shown: BaseModel) -> None:
    """What was recalled before a request is in nothing that it shows."""
    gone = recalled_tokens(request.before)
    for model in shown if gone else ():
        text = model.model_dump_json()
        leaks = [token for token in gone if token in text]
        require(not leaks, "recalled is gone from every read", leaks=leaks, shown=text)


class Counted(Protocol):
    """An answer that tells of unread."""

    @property
    def read_seq(self) -> int:
        """The cursor."""

    @property
    def last_seq(self) -> int:
        """The end."""

    @property
    def unread(self) -> int:
        """Messages of others between them."""

    @property
    def mentions(self) -> int | None:
        """Those of them that mention the user."""


def check_unread(request: Request, after: State, told: Counted) -> None:
    """Unread is what can be counted between cursor and end; hiding may happen meanwhile."""
    user, read_seq, last_seq = request.user, told.read_seq, told.last_seq
    own = _own(after, user, range(read_seq + 1, last_seq + 1))
    require(not own, "sending moves one's own cursor", own=own, read_seq=read_seq)
    counted = count_unread(request, after, read_seq, last_seq)
    require(told.unread in counted, "unread is exact", user=user, is_=counted, says=told)
    least = after.mentions(user, read_seq, last_seq)
    most = replace(after, settings=request.before.settings).mentions(user, read_seq, last_seq)
    named = range(least, most + 1)
    require((told.mentions or 0) in named, "mentions are exact", user=user, is_=named, says=told)


def count_unread(request: Request, after: State, read_seq: int, last_seq: int) -> range:
    """What may be said of a part of the timeline, counted one by one."""
    user = request.user
    most = replace(after, settings=request.before.settings)
    least = after.unread(user, read_seq, last_seq)
    return range(least, most.unread(user, read_seq, last_seq) + 1)


def _own(state: State, user: str, seqs: Iterable[int]) -> list[int]:
    return [
        seq
        for seq in seqs
        if seq in state.entries
        and state.entries[seq].countable
        and state.entries[seq].sender_id == user
    ]


def _digest(draft: Draft) -> str:
    return payload_digest(draft.type, draft.content, draft.quote_seq)
