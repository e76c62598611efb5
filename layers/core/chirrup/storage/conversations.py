"""Conversations in DynamoDB: head, members and settings, each an item of its own."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from pynamodb.expressions.condition import size
from pynamodb.expressions.operand import Path
from pynamodb.expressions.update import Action

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation
from chirrup.domain.messages import encode_json
from chirrup.domain.rates import INTERVAL_MS
from chirrup.domain.recent import Recent
from chirrup.ports import Settlement, SideBySide
from chirrup.storage.conversation_items import (
    by_item,
    head_of,
    member_of,
    settings_of,
    view_keys,
    view_of,
)
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo, Key
from chirrup.storage.failures import ConditionFailed, Raw, TransactionFailed
from chirrup.storage.models import (
    HEAD,
    MEMBER,
    PROFILE,
    SETTINGS,
    HeadItem,
    MemberItem,
    ProfileItem,
    SettingsItem,
)

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition

SETTLE_ROUNDS = 4


class DynamoConversations:
    """Implements `ports.Conversations`."""

    def __init__(self, dynamo: Dynamo, side_by_side: SideBySide) -> None:
        self._dynamo = dynamo
        self._side_by_side = side_by_side

    def for_sending(self, conversation_id: str, user_id: str) -> tuple[Head | None, Member | None]:
        """See `ports.Conversations`; 0.5 + 1 read units."""
        head, member = self._side_by_side(
            lambda: self._head(conversation_id, consistent=False),
            lambda: self.member(conversation_id, user_id),
        )
        return head, member

    def member(self, conversation_id: str, user_id: str) -> Member | None:
        """See `ports.Conversations`."""
        item = self._dynamo.get(MemberItem, conversation_id, MEMBER + user_id, consistent=True)
        return member_of(item) if item else None

    def view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """See `ports.Conversations`; one request."""
        keys = view_keys(conversation_id, user_id)
        found = by_item(self._dynamo.batch_get(keys, consistent=True))
        return view_of(found, conversation_id, user_id)

    def views(
        self, user_id: str, after: str | None, limit: int
    ) -> tuple[list[tuple[Head, Member, Settings]], str | None]:
        """See `ports.Conversations`; 4 requests for 100 conversations."""
        condition = MemberItem.conversation_id > after if after else None
        raw, more = self._dynamo.query(
            MemberItem, user_id, condition, limit=limit, consistent=False, index="by_user"
        )
        ids = [item["conversation_id"]["S"] for item in raw]
        keys = [key for id_ in ids for key in view_keys(id_, user_id)]
        chunks = [keys[at : at + BATCH_GET_MAX] for at in range(0, len(keys), BATCH_GET_MAX)]
        pages = self._side_by_side(*(self._batch(chunk) for chunk in chunks))
        found = by_item([item for page in pages for item in page])
        views = [view_of(found, id_, user_id) for id_ in ids]
        whole = [(h, m, s) for h, m, s in views if h is not None and m is not None]
        return whole, ids[-1] if more and ids else None

    def open(self, conversation: Conversation, user_id: str) -> bool:
        """See `ports.Conversations`; one transaction, once in a conversation's life."""
        peer = conversation.peer_of(user_id)
        head = HeadItem(
            conversation_id=conversation.id, item=HEAD, last_seq=0, running=0, preview_seq=0
        )
        head.last_of = {}
        parts = [("Put", self._dynamo.put_request(head, HeadItem.item.does_not_exist()))]
        for user in conversation.users:
            member = MemberItem(
                conversation_id=conversation.id,
                item=MEMBER + user,
                user_id=user,
                read_seq=0,
                read_count=0,
            )
            absent = MemberItem.item.does_not_exist()
            parts.append(("Put", self._dynamo.put_request(member, absent)))
        if peer:
            known = ProfileItem.item.exists()
            check = self._dynamo.check_request(ProfileItem, peer, PROFILE, known)
            parts.append(("ConditionCheck", check))
        try:
            self._dynamo.transact(parts, token=str(uuid.uuid4()))
        except TransactionFailed as failed:
            codes = [code for code, _ in failed.reasons]
            return not (peer and codes and codes[-1] == "ConditionalCheckFailed")
        return True

    def settle(self, settlement: Settlement) -> None:
        """See `ports.Conversations`; one write, more only when another send is in the way."""
        one, record = settlement, settlement.record.encode()
        recent = one.member.recent if one.member else None
        trim = recent is not None and recent.full and record not in recent.records
        cursor = True
        for _ in range(SETTLE_ROUNDS):
            actions = [*_cursor_actions(one)] if cursor else []
            actions += _rate_actions(one)
            condition: Condition = MemberItem.user_id.exists()
            if cursor:
                condition &= MemberItem.read_seq < one.seq
            if trim and recent is not None:
                left = recent.trimmed()
                actions.append(MemberItem.recent.set(set(left.records) | {record}))
                actions.append(MemberItem.recent_since.set(left.complete_since))
                condition &= _unchanged(recent)
            else:
                actions.append(MemberItem.recent.add({record}))
            try:
                self._dynamo.update(
                    MemberItem, one.conversation_id, MEMBER + one.user_id, actions, condition
                )
            except ConditionFailed as failed:
                if failed.item is None:
                    return
                now = member_of(MemberItem.from_raw_data(failed.item))
                cursor = now.read_seq < one.seq
                if not cursor and record in now.recent.records:
                    return
                trim = False
            else:
                return
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    def advance(self, head: Head) -> None:
        """See `ports.Conversations`."""
        try:
            self._dynamo.update(
                HeadItem,
                head.conversation_id,
                HEAD,
                advance_actions(head),
                HeadItem.last_seq < head.last_seq,
            )
        except ConditionFailed:
            return

    def move_cursor(
        self, conversation_id: str, user_id: str, seq: int, count: int, cleared_seq: int = 0
    ) -> bool:
        """See `ports.Conversations`."""
        cursor = [MemberItem.read_seq.set(seq), MemberItem.read_count.set(count)]
        cleared = [MemberItem.cleared_seq.set(cleared_seq)] if cleared_seq else []
        key = (MemberItem, conversation_id, MEMBER + user_id)
        behind = MemberItem.read_seq <= seq if cleared else MemberItem.read_seq < seq
        try:
            self._dynamo.update(*key, [*cursor, *cleared], behind)
        except ConditionFailed:
            if cleared:
                uncleared = MemberItem.cleared_seq.does_not_exist() | (
                    MemberItem.cleared_seq < cleared_seq
                )
                with suppress(ConditionFailed):
                    self._dynamo.update(*key, cleared, MemberItem.user_id.exists() & uncleared)
            return False
        return True

    def claim_typing(self, conversation_id: str, user_id: str, now: int, every_ms: int) -> bool:
        """See `ports.Conversations`; one write that authorises and throttles at once."""
        quiet = MemberItem.typing_at.does_not_exist() | (MemberItem.typing_at <= now - every_ms)
        try:
            self._dynamo.update(
                MemberItem,
                conversation_id,
                MEMBER + user_id,
                [MemberItem.typing_at.set(now)],
                MemberItem.user_id.exists() & quiet,
            )
        except ConditionFailed as failed:
            if failed.item is None:
                raise ChirrupError(ErrorCode.NOT_FOUND) from failed
            return False
        return True

    def change_settings(
        self, conversation_id: str, user_id: str, changes: Mapping[str, Any]
    ) -> Settings:
        """See `ports.Conversations`."""
        attributes = SettingsItem.get_attributes()
        actions = [
            attributes[name].remove() if value is None else attributes[name].set(value)
            for name, value in changes.items()
        ]
        return settings_of(
            self._dynamo.update(SettingsItem, conversation_id, SETTINGS + user_id, actions)
        )

    def hide(self, conversation_id: str, user_id: str, seq: int, *, unread: bool) -> None:
        """See `ports.Conversations`."""
        actions = [SettingsItem.hidden.add({seq})]
        if unread:
            actions.append(SettingsItem.hidden_unread.add({seq}))
        self._dynamo.update(SettingsItem, conversation_id, SETTINGS + user_id, actions)

    def set_muted_by_peer(self, conversation_id: str, user_id: str, *, muted: bool) -> None:
        """See `ports.Conversations`."""
        with suppress(ConditionFailed):
            self._dynamo.update(
                MemberItem,
                conversation_id,
                MEMBER + user_id,
                [MemberItem.muted_by_peer.set(muted)],
                MemberItem.user_id.exists(),
            )

    def _head(self, conversation_id: str, *, consistent: bool) -> Head | None:
        item = self._dynamo.get(HeadItem, conversation_id, HEAD, consistent=consistent)
        return head_of(item) if item else None

    def _batch(self, keys: list[Key]) -> Callable[[], list[Raw]]:
        return lambda: self._dynamo.batch_get(keys, consistent=True)


