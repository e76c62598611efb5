"""Queries: several items of one partition, in the order of their sort keys."""

from typing import TypeVar

from pynamodb.connection.base import Connection
from pynamodb.exceptions import PynamoDBException
from pynamodb.expressions.condition import Condition
from pynamodb.models import Model

from chirrup.storage.failures import Raw, translated

M = TypeVar("M", bound=Model)


class Queries:
    """Those requests of the client that find items."""

    connection: Connection

    def query(
        self,
        model: type[M],
        hash_key: str,
        range_condition: Condition | None = None,
        *,
        limit: int,
        forward: bool = True,
        consistent: bool = True,
        where: Condition | None = None,
        index: str | None = None,
    ) -> tuple[list[Raw], Raw | None]:
        """One page of raw items, and the key after which there are more."""
        try:
            answer = self.connection.query(
                self._table(model),
                hash_key,
                range_key_condition=range_condition,
                filter_condition=where,
                limit=limit,
                scan_index_forward=forward,
                consistent_read=consistent,
                index_name=index,
            )
        except PynamoDBException as error:
            raise translated(error.cause) from error
        return answer["Items"], answer.get("LastEvaluatedKey")

    def count(
        self, model: type[M], hash_key: str, range_condition: Condition, where: Condition
    ) -> int:
        """How many items a filter lets through, read with eventual consistency, page by page."""
        total = 0
        more: Raw | None = None
        while True:
            try:
                answer = self.connection.query(
                    self._table(model),
                    hash_key,
                    range_key_condition=range_condition,
                    filter_condition=where,
                    exclusive_start_key=more,
                    select="COUNT",
                )
            except PynamoDBException as error:
                raise translated(error.cause) from error
            total += int(answer["Count"])
            more = answer.get("LastEvaluatedKey")
            if more is None:
                return total

    def page(
        self,
        model: type[M],
        hash_key: str,
        prefix: str,
        after: str | None,
        limit: int,
        *,
        consistent: bool,
    ) -> tuple[list[Raw], str | None]:
        """A page of the raw items whose `item` begins with a prefix, in its order.

        Returns:
            The items, and the rest of the last one's `item` if there are more: the next `after`.
        """
        item = model._range_key_attribute()  # type: ignore[no-untyped-call]
        # A key condition takes one comparison; nothing in our names sorts above a tilde.
        condition = (
            item.startswith(prefix)
            if after is None
            else item.between(f"{prefix}{after}!", f"{prefix}~~")
        )
        raw, more = self.query(model, hash_key, condition, limit=limit, consistent=consistent)
        return raw, raw[-1]["item"]["S"].removeprefix(prefix) if more and raw else None

    def _table(self, model: type[Model]) -> str:
        raise NotImplementedError
