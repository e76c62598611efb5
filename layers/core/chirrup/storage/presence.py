"""When users were seen last, in DynamoDB."""

from collections.abc import Sequence

from chirrup.storage.dynamo import BATCH_GET_MAX, Dynamo
from chirrup.storage.failures import ConditionFailed
from chirrup.storage.models import PRESENCE, PresenceItem


class DynamoPresence:
    """Implements `ports.Presence`."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def note(self, user_id: str, at: int) -> None:
        """See `ports.Presence`; one write unit."""
        last_seen = PresenceItem.last_seen
        try:
            self._dynamo.update(
                PresenceItem,
                user_id,
                PRESENCE,
                [last_seen.set(at)],
                last_seen.does_not_exist() | (last_seen < at),
            )
        except ConditionFailed:
            pass  # Seen later already: sockets open and close side by side.

    def last_seen(self, user_ids: Sequence[str]) -> dict[str, int]:
        """See `ports.Presence`; 0.5 read units a user, 100 users a request."""
        unique = list(dict.fromkeys(user_ids))
        found: dict[str, int] = {}
        for at in range(0, len(unique), BATCH_GET_MAX):
            keys = [(PresenceItem, one, PRESENCE) for one in unique[at : at + BATCH_GET_MAX]]
            for raw in self._dynamo.batch_get(keys, consistent=False):
                item = PresenceItem.from_raw_data(raw)
                found[item.user_id] = int(item.last_seen)
        return found
