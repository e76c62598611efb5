"""The conversations of a user, and in which of them somebody has written last."""

import json
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from chirrup.ports import SideBySide
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo
from chirrup.storage.models import HEAD, HeadItem, MemberItem

if TYPE_CHECKING:
    from chirrup.storage.failures import Raw

PAGE = 1_000


class DynamoActivity:
    """Implements `ports.finding.Activity`."""

    def __init__(self, dynamo: Dynamo, side_by_side: SideBySide) -> None:
        self._dynamo = dynamo
        self._side_by_side = side_by_side

    def ids(self, user_id: str) -> list[str]:
        """See `ports.finding.Activity`; some 7 read units for 1,000 conversations."""
        found: list[Raw] = []
        more: Raw | None = None
        while True:
            raw, more = self._dynamo.query(
                MemberItem, user_id, limit=PAGE, consistent=False, index="by_user", after=more
            )
            found += raw
            if more is None:
                return [item["conversation_id"]["S"] for item in found]

    def newest_first(self, user_id: str) -> list[str]:
        """See `ports.finding.Activity`; half a read unit more for each conversation."""
        ids = self.ids(user_id)
        batches = [ids[at : at + BATCH_GET_MAX] for at in range(0, len(ids), BATCH_GET_MAX)]
        sent: dict[str, int] = {}
        for times in self._side_by_side(*(partial(self._times, batch) for batch in batches)):
            sent |= times
        return sorted(ids, key=lambda id_: (-sent.get(id_, 0), id_))

    def _times(self, ids: Sequence[str]) -> dict[str, int]:
        """When the last message was sent (ms since epoch), where there is one."""
        heads = self._dynamo.batch_get(
            [(HeadItem, id_, HEAD) for id_ in ids], consistent=False, only=("preview",)
        )
        return {
            head["conversation_id"]["S"]: int(json.loads(head["preview"]["S"])[2])
            for head in heads
            if "preview" in head
        }
