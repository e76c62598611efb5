"""Single-use tickets in DynamoDB: deleting is redeeming."""

from chirrup.ports import Identity
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.failures import ConditionFailed
from chirrup.storage.models import TICKET, TicketItem


class DynamoTickets:
    """Implements `ports.Tickets`."""

    def __init__(self, dynamo: Dynamo) -> None:
        self._dynamo = dynamo

    def issue(self, ticket_hash: str, identity: Identity, expires_at: int) -> None:
        """See `ports.Tickets`."""
        self._dynamo.put(
            TicketItem(
                kind=f"{TICKET}#{ticket_hash}",
                item=TICKET,
                user_id=identity.user_id,
                name=identity.name,
                picture=identity.picture,
                token_expires_at=identity.expires_at,
                valid_until=expires_at,
                expires_at=expires_at // 1000,
            )
        )

    def redeem(self, ticket_hash: str, now: int) -> Identity | None:
        """See `ports.Tickets`.

        On the condition that it is there, so that of two at the same time only one deletes it.
        """
        try:
            item = self._dynamo.delete(
                TicketItem, f"{TICKET}#{ticket_hash}", TICKET, TicketItem.kind.exists()
            )
        except ConditionFailed:
            return None
        if item.valid_until <= now:
            return None
        return Identity(item.user_id, int(item.token_expires_at), item.name, item.picture)
