"""Friends and blocks in DynamoDB: whether there is an item is all that is asked here."""

from collections.abc import Mapping, Sequence

from chirrup.domain.friends import Block, Friend
from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo
from chirrup.storage.models import ProfileItem
from chirrup.storage.writes import item_of

_Place = tuple[str, str]
"""Partition and sort key of an item of the users table."""


class DynamoRelations:
    """Implements `ports.Relations`."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def friends_among(self, user_id: str, others: Sequence[str]) -> set[str]:
        """See `ports.Relations`; 0.5 read units each, 100 others a request."""
        return self._present({(user_id, item_of(Friend, other)): other for other in others})

    def blockers_among(self, user_id: str, others: Sequence[str]) -> set[str]:
        """See `ports.Relations`; 0.5 read units each, 100 others a request."""
        return self._present({(other, item_of(Block, user_id)): other for other in others})

    def _present(self, others: Mapping[_Place, str]) -> set[str]:
        """Whose items exist."""
        places = list(others)
        found: set[str] = set()
        for at in range(0, len(places), BATCH_GET_MAX):
            # Any model of the table gives the keys; these items are read for nothing else.
            keys = [(ProfileItem, *place) for place in places[at : at + BATCH_GET_MAX]]
            for raw in self._dynamo.batch_get(keys, consistent=False, only=()):
                found.add(others[raw["user_id"]["S"], raw["item"]["S"]])
        return found
