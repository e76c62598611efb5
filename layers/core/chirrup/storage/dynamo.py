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
from pynamodb.connection.base import Connection, MetaTable
from pynamodb.exceptions import VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.storage.failures import Raw, is_conflict, translated
from chirrup.storage.queries import Queries

M = TypeVar("M", bound=Model)
Key = tuple[type[Model], str, str | int | None]

READ_TIMEOUT_S = 3
"""DynamoDB answers within milliseconds; a hung request is given up soon and tried again."""
CONNECT_TIMEOUT_S = 1
BATCH_GET_MAX = 100
BATCH_GET_ROUNDS = 6
CONFLICT_ROUNDS = 4


class Dynamo(Queries):
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
        self.connection = Connection(
            region=region,
            host=endpoint_url,
            read_timeout_seconds=READ_TIMEOUT_S,
            connect_timeout_seconds=CONNECT_TIMEOUT_S,
        )
        self._tables = dict(tables)
        for name in tables.values():
            self._describe(name)
        # botocore's clients may be shared by threads, but not made by several at once.
        _ = self.connection.client

    def get(
        self, model: type[M], hash_key: str, range_key: str | int | None, *, consistent: bool
    ) -> M | None:
        """One item."""
        request = self._request(model, hash_key, range_key, consistent_read=consistent)
        raw = self._call("GetItem", request).get("Item")
        return model.from_raw_data(raw) if raw else None

    def batch_get(self, keys: Sequence[Key], *, consistent: bool) -> list[Raw]:
        """Up to 100 raw items of any tables; in no order.

        Raises:
            ChirrupError: `temporarily_unavailable` when some keys stay unprocessed.
        """
        wanted: dict[str, Any] = {}
        for model, hash_key, range_key in keys:
            request = self._request(model, hash_key, range_key)
            table = wanted.setdefault(
                request["TableName"], {"Keys": [], "ConsistentRead": consistent}
            )
            table["Keys"].append(request["Key"])
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

    def put_request(self, item: Model, condition: Condition | None = None) -> Raw:
        """The parameters of a PutItem, also as part of a transaction."""
        attributes = item.serialize()
        request: Raw = {"TableName": self._table(type(item)), "Item": attributes}
        return self._conditional(request, condition)

    def update_request(
        self,
        model: type[Model],
        hash_key: str,
        range_key: str | int | None,
        actions: Iterable[Action],
        condition: Condition | None = None,
    ) -> Raw:
        """The parameters of an UpdateItem, also as part of a transaction."""
        return self._request(
            model,
            hash_key,
            range_key,
            actions=list(actions),
            condition=condition,
            return_values_on_condition_failure="ALL_OLD",
        )

    def key_request(
        self, model: type[Model], hash_key: str, range_key: str, condition: Condition
    ) -> Raw:
        """The parameters of a ConditionCheck or a Delete in a transaction."""
        return self._request(model, hash_key, range_key, condition=condition)

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

    def _conditional(self, request: Raw, condition: Condition | None) -> Raw:
        if condition is None:
            return request
        names: dict[str, str] = {}
        values: dict[str, Any] = {}
        request["ConditionExpression"] = condition.serialize(names, values)
        request["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        if names:
            request["ExpressionAttributeNames"] = {short: name for name, short in names.items()}
        if values:
            request["ExpressionAttributeValues"] = values
        return request

    def _request(
        self,
        model: type[Model],
        hash_key: str,
        range_key: str | int | None,
        *,
        actions: Sequence[Action] | None = None,
        condition: Condition | None = None,
        consistent_read: bool | None = None,
        return_values_on_condition_failure: str | None = None,
    ) -> Raw:
        return self.connection.get_operation_kwargs(
            self._table(model),
            hash_key,
            None if range_key is None else str(range_key),
            actions=actions,
            condition=condition,
            consistent_read=consistent_read,
            return_values_on_condition_failure=return_values_on_condition_failure,
        )

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

    def _table(self, model: type[Model]) -> str:
        return self._tables[model.Meta.table_name]

    def _describe(self, real_name: str) -> None:
        from chirrup.storage.models import MODELS  # noqa: PLC0415 - models name no client

        logical = next(key for key, name in self._tables.items() if name == real_name)
        schemas = [model._get_schema() for model in MODELS if model.Meta.table_name == logical]
        schema = max(schemas, key=lambda one: len(one["global_secondary_indexes"]))
        self.connection.add_meta_table(
            MetaTable(
                {
                    "TableName": real_name,
                    "KeySchema": schema["key_schema"],
                    "AttributeDefinitions": schema["attribute_definitions"],
                    "GlobalSecondaryIndexes": [
                        {"IndexName": one["index_name"], "KeySchema": one["key_schema"]}
                        for one in schema["global_secondary_indexes"]
                    ],
                    "LocalSecondaryIndexes": [],
                }
            )
        )
