"""Heads, members and settings in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from chirrup.concurrency import one_by_one
from chirrup.domain.conversations import End, Head, Member, Settings
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import Conversation, private_id
from chirrup.ports import SideBySide
from chirrup.ports.conversations import Settlement
from tests.fakes.settling import Settle
from tests.fakes.tables import FakeTables

SETTLE_ROUNDS = 4


class FakeConversations:
    """Implements `ports.Conversations`, with the same requests as the DynamoDB store."""

    def __init__(self, tables: FakeTables, side_by_side: SideBySide = one_by_one) -> None:
        self._tables = tables
        self._side_by_side = side_by_side

    def for_sending(self, conversation_id: str, user_id: str) -> tuple[Head | None, Member | None]:
        """See `ports.Conversations`."""
        head, member = self._side_by_side(
            partial(self._aged_head, conversation_id),
            partial(self.member, conversation_id, user_id),
        )
        return head, member

    def head(self, conversation_id: str) -> Head | None:
        """See `ports.Conversations`."""
        return self._head(conversation_id)

    def members(self, conversation_id: str, user_ids: Sequence[str]) -> dict[str, Member]:
        """See `ports.Conversations`."""
        found = {user_id: self.member(conversation_id, user_id) for user_id in user_ids}
        return {user_id: member for user_id, member in found.items() if member}

    def rows(self, keys: Sequence[tuple[str, str]]) -> list[Member]:
        """See `ports.Conversations`; a batch is not a snapshot."""
        found = [self.member(conversation_id, user_id) for conversation_id, user_id in keys]
        return [member for member in found if member]

    def blockers(self, user_id: str, others: Sequence[str]) -> set[str]:
        """See `ports.Conversations`; a batch is not a snapshot."""
        found = {
            other: self.member(private_id(user_id, other), user_id)
            for other in others
            if other != user_id
        }
        return {other for other, member in found.items() if member and member.blocked_by_peer}

    def member_page(
        self, conversation_id: str, after: str | None, limit: int
    ) -> tuple[list[Member], str | None]:
        """See `ports.Conversations`."""
        with self._tables.step("query members"):
            all_ = sorted(
                (
                    member
                    for (id_, _), member in self._tables.members.items()
                    if id_ == conversation_id
                ),
                key=lambda member: member.user_id,
            )
        wanted = [member for member in all_ if after is None or member.user_id > after]
        page = wanted[:limit]
        return page, page[-1].user_id if len(wanted) > limit else None

    def count_read(self, conversation_id: str, seq: int, but_user: str) -> tuple[int, int]:
        """See `ports.Conversations`."""
        with self._tables.step("count read"):
            counted = [
                member.read_seq >= seq
                for (id_, user_id), member in self._tables.members.items()
                if id_ == conversation_id
                and user_id != but_user
                and member.role is not None
                and member.could_read(seq)
            ]
        return sum(counted), len(counted)

    def mentioned(
        self, conversation_id: str, user_ids: Sequence[str]
    ) -> dict[str, tuple[Member, Settings]]:
        """See `ports.Conversations`; a batch is not a snapshot."""
        found = {}
        for user_id in user_ids:
            member, settings = self._side_by_side(
                partial(self.member, conversation_id, user_id),
                partial(self._settings, conversation_id, user_id),
            )
            if member is not None:
                found[user_id] = member, settings
        return found

    def member(self, conversation_id: str, user_id: str) -> Member | None:
        """See `ports.Conversations`."""
        with self._tables.step("get member"):
            return self._tables.members.get((conversation_id, user_id))

    def view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """See `ports.Conversations`; a batch is not a snapshot: its items are read one by one."""
        head, member, settings = self._side_by_side(
            partial(self._head, conversation_id),
            partial(self.member, conversation_id, user_id),
            partial(self._settings, conversation_id, user_id),
        )
        return head, member, settings

    def exact_view(
        self, conversation_id: str, user_id: str
    ) -> tuple[Head | None, Member | None, Settings]:
        """See `ports.Conversations`."""
        head = self._head(conversation_id)
        settings = self._settings(conversation_id, user_id)
        return head, self.member(conversation_id, user_id), settings

    def views(
        self, user_id: str, after: str | None, limit: int, prefix: str = ""
    ) -> tuple[list[tuple[Head, Member, Settings]], str | None]:
        """See `ports.Conversations`."""
        with self._tables.step("query by user"):
            made = self._tables.by_user.get(user_id, [])
            known = sorted(made[: len(made) - self._tables.age(len(made))])
            ours = [id_ for id_ in known if id_.startswith(prefix)]
            wanted = [id_ for id_ in ours if after is None or id_ > after]
        page = wanted[:limit]
        views = self.views_of(user_id, page).values()
        whole = [(h, m, s) for h, m, s in views if h is not None and m is not None]
        return whole, page[-1] if len(wanted) > limit else None

    def views_of(
        self, user_id: str, conversation_ids: Sequence[str]
    ) -> dict[str, tuple[Head | None, Member | None, Settings]]:
        """See `ports.Conversations`."""
        heads = [self._head(id_) for id_ in conversation_ids]
        settings = [self._settings(id_, user_id) for id_ in conversation_ids]
        members = [self.member(id_, user_id) for id_ in conversation_ids]
        views = zip(heads, members, settings, strict=True)
        return dict(zip(conversation_ids, views, strict=True))

    def open(self, conversation: Conversation, user_id: str) -> bool:
        """See `ports.Conversations`."""
        peer = conversation.peer_of(user_id)
        tables = self._tables
        with tables.step("open"):
            if peer and peer not in tables.profiles:
                return False
            if tables.head(conversation.id) is None:
                tables.heads[conversation.id] = [Head(conversation.id)]
                for user in conversation.users:
                    begun = Member(conversation.id, user)
                    tables.members.setdefault((conversation.id, user), begun)
                    tables.enlist(conversation.id, user)
        return True

    def settle(self, settlement: Settlement) -> None:
        """See `ports.Conversations`."""
        attempt = Settle(settlement)
        key = settlement.conversation_id, settlement.user_id
        for _ in range(SETTLE_ROUNDS):
            with self._tables.step("settle"):
                now = self._tables.members.get(key)
                settled = attempt.on(now)
                if settled is not None:
                    self._tables.members[key] = settled
            if settled is not None or now is None or attempt.meets(now):
                return
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    def advance(self, head: Head) -> None:
        """See `ports.Conversations`."""
        with self._tables.step("advance"):
            now = self._tables.head(head.conversation_id)
            if now is not None and now.last_seq < head.last_seq:
                self._tables.heads[head.conversation_id].append(moved_on(now, head))

    def move_cursor(
        self, conversation_id: str, user_id: str, end: End, now: int, cleared_seq: int = 0
    ) -> bool:
        """See `ports.Conversations`."""
        key = conversation_id, user_id
        with self._tables.step("move cursor"):
            member = self._tables.members.get(key)
            behind = member is not None and (member.read_seq < end.seq + bool(cleared_seq))
            if member is not None and behind:
                self._tables.members[key] = replace(
                    member,
                    read_seq=end.seq,
                    read_count=end.count,
                    read_alls=end.alls,
                    cleared_seq=max(member.cleared_seq, cleared_seq),
                    touched_at=now,
                )
        if behind or not cleared_seq:
            return behind
        with self._tables.step("clear"):
            member = self._tables.members.get(key)
            if member is not None and member.cleared_seq < cleared_seq:
                self._tables.members[key] = replace(member, cleared_seq=cleared_seq, touched_at=now)
        return False

    def claim_typing(self, conversation_id: str, user_id: str, now: int, every_ms: int) -> bool:
        """See `ports.Conversations`."""
        key = conversation_id, user_id
        with self._tables.step("claim typing"):
            if key not in self._tables.members:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            quiet = key not in self._tables.typing_at
            if quiet or self._tables.typing_at[key] <= now - every_ms:
                self._tables.typing_at[key] = now
                return True
        return False

    def change_settings(
        self, conversation_id: str, user_id: str, changes: Mapping[str, Any], now: int
    ) -> Settings:
        """See `ports.Conversations`."""
        key = conversation_id, user_id
        # A setting that is taken away is as it was at first.
        given = {name: _or_default(name, value) for name, value in changes.items()}
        with self._tables.step("change settings"):
            settings = replace(self._tables.settings.get(key, Settings()), **given, touched_at=now)
            self._tables.settings[key] = settings
        return settings

    def hide(
        self,
        conversation_id: str,
        user_id: str,
        seq: int,
        *,
        unread: bool,
        mentions_all: bool,
        now: int,
    ) -> None:
        """See `ports.Conversations`."""
        key = conversation_id, user_id
        with self._tables.step("hide"):
            was = self._tables.settings.get(key, Settings())
            uncounted = {seq} if unread else set()
            self._tables.settings[key] = replace(
                was,
                hidden=was.hidden | {seq},
                hidden_unread=was.hidden_unread | uncounted,
                hidden_alls=was.hidden_alls | (uncounted if mentions_all else set()),
                touched_at=now,
            )

    def note_mention(self, conversation_id: str, user_id: str, seq: int) -> None:
        """See `ports.Conversations`."""
        key = conversation_id, user_id
        with self._tables.step("note mention"):
            was = self._tables.settings.get(key, Settings())
            self._tables.settings[key] = replace(was, mentioned=was.mentioned | {seq})

    def forget_mentions(self, conversation_id: str, user_id: str, seqs: Sequence[int]) -> None:
        """See `ports.Conversations`."""
        key = conversation_id, user_id
        with self._tables.step("forget mentions"):
            was = self._tables.settings.get(key, Settings())
            self._tables.settings[key] = replace(was, mentioned=was.mentioned - set(seqs))

    def set_muted_by_peer(self, conversation_id: str, user_id: str, *, muted: bool) -> None:
        """See `ports.Conversations`."""
        key = conversation_id, user_id
        with self._tables.step("mute by peer"):
            now = self._tables.members.get(key)
            if now is not None:
                self._tables.members[key] = replace(now, muted_by_peer=muted)

    def _aged_head(self, conversation_id: str) -> Head | None:
        with self._tables.step("get aged head"):
            return self._tables.aged_head(conversation_id)

    def _head(self, conversation_id: str) -> Head | None:
        with self._tables.step("get head"):
            return self._tables.head(conversation_id)

    def _settings(self, conversation_id: str, user_id: str) -> Settings:
        with self._tables.step("get settings"):
            return self._tables.settings.get((conversation_id, user_id), Settings())


def moved_on(now: Head, head: Head) -> Head:
    """A head after an update: group and roster stay, and so does a preview that is not given."""
    return replace(head, preview=head.preview or now.preview, group=now.group, roster=now.roster)


def _or_default(name: str, value: Any) -> Any:
    return getattr(Settings(), name) if value is None else value
