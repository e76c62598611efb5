"""What must hold of the stored items after every single write."""

from chirrup.domain.conversations import end_of, mentions, preview_of, unread
from chirrup.domain.messages import EDITED, RECALLED, Entry
from chirrup.domain.recent import Record
from chirrup.service.settling import MENTIONED
from tests.model.membership import GONE, JOINED, Rights, replay, rights_after
from tests.model.state import State


class Broken(AssertionError):
    """A rule does not hold."""


def require(holds: object, rule: str, **seen: object) -> None:
    """Fail with the rule and what was seen."""
    if not holds:
        details = ", ".join(f"{name}={value!r}" for name, value in seen.items())
        raise Broken(f"{rule}: {details}")


def check_state(state: State, before: State) -> None:
    """Hold what is stored against the invariants, and against what was stored before."""
    _dense(state)
    _once(state)
    _nothing_lost(state, before)
    _no_change_lost(state)
    _settled_in_order(state)
    if state.head:
        _head_is_true(state)
        _all_settled_up_to_the_head(state)
        _unread_is_exact(state)
    if state.room.group:
        _only_members_write(state)
        _items_agree(state)
        _told_once(state)


def _dense(state: State) -> None:
    """Seqs are 1, 2, 3…, and the running counts count."""
    count = alls = 0
    for at, (seq, entry) in enumerate(state.entries.items(), 1):
        count += entry.countable
        alls += "all" in state.as_sent[seq].content.get("mentions", ())
        require(seq == at, "seqs are dense", seqs=list(state.entries))
        counts = entry.count, entry.alls
        require(counts == (count, alls), "the running counts are right", entry=entry, is_=count)


def _once(state: State) -> None:
    """A client_id of a sender stands in the timeline once."""
    sent = [(e.sender_id, e.client_id) for e in state.entries.values() if e.countable]
    require(len(sent) == len(set(sent)), "a message is stored once", sent=sent)


def _nothing_lost(state: State, before: State) -> None:
    """Entries stay what they are; head, cursors and deletions never go back."""
    for seq, old in before.entries.items():
        new = state.entries.get(seq)
        same = new is not None and _fixed(new) == _fixed(old) and new.revision >= old.revision
        require(same, "an entry stays", old=old, new=new)
    require(state.head_seq >= before.head_seq, "the head never goes back", head=state.head)
    for user, was in before.members.items():
        now = state.members[user]
        require(now.read_seq >= was.read_seq, "a cursor never goes back", was=was, now=now)
        require(now.cleared_seq >= was.cleared_seq, "deleted stays deleted", was=was, now=now)


def _fixed(entry: Entry) -> tuple[object, ...]:
    return entry.sender_id, entry.client_id, entry.sent_at, entry.count, entry.digest, entry.type


def _no_change_lost(state: State) -> None:
    """A message is what its changes have made of it, all of them."""
    for seq, entry in state.entries.items():
        if entry.countable and entry.revision:
            types = [change.type for change in state.entries.values() if change.changes == seq]
            told = entry.revision, entry.edits, entry.recalled is not None
            made = len(types), types.count(EDITED), RECALLED in types
            require(told == made, "no change is lost", entry=entry, changes=types)
        elif entry.changes:
            changed = state.entries[entry.changes].revision
            require(changed >= entry.revision, "a change changes", change=entry)


def _settled(state: State, entry: Entry) -> bool:
    """Whether its sender's member item knows of a message."""
    member = state.members.get(entry.sender_id)
    if member is None or member.read_seq < entry.seq:
        return False
    record = Record.of(entry.seq, entry.sent_at, entry.client_id).encode()
    known = record in member.recent.records or entry.sent_at <= member.recent.complete_since
    return known and all(_noted(state, entry, user) for user in state.as_sent[entry.seq].mentioned)


def _noted(state: State, entry: Entry, user: str) -> bool:
    """Whether a message that names a user is noted for them, or read."""
    member = state.members.get(user)
    read = member is None or member.read_seq >= entry.seq
    return read or entry.seq in state.settings_of(user).mentioned


def _settled_in_order(state: State) -> None:
    """A settled message has only settled messages below it.

    One that is not settled yet may look so: its sender's cursor has passed it, and something
    was trimmed after its time. So only those that are on record say anything here.
    """
    open_below: Entry | None = None
    for entry in state.entries.values():
        if not entry.countable:
            continue
        if not _settled(state, entry):
            open_below = open_below or entry
        elif open_below:
            member = state.members[entry.sender_id]
            record = Record.of(entry.seq, entry.sent_at, entry.client_id).encode()
            on_record = record in member.recent.records
            require(not on_record, "settled in order", open=open_below, settled=entry)


