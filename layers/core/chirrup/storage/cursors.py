"""What changes on a member item in passing: read cursors, records of what was sent, typing."""

from contextlib import suppress
from typing import TYPE_CHECKING, cast

from pynamodb.expressions.condition import size
from pynamodb.expressions.update import Action

from chirrup.domain.conversations import End
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.rates import INTERVAL_MS
from chirrup.domain.recent import Recent
from chirrup.ports.conversations import Settlement
from chirrup.storage.conversation_items import member_of
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.failures import ConditionFailed
from chirrup.storage.models import MEMBER, MemberItem

if TYPE_CHECKING:
    from pynamodb.expressions.condition import Condition

SETTLE_ROUNDS = 4


class DynamoCursors:
    """Those methods of `ports.Conversations` that write a member item."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

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

    def move_cursor(
        self, conversation_id: str, user_id: str, end: End, now: int, cleared_seq: int = 0
    ) -> bool:
        """See `ports.Conversations`."""
        seq = end.seq
        cursor = [
            MemberItem.read_seq.set(seq),
            MemberItem.read_count.set(end.count),
            MemberItem.read_alls.set(end.alls),
            MemberItem.touched_at.set(now),
        ]
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
                touched = [*cleared, MemberItem.touched_at.set(now)]
                with suppress(ConditionFailed):
                    self._dynamo.update(*key, touched, MemberItem.user_id.exists() & uncleared)
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


def _cursor_actions(settlement: Settlement) -> list[Action]:
    return [
        MemberItem.read_seq.set(settlement.seq),
        MemberItem.read_count.set(settlement.count),
        *([MemberItem.read_alls.set(settlement.alls)] if settlement.alls else []),
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
