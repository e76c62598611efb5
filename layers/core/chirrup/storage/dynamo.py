"""One DynamoDB client for all tables, speaking in PynamoDB models.

PynamoDB's own `Model.save` and `update` open a client for each table and drop the item that a
failed condition returns; both matter on the message path, so requests are built from the models
and sent through a single PynamoDB connection here.
"""

import random
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError
from botocore.session import Session
from pynamodb.connection.base import Connection
from pynamodb.exceptions import PynamoDBException, VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.storage import answers
from chirrup.storage.failures import Raw, is_conflict, translated
from chirrup.storage.requests import Requests

M = TypeVar("M", bound=Model)
Key = tuple[type[Model], str, str | int | None]

READ_TIMEOUT_S = 3
"""DynamoDB answers within milliseconds; a hung request is given up soon and tried again."""
CONNECT_TIMEOUT_S = 1
BATCH_GET_MAX = 100
BATCH_GET_ROUNDS = 6
CONFLICT_ROUNDS = 4


class Dynamo(Requests):
    """Requests to DynamoDB, built from models."""

    def __init__(
        self,
        tables: Mapping[str, str],
        *,
        region: str | None = None,
        endpoint_url: str | None = None,
    ) -> None:
        """Make the client.

        Args:
            tables: Real table name by logical name (`Model.Meta.table_name`).
            region: AWS region; from the environment if None.
            endpoint_url: Another endpoint than AWS's own.
        """
        super().__init__(
            Connection(
                region=region,
                host=endpoint_url,
                read_timeout_seconds=READ_TIMEOUT_S,
                connect_timeout_seconds=CONNECT_TIMEOUT_S,
            ),
            tables,
        )
        # botocore's clients may be shared by threads, but not made by several at once.
        answers.read_fast(self.connection.client)

    @property
    def session(self) -> Session:
        """The session that has made the client, for other clients."""
        session: Session = self.connection.session
        return session

    def get(
        self, model: type[M], hash_key: str, range_key: str | int | None, *, consistent: bool
    ) -> M | None:
        """One item."""
        request = self._request(model, hash_key, range_key, consistent_read=consistent)
        raw = self._call("GetItem", request).get("Item")
        return model.from_raw_data(raw) if raw else None

    def batch_get(
        self,
        keys: Sequence[Key],
        *,
        consistent: bool,
        only: Sequence[str] | None = None,
    ) -> list[Raw]:
        """Up to 100 raw items of any tables; in no order, and each once.

        Args:
            keys: Which.
            consistent: Whether to wait for the newest.
            only: Only these attributes come back, and the keys; all if None.

        Raises:
            ChirrupError: `temporarily_unavailable` when some keys stay unprocessed.
        """
        wanted: dict[str, Any] = {}
        for model, hash_key, range_key in dict.fromkeys(keys):
            request = self._request(model, hash_key, range_key)
            table = wanted.setdefault(
                request["TableName"], {"Keys": [], "ConsistentRead": consistent}
            )
            table["Keys"].append(request["Key"])
            if only is not None:
                table |= _projection([*request["Key"], *only])
        found: list[Raw] = []
        for round_ in range(BATCH_GET_ROUNDS):
            if not wanted:
                return found
            if round_:
                time.sleep(0.02 * 2**round_)
            answer = self._call("BatchGetItem", {"RequestItems": wanted})
            for items in answer.get("Responses", {}).values():
                found.extend(items)
            wanted = answer.get("UnprocessedKeys") or {}
        if wanted:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
        return found

    def put(self, item: Model, condition: Condition | None = None) -> None:
        """Store an item.

        Raises:
            ConditionFailed: With the item that stands there.
        """
        self._call("PutItem", self.put_request(item, condition))

    def update(
        self,
        model: type[M],
        hash_key: str,
        range_key: str | None,
        actions: Iterable[Action],
        condition: Condition | None = None,
    ) -> M:
        """Change an item; give it back as it is then.

        Raises:
            ConditionFailed: With the item as it stands.
        """
        request = self.update_request(model, hash_key, range_key, actions, condition)
        raw = self._call("UpdateItem", {**request, "ReturnValues": "ALL_NEW"})["Attributes"]
        return model.from_raw_data(raw)

    def delete(
        self, model: type[M], hash_key: str, range_key: str | None, condition: Condition
    ) -> M:
        """Delete an item; give it back as it was.

        Raises:
            ConditionFailed: Nothing was deleted.
        """
        request = self._request(model, hash_key, range_key, condition=condition)
        raw = self._call("DeleteItem", {**request, "ReturnValues": "ALL_OLD"})["Attributes"]
        return model.from_raw_data(raw)

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
        after: Raw | None = None,
        only: Sequence[str] | None = None,
    ) -> tuple[list[Raw], Raw | None]:
        """One page of raw items, or only these attributes, and the key to go on from."""
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
                exclusive_start_key=after,
                attributes_to_get=None if only is None else list(only),
            )
        except PynamoDBException as error:
            raise translated(error.cause) from error
        return answer["Items"], answer.get("LastEvaluatedKey")

    def scan(
        self, model: type[M], segment: int, segments: int, after: Raw | None
    ) -> tuple[list[Raw], Raw | None]:
        """One page (1 MB) of the raw items of a segment of a table, and where there are more."""
        request: Raw = {
            "TableName": self._table(model),
            "Segment": segment,
            "TotalSegments": segments,
            **({"ExclusiveStartKey": after} if after else {}),
        }
        answer = self._call("Scan", request)
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
        item, end = model._range_key_attribute(), f"{prefix}~~"  # type: ignore[no-untyped-call]
        if after is not None and f"{prefix}{after}!" > end:
            return [], None
        # A key condition takes one comparison; nothing in our names sorts above a tilde.
        condition = (
            item.startswith(prefix) if after is None else item.between(f"{prefix}{after}!", end)
        )
        raw, more = self.query(model, hash_key, condition, limit=limit, consistent=consistent)
        return raw, raw[-1]["item"]["S"].removeprefix(prefix) if more and raw else None

    def transact(self, parts: Sequence[tuple[str, Raw]], token: str) -> None:
        """Write all parts or none.

        Args:
            parts: Each an action (`Put`, `Update`, `Delete`, `ConditionCheck`) and its parameters.
            token: Makes a repeated request the same request, for ten minutes.

        Raises:
            TransactionFailed: Some condition did not hold, or another write was in the way.
        """
        items = [{action: request} for action, request in parts]
        self._call("TransactWriteItems", {"TransactItems": items, "ClientRequestToken": token})

    def _call(self, operation: str, request: Raw) -> Raw:
        for round_ in range(CONFLICT_ROUNDS):
            if round_:
                time.sleep(random.uniform(0, 0.02 * 2**round_))  # noqa: S311 - no secret
            try:
                return self.connection.dispatch(operation, request)
            except (VerboseClientError, BotoCoreError) as error:
                # A transaction on the same item is over in a moment; botocore does not wait for it.
                if round_ == CONFLICT_ROUNDS - 1 or not is_conflict(error):
                    raise translated(error) from error
        raise AssertionError


def _projection(attributes: Sequence[str]) -> Raw:
    """Just these attributes; by other names, since DynamoDB reserves hundreds of words."""
    names = {f"#{number}": attribute for number, attribute in enumerate(attributes)}
    return {"ProjectionExpression": ", ".join(names), "ExpressionAttributeNames": names}
