"""Conversations in DynamoDB: head, members and settings, each an item of its own."""

import uuid
from collections.abc import Sequence

from pynamodb.expressions.condition import Condition

from chirrup.domain.conversations import Head, Member, Settings
from chirrup.domain.ids import Conversation, private_id
from chirrup.ports import SideBySide
from chirrup.storage.conversation_items import (
    advance_actions,
    by_item,
    head_of,
    member_of,
    view_keys,
    view_of,
)
from chirrup.storage.cursors import DynamoCursors
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
from chirrup.storage.settings import DynamoSettings


class DynamoConversations(DynamoCursors, DynamoSettings):
    """Implements `ports.Conversations`."""

    def __init__(self, dynamo: Dynamo, side_by_side: SideBySide) -> None:
        super().__init__(dynamo)
        self._side_by_side = side_by_side

    def for_sending(self, conversation_id: str, user_id: str) -> tuple[Head | None, Member | None]:
        """See `ports.Conversations`; 0.5 + 1 read units."""
        head, member = self._side_by_side(
            lambda: self._head(conversation_id, consistent=False),
            lambda: self.member(conversation_id, user_id),
        )
        return head, member

    def head(self, conversation_id: str) -> Head | None:
        """See `ports.Conversations`."""
        return self._head(conversation_id, consistent=True)

    def member(self, conversation_id: str, user_id: str) -> Member | None:
        """See `ports.Conversations`."""
        item = self._dynamo.get(MemberItem, conversation_id, MEMBER + user_id, consistent=True)
        return member_of(item) if item else None

    def members(self, conversation_id: str, user_ids: Sequence[str]) -> dict[str, Member]:
        """See `ports.Conversations`; one request."""
        keys: list[Key] = [(MemberItem, conversation_id, MEMBER + user_id) for user_id in user_ids]
        found = self._dynamo.batch_get(keys, consistent=True) if keys else []
        members = [member_of(MemberItem.from_raw_data(raw)) for raw in found]
        return {member.user_id: member for member in members}

    def rows(self, keys: Sequence[tuple[str, str]]) -> list[Member]:
        """See `ports.Conversations`; 100 members a request."""
        items: list[Key] = [(MemberItem, id_, MEMBER + user_id) for id_, user_id in keys]
        found: list[Raw] = []
        for at in range(0, len(items), BATCH_GET_MAX):
            found += self._dynamo.batch_get(items[at : at + BATCH_GET_MAX], consistent=True)
        return [member_of(MemberItem.from_raw_data(raw)) for raw in found]

    def blockers(self, user_id: str, others: Sequence[str]) -> set[str]:
        """See `ports.Conversations`; 100 chats a request."""
        chats = {private_id(user_id, other): other for other in others if other != user_id}
        members = self.rows([(id_, user_id) for id_ in chats])
        return {chats[one.conversation_id] for one in members if one.blocked_by_peer}

    def member_page(
        self, conversation_id: str, after: str | None, limit: int
    ) -> tuple[list[Member], str | None]:
        """See `ports.Conversations`; one request, 12.5 read units for 100 members of 1 KB."""
        raw, next_ = self._dynamo.page(
            MemberItem, conversation_id, MEMBER, after, limit, consistent=True
        )
        return [member_of(MemberItem.from_raw_data(one)) for one in raw], next_

    def count_read(self, conversation_id: str, seq: int, but_user: str) -> tuple[int, int]:
        """See `ports.Conversations`; two times 12.5 read units for 100 members of 1 KB.

        Two queries at the same time, one for those who have read it and one for the others, so
        that there are never more readers than members. Each looks at all members, and what is
        looked at is paid for; consistent reads would cost twice as much.
        """
        counted = MemberItem.role.exists() & (MemberItem.user_id != but_user)
        # As `Member.could_read`; in a private chat the two have neither attribute.
        counted &= MemberItem.since.does_not_exist() | (MemberItem.since <= seq)
        counted &= MemberItem.joined_seq.does_not_exist() | (MemberItem.joined_seq <= seq)
        ours = MemberItem.item.startswith(MEMBER)

        def count(cursor: Condition) -> int:
            return self._dynamo.count(MemberItem, conversation_id, ours, counted & cursor)

        read, unread = self._side_by_side(
            lambda: count(MemberItem.read_seq >= seq), lambda: count(MemberItem.read_seq < seq)
        )
        return read, read + unread

    def view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """See `ports.Conversations`; one request."""
        keys = view_keys(conversation_id, user_id)
        found = by_item(self._dynamo.batch_get(keys, consistent=True))
        return view_of(found, conversation_id, user_id)

    def exact_view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """See `ports.Conversations`; three requests."""
        keys = view_keys(conversation_id, user_id)
        raw = [item for key in keys for item in self._dynamo.batch_get([key], consistent=True)]
        return view_of(by_item(raw), conversation_id, user_id)

    def views(
        self, user_id: str, after: str | None, limit: int, prefix: str = ""
    ) -> tuple[list[tuple[Head, Member, Settings]], str | None]:
        """See `ports.Conversations`; 4 requests for 100 conversations, one after another."""
        # A key condition takes one comparison; nothing in an id sorts above a tilde.
        begin, end = max(f"{after}!" if after else "!", prefix), f"{prefix}~~"
        if begin > end:
            return [], None
        condition = MemberItem.conversation_id.between(begin, end)
        raw, more = self._dynamo.query(
            MemberItem, user_id, condition, limit=limit, consistent=False, index="by_user"
        )
        ids = [item["conversation_id"]["S"] for item in raw]
        whole: list[tuple[Head, Member, Settings]] = []
        for at in range(0, len(ids), BATCH_GET_MAX):
            views = self.views_of(user_id, ids[at : at + BATCH_GET_MAX]).values()
            whole += [(h, m, s) for h, m, s in views if h is not None and m is not None]
        return whole, ids[-1] if more and ids else None

    def views_of(
        self, user_id: str, conversation_ids: Sequence[str]
    ) -> dict[str, tuple[Head | None, Member | None, Settings]]:
        """See `ports.Conversations`; three requests, one after another."""
        found: dict[tuple[str, str], Raw] = {}
        keys = [view_keys(id_, user_id) for id_ in conversation_ids]
        for kind in zip(*keys, strict=True):
            found |= by_item(self._dynamo.batch_get(kind, consistent=True))
        return {id_: view_of(found, id_, user_id) for id_ in conversation_ids}

    def open(self, conversation: Conversation, user_id: str) -> bool:
        """See `ports.Conversations`; one transaction, once in a conversation's life."""
        peer = conversation.peer_of(user_id)
        head = HeadItem(
            conversation_id=conversation.id, item=HEAD, last_seq=0, running=0, preview_seq=0
        )
        parts = [("Put", self._dynamo.put_request(head, HeadItem.item.does_not_exist()))]
        for user in conversation.users:
            # A block may have made it before anybody wrote.
            begun = [
                MemberItem.user_id.set(user),
                MemberItem.read_seq.set(MemberItem.read_seq | 0),
                MemberItem.read_count.set(MemberItem.read_count | 0),
            ]
            key = (MemberItem, conversation.id, MEMBER + user)
            parts.append(("Update", self._dynamo.update_request(*key, begun)))
        if peer:
            known = ProfileItem.item.exists()
            check = self._dynamo.key_request(ProfileItem, peer, PROFILE, known)
            parts.append(("ConditionCheck", check))
        try:
            self._dynamo.transact(parts, token=str(uuid.uuid4()))
        except TransactionFailed as failed:
            codes = [code for code, _ in failed.reasons]
            return not (peer and codes and codes[-1] == "ConditionalCheckFailed")
        return True

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

    def mentioned(
        self, conversation_id: str, user_ids: Sequence[str]
    ) -> dict[str, tuple[Member, Settings]]:
        """See `ports.Conversations`; one request."""
        keys: list[Key] = []
        for user_id in user_ids:
            keys.append((MemberItem, conversation_id, MEMBER + user_id))
            keys.append((SettingsItem, conversation_id, SETTINGS + user_id))
        found = by_item(self._dynamo.batch_get(keys, consistent=True)) if keys else {}
        views = {user_id: view_of(found, conversation_id, user_id) for user_id in user_ids}
        return {
            user_id: (member, settings)
            for user_id, (_, member, settings) in views.items()
            if member is not None
        }

    def _head(self, conversation_id: str, *, consistent: bool) -> Head | None:
        item = self._dynamo.get(HeadItem, conversation_id, HEAD, consistent=consistent)
        return head_of(item) if item else None