def advance_actions(head: Head) -> list[Action]:
    """What moves a head on, alone or in the transaction of a change."""
    actions: list[Action] = [
        HeadItem.last_seq.set(head.last_seq),
        HeadItem.running.set(head.count),
        *(Path(["last_of", user_id]).set(seq) for user_id, seq in head.last_of.items()),
    ]
    if head.preview:
        shown = head.preview
        actions.append(HeadItem.preview_seq.set(shown.seq))
        preview = [shown.sender_id, shown.type, shown.sent_at, shown.excerpt, shown.recalled]
        actions.append(HeadItem.preview.set(encode_json(preview).decode()))
    return actions


def _cursor_actions(settlement: Settlement) -> list[Action]:
    return [
        MemberItem.read_seq.set(settlement.seq),
        MemberItem.read_count.set(settlement.count),
    ]


def _unchanged(recent: Recent) -> "Condition":
    """Nothing was added or trimmed: since the last trim a set only grows, so its size tells."""
    since = recent.complete_since
    attribute = MemberItem.recent_since
    as_trimmed = attribute == since if since else attribute.does_not_exist()
    return cast(
        "Condition",
        as_trimmed & (size(MemberItem.recent) == len(recent.records)),  # type: ignore[no-untyped-call]
    )


def _rate_actions(settlement: Settlement) -> list[Action]:
    """The charge, as additions where the bucket is in use, so that parallel sends add up."""
    if settlement.rate is None or settlement.member is None:
        # Settled in passing: the rate was not read, but whoever sends in parallel pays too.
        return [MemberItem.rate_due.add(INTERVAL_MS), MemberItem.rate_sent.add(1)]
    before, after = settlement.member.rate, settlement.rate
    actions: list[Action] = []
    if after.due == before.due + INTERVAL_MS and before.due:
        actions.append(MemberItem.rate_due.add(INTERVAL_MS))
    else:
        actions.append(MemberItem.rate_due.set(after.due))
    if after.minute == before.minute:
        actions.append(MemberItem.rate_sent.add(1))
    else:
        actions += [MemberItem.rate_minute.set(after.minute), MemberItem.rate_sent.set(1)]
    return actions
