"""Partition keys that a DynamoDB call names."""

from typing import Any

import pytest

from local.emulator.leading_keys import leading_keys


@pytest.mark.parametrize("place", ["Key", "Item"])
def test_the_partition_key_of_one_item_is_found(place: str) -> None:
    request = {place: {"kind": {"S": "TICKET#1"}, "item": {"S": "TICKET"}}}
    assert leading_keys(request, "kind") == ["TICKET#1"]


@pytest.mark.parametrize(
    "condition",
    ["#0 = :0", "(#0 = :0 AND begins_with (#1, :1))", "#1 BETWEEN :1 AND :2 AND kind=:0"],
)
def test_the_partition_key_of_a_query_is_found(condition: str) -> None:
    request = {
        "KeyConditionExpression": condition,
        "ExpressionAttributeNames": {"#0": "kind", "#1": "item"},
        "ExpressionAttributeValues": {":0": {"S": "EMOJI"}, ":1": {"S": "PACK#"}},
    }
    assert leading_keys(request, "kind") == ["EMOJI"]
    assert leading_keys(request, "user_id") == []


@pytest.mark.parametrize("request_", [None, [], {}, {"Key": {}}, {"Key": {"kind": "TICKET"}}])
def test_other_calls_name_none(request_: Any) -> None:
    assert leading_keys(request_, "kind") == []
