"""Gap: with IAM enforced, a condition on `dynamodb:LeadingKeys` always passes.

Supplies the partition key of the calls on one item and of queries; batches and transactions are
not looked into.
"""

import json
import re
from typing import Any

CONDITION = "dynamodb:LeadingKeys"
_EQUALS = re.compile(r"(#?\w+) *= *(:\w+)")


def leading_keys(request: Any, partition_key: str) -> list[str]:
    """The values of the partition key that a request names.

    Args:
        request: The body of a DynamoDB call.
        partition_key: The name of the table's partition key.
    """
    if not isinstance(request, dict):
        return []
    item = request.get("Key") or request.get("Item") or _queried(request)
    value = item.get(partition_key) if isinstance(item, dict) else None
    return [str(v) for v in value.values()] if isinstance(value, dict) else []


def _queried(request: dict[str, Any]) -> dict[str, Any]:
    """What a query wants attributes to be equal to."""
    names = request.get("ExpressionAttributeNames") or {}
    values = request.get("ExpressionAttributeValues") or {}
    equal = _EQUALS.findall(str(request.get("KeyConditionExpression", "")))
    return {names.get(name, name): values.get(value) for name, value in equal}


def install(ministack: Any) -> None:
    actions, dynamodb = ministack.iam_actions, ministack.dynamodb
    service_context = actions.dynamodb_service_context

    def with_leading_keys(body: bytes) -> dict[str, Any]:
        context: dict[str, Any] = service_context(body)
        try:
            request = json.loads(body or b"{}")
            table = dynamodb._tables.get(dynamodb._normalize_table_name(request["TableName"]))
        except (ValueError, TypeError, KeyError):
            return context
        keys = leading_keys(request, (table or {}).get("pk_name", ""))
        return {**context, CONDITION: keys} if keys else context

    actions.dynamodb_service_context = with_leading_keys
