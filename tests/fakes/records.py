"""Records and commits in memory."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.records import Name, R, Record
from chirrup.ports.records import (
    WRITES_MAX,
    Commit,
    CommitConflict,
    Delete,
    Growth,
    MemberChange,
    MemberGone,
    MentionNoted,
    Put,
    RosterTouched,
    Write,
)
from tests.fakes.messages import stored
from tests.fakes.tables import FakeTables


class FakeRecords:
    """Implements `ports.Records` and `ports.Rosters`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def get(self, kind: type[R], owner: str, name: str = "") -> R | None:
        """See `ports.Records`."""
        with self._tables.step("get record"):
            return cast("R | None", self._tables.records.get((kind, owner, name)))

    def several(self, kind: type[R], names: Sequence[Name]) -> dict[Name, R]:
        """See `ports.Records`; a batch is not a snapshot."""
        found = {name: self.get(kind, *name) for name in names}
        return {name: record for name, record in found.items() if record}

    def page(
        self, kind: type[R], owner: str, after: str | None, limit: int
    ) -> tuple[list[R], str | None]:
        """See `ports.Records`."""
        with self._tables.step("query records"):
            named = {
                name: record
                for (of, whose, name), record in self._tables.records.items()
                if of is kind and whose == owner and (after is None or name > after)
            }
        names = sorted(named)
        page = [cast("R", named[name]) for name in names[:limit]]
        return page, names[limit - 1] if len(names) > limit else None

    def commit(self, commit: Commit) -> None:
        """See `ports.Records`."""
        items = [item for write in commit for item in _items(write)]
        if len(items) != len(set(items)) or len(items) > WRITES_MAX:
            raise RuntimeError("a transaction may write an item only once, and 100 at most")
        with self._tables.step("commit"):
            for write in commit:
                if not self._fits(write):
                    raise CommitConflict
            for write in commit:
                self._apply(write)

    def _fits(self, write: Write) -> bool:
        tables = self._tables
        match write:
            case Growth(entry, head):
                now = tables.head(head.conversation_id)
                free = entry.seq not in tables.entries.get(entry.conversation_id, {})
                return free and (now is None or now.last_seq < head.last_seq)
            case MemberChange(conversation_id, user_id, _, expected):
                plain = Member(conversation_id, user_id)
                member = tables.members.get((conversation_id, user_id), plain)
                return all(getattr(member, name) == value for name, value in expected.items())
            case MemberGone():
                return True
            case Put(record) | Delete(record):
                as_read = self._version(record) == record.version
                return as_read and (record.version > 0 or isinstance(write, Put))
            case MentionNoted(conversation_id, user_id, seq):
                settings = tables.settings.get((conversation_id, user_id), Settings())
                return seq not in settings.mentioned
            case RosterTouched(conversation_id):
                return tables.head(conversation_id) is not None

    def _apply(self, write: Write) -> None:
        tables = self._tables
        match write:
            case Growth(entry, head, new_roster):
                tables.entries.setdefault(entry.conversation_id, {})[entry.seq] = stored(entry)
                self._move(head, new_roster=new_roster)
            case MemberChange(conversation_id, user_id, changes):
                key = conversation_id, user_id
                plain = Member(conversation_id, user_id)
                given = {
                    name: getattr(plain, name) if value is None else value
                    for name, value in changes.items()
                }
                tables.members[key] = replace(tables.members.get(key, plain), **given)
                tables.enlist(conversation_id, user_id)
            case MemberGone(conversation_id, user_id):
                tables.members.pop((conversation_id, user_id), None)
                tables.delist(conversation_id, user_id)
            case Put(record):
                key_of = type(record), record.owner, record.name
                tables.records[key_of] = replace(record, version=record.version + 1)
            case Delete(record):
                del tables.records[type(record), record.owner, record.name]
            case MentionNoted(conversation_id, user_id, seq):
                was = tables.settings.get((conversation_id, user_id), Settings())
                noted = replace(was, mentioned=was.mentioned | {seq})
                tables.settings[conversation_id, user_id] = noted
            case RosterTouched(conversation_id):
                versions = tables.heads[conversation_id]
                versions.append(replace(versions[-1], roster=versions[-1].roster + 1))

    def _move(self, head: Head, *, new_roster: bool) -> None:
        now = self._tables.head(head.conversation_id) or Head(head.conversation_id)
        moved = replace(
            head,
            preview=head.preview or now.preview,
            group=head.group or now.group,
            roster=now.roster + new_roster,
        )
        self._tables.heads.setdefault(head.conversation_id, []).append(moved)

    def _version(self, record: Record) -> int:
        stored_one = self._tables.records.get((type(record), record.owner, record.name))
        return stored_one.version if stored_one else 0


def _items(write: Write) -> list[tuple[object, ...]]:
    """What tells the items apart that a write touches."""
    match write:
        case Growth(entry):
            return [("entry", entry.conversation_id, entry.seq), ("head", entry.conversation_id)]
        case MemberChange(conversation_id, user_id) | MemberGone(conversation_id, user_id):
            return [("member", conversation_id, user_id)]
        case Put(record) | Delete(record):
            return [(type(record), record.owner, record.name)]
        case MentionNoted(conversation_id, user_id):
            return [("settings", conversation_id, user_id)]
        case RosterTouched(conversation_id):
            return [("head", conversation_id)]
