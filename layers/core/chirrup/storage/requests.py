"""Requests to DynamoDB, built from PynamoDB's models, alone or as parts of a transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pynamodb.connection.base import Connection, MetaTable
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model

from chirrup.storage.failures import Raw


class Requests:
    """Builds requests for the real tables."""

    def __init__(self, connection: Connection, tables: Mapping[str, str]) -> None:
        """Know the tables.

        Args:
            connection: Serializes keys and expressions.
            tables: Real table name by logical name (`Model.Meta.table_name`).
        """
        self.connection = connection
        self._tables = dict(tables)
        for name in tables.values():
            self._describe(name)

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
        self, model: type[Model], hash_key: str, range_key: str, condition: Condition | None = None
    ) -> Raw:
        """The parameters of a ConditionCheck or a Delete in a transaction."""
        return self._request(model, hash_key, range_key, condition=condition)

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
