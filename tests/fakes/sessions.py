"""Tokens and tickets in memory."""

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports import Identity
from tests.fakes.tables import FakeTables


class FakeTickets:
    """Implements `ports.Tickets`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def issue(self, ticket_hash: str, identity: Identity, expires_at: int) -> None:
        """See `ports.Tickets`."""
        with self._tables.step("put ticket"):
            self._tables.tickets[ticket_hash] = identity, expires_at

    def redeem(self, ticket_hash: str, now: int) -> Identity | None:
        """See `ports.Tickets`."""
        with self._tables.step("delete ticket"):
            identity, valid_until = self._tables.tickets.pop(ticket_hash, (None, 0))
        return identity if valid_until > now else None


class FakeTokens:
    """Implements `ports.TokenVerifier`.

    Attributes:
        identities: Whom each good token speaks for; every other token is refused.
        unavailable: The issuer's keys cannot be had.
    """

    def __init__(self, *identities: Identity) -> None:
        """Accept `token-<user id>` for each of these."""
        self.identities = {f"token-{one.user_id}": one for one in identities}
        self.unavailable = False

    def verify(self, token: str) -> Identity:
        """See `ports.TokenVerifier`."""
        if self.unavailable:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        if token not in self.identities:
            raise ChirrupError(ErrorCode.UNAUTHENTICATED)
        return self.identities[token]