def _all_settled_up_to_the_head(state: State) -> None:
    """Everything at or below the head is settled."""
    for seq, entry in state.entries.items():
        if entry.countable and seq <= state.head_seq:
            member = state.members[entry.sender_id]
            require(_settled(state, entry), "settled below the head", entry=entry, member=member)


def _head_is_true(state: State) -> None:
    """The head tells the count, each user's last message, and the last message of all."""
    head = state.head
    below = [entry for seq, entry in state.entries.items() if seq <= state.head_seq]
    if head is None or not below:
        return
    require(head.last_seq == below[-1].seq, "the head is an entry", head=head)
    require(head.count == below[-1].count, "the head counts", head=head, entry=below[-1])
    require(head.alls == below[-1].alls, "the head counts mentions", head=head, entry=below[-1])
    messages = [entry for entry in below if entry.countable]
    last_of = {user: entry.seq for entry in below for user in entry.concerns}
    for user, seq in last_of.items():
        known = head.last_of.seq(user)
        forgotten = not known and head.last_of.floor >= seq
        require(
            known == seq or forgotten, "the head knows the last of each", head=head, is_=last_of
        )
    if messages:
        shown = preview_of(messages[-1])
        require(head.preview == shown, "the preview is the last message", head=head, is_=shown)


def _unread_is_exact(state: State) -> None:
    """The counts at head and cursor differ by just what a user has not read."""
    head = state.head
    for user, member in state.members.items():
        if head is None or member.read_seq > head.last_seq:
            continue
        end, settings = end_of(head, member), state.settings_of(user)
        counted = (
            state.unread(user, member.read_seq, end.seq),
            state.mentions(user, member.read_seq, end.seq),
        )
        computed = unread(end, member, settings), mentions(end, member, settings)
        require(computed == counted, "unread is exact", user=user, is_=counted, says=computed)


def _only_members_write(state: State) -> None:
    """A message stands where its sender might write; a change where its maker was in."""
    for entry, rights in replay(state.entries):
        if entry.countable:
            may = rights.may_write(entry.sender_id)
            require(may, "who may not write does not", entry=entry, rights=rights)
        elif entry.changes:
            inside = entry.sender_id in rights.roles and not rights.dissolved
            require(inside, "who is not in changes nothing", entry=entry, rights=rights)
        else:
            require(not rights.dissolved or entry.type in GONE, "dissolved is the end", entry=entry)
            _comes_or_goes(entry, rights)


def _comes_or_goes(entry: Entry, rights: Rights) -> None:
    """Who comes in was not in; who goes was."""
    users = set(entry.content.get("user_ids", ()))
    if entry.type in JOINED:
        require(not users & rights.roles.keys(), "one comes in once", entry=entry, rights=rights)
    elif entry.type in GONE:
        require(users <= rights.roles.keys(), "one leaves once", entry=entry, rights=rights)


def _items_agree(state: State) -> None:
    """Members, roster and head say what the timeline says."""
    roles = rights_after(state.entries).roles
    stored = {user: member.role for user, member in state.members.items() if member.role}
    require(stored == roles, "members are those of the timeline", is_=roles, stored=stored)
    size = state.head.group.size if state.head and state.head.group else 0
    require(size == len(roles), "the head counts the members", is_=roles, head=state.head)
    since = {user: state.members[user].since for user in roles}
    roster = dict(state.roster.since) if state.roster else {}
    require(roster == since, "the roster lists the members", is_=since, roster=roster)
    for user, member in state.members.items():
        seen = {seq for seq in state.entries if member.sees(seq)}
        mine = set(state.sees(user))
        require(seen == mine, "members see their stays", user=user, is_=mine, sees=seen)


def _told_once(state: State) -> None:
    """A mention is told in the notices once, and only of a message that is there."""
    for user, notices in state.notices.items():
        told = [notice.content["seq"] for notice in notices if notice.type == MENTIONED]
        require(len(told) == len(set(told)), "a mention is told once", user=user, told=told)
        for seq in told:
            named = user in state.as_sent[seq].mentioned
            require(named, "who is told of a mention was mentioned", user=user, seq=seq)
