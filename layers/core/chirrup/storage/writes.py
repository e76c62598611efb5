"""What a commit writes, as parts of a transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pydantic

from chirrup.domain.records import Record
from chirrup.ports.records import (
    Delete,
    Growth,
    MemberChange,
    MemberGone,
    MentionNoted,
    Put,
    RosterTouched,
    Write,
)
from chirrup.storage.conversation_items import advance_actions, group_text, member_actions
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.entry_items import entry_item
from chirrup.storage.failures import Raw
from chirrup.storage.models import (
    HEAD,
    MEMBER,
    SETTINGS,
    CatalogRecordItem,
    ConversationRecordItem,
    EntryItem,
    HeadItem,
    MemberItem,
    SettingsItem,
    UserRecordItem,
)

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition

Part = tuple[str, Raw]


class Writes:
    """Makes parts of writes."""

    def __init__(self, dynamo: Dynamo, retention_s: int) -> None:
        self._dynamo = dynamo
        self._retention_s = retention_s

    def parts(self, write: Write) -> list[Part]:
        """The parts of a transaction that a write makes."""
        return _PARTS[type(write)](self, write)

    def _growth(self, growth: Growth) -> list[Part]:
        entry, head = growth.entry, growth.head
        free = EntryItem.seq.does_not_exist()
        put = self._dynamo.put_request(entry_item(entry, self._retention_s), free)
        actions = advance_actions(head)
        if head.preview is None:
            actions.append(HeadItem.preview_seq.set(HeadItem.preview_seq | 0))
        if head.group:
            actions.append(HeadItem.group.set(group_text(head.group)))
        if growth.new_roster:
            actions.append(HeadItem.roster.add(1))
        behind = HeadItem.last_seq.does_not_exist() | (HeadItem.last_seq < head.last_seq)
        key = (HeadItem, head.conversation_id, HEAD)
        return [("Put", put), ("Update", self._dynamo.update_request(*key, actions, behind))]

    def _member(self, change: MemberChange) -> list[Part]:
        key = (MemberItem, change.conversation_id, MEMBER + change.user_id)
        actions = member_actions(change.user_id, change.changes)
        condition: Condition | None = None
        for name, value in change.expected.items():
            attribute = MemberItem.get_attributes()[name]
            as_read = attribute == value
            if value == 0:
                as_read |= attribute.does_not_exist()
            condition = as_read if condition is None else condition & as_read
        return [("Update", self._dynamo.update_request(*key, actions, condition))]

    def _gone(self, gone: MemberGone) -> list[Part]:
        key = (MemberItem, gone.conversation_id, MEMBER + gone.user_id)
        return [("Delete", self._dynamo.key_request(*key))]

    def _put(self, put: Put) -> list[Part]:
        record = put.record
        kind, model = type(record), model_of(type(record))
        end = record.expires_at
        item = model(
            record.owner,
            item_of(kind, record.name),
            data=_text(record),
            version=record.version + 1,
            expires_at=None if end is None else -(-end // 1000),
        )
        as_read = (
            model.version == record.version if record.version else model.version.does_not_exist()
        )
        return [("Put", self._dynamo.put_request(item, as_read))]

    def _delete(self, delete: Delete) -> list[Part]:
        record, model = delete.record, model_of(type(delete.record))
        key = (model, record.owner, item_of(type(record), record.name))
        return [("Delete", self._dynamo.key_request(*key, model.version == record.version))]

    def _mention(self, noted: MentionNoted) -> list[Part]:
        key = (SettingsItem, noted.conversation_id, SETTINGS + noted.user_id)
        new = SettingsItem.mentioned.does_not_exist() | ~SettingsItem.mentioned.contains(noted.seq)
        actions = [SettingsItem.mentioned.add({noted.seq})]
        return [("Update", self._dynamo.update_request(*key, actions, new))]

    def _touched(self, touched: RosterTouched) -> list[Part]:
        key = (HeadItem, touched.conversation_id, HEAD)
        there = HeadItem.last_seq.exists()
        return [("Update", self._dynamo.update_request(*key, [HeadItem.roster.add(1)], there))]


_PARTS: dict[type, Callable[[Writes, Any], list[Part]]] = {
    Growth: Writes._growth,
    MemberChange: Writes._member,
    MemberGone: Writes._gone,
    Put: Writes._put,
    Delete: Writes._delete,
    MentionNoted: Writes._mention,
    RosterTouched: Writes._touched,
}


def item_of(kind: type[Record], name: str) -> str:
    """The sort key of a record."""
    return f"{kind.KIND}#{name}" if name else kind.KIND


RecordItem = type[ConversationRecordItem] | type[UserRecordItem] | type[CatalogRecordItem]


def model_of(kind: type[Record]) -> RecordItem:
    """The table that holds a kind of records."""
    return _MODELS[kind.OF]


_MODELS: dict[str, RecordItem] = {
    "user": UserRecordItem,
    "conversation": ConversationRecordItem,
    "catalog": CatalogRecordItem,
}


def adapter_of(kind: type[Record]) -> "pydantic.TypeAdapter[Record]":
    """Reads and writes what is in a kind of records; made once, since that takes a moment."""
    if kind not in _adapters:
        _adapters[kind] = pydantic.TypeAdapter(kind)
    return _adapters[kind]


_adapters: dict[type[Record], "pydantic.TypeAdapter[Record]"] = {}


def _text(record: Record) -> str:
    return (
        adapter_of(type(record))
        .dump_json(record, exclude={"owner", "name", "version"}, exclude_defaults=True)
        .decode()
    )
