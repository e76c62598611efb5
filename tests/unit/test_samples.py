"""The reader of sample events: a checker that lets everything pass would be worse than none."""

import json
from typing import Any

import pytest

from tests import samples


def answer(status: int, body: Any = None) -> dict[str, Any]:
    return {"statusCode": status, **({} if body is None else {"body": json.dumps(body)})}


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ({"statusCode": 200}, answer(200, {"a": 1})),
        ({"statusCode": 200, "body": {"a": {"b": [1]}}}, answer(200, {"a": {"b": [1], "c": 2}})),
        ({"statusCode": 204, "body": None}, answer(204)),
        ({"statusCode": 404, "code": "not_found"}, answer(404, {"code": "not_found"})),
        ({"statusCode": 200, "code": "conflict"}, answer(200, {"error": {"code": "conflict"}})),
        ({"effect": "Deny"}, {"policyDocument": {"Statement": [{"Effect": "Deny"}]}}),
    ],
)
def test_what_is_expected_is_no_problem(expected: dict[str, Any], given: dict[str, Any]) -> None:
    assert samples.problems(expected, given) == []


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        ({"statusCode": 200}, answer(201)),
        ({"statusCode": 200, "body": {"a": 1}}, answer(200, {"a": 2})),
        ({"statusCode": 200, "body": {"a": 1}}, answer(200, {})),
        ({"statusCode": 200, "body": {"a": [1]}}, answer(200, {"a": [1, 2]})),
        ({"statusCode": 200, "body": {"a": 1}}, answer(200)),
        ({"statusCode": 204, "body": None}, answer(204, {"a": 1})),
        ({"statusCode": 404, "code": "not_found"}, answer(404, {"code": "conflict"})),
        ({"statusCode": 200, "code": "conflict"}, answer(200)),
        ({"effect": "Deny"}, {"policyDocument": {"Statement": [{"Effect": "Allow"}]}}),
    ],
)
def test_anything_else_is_told(expected: dict[str, Any], given: dict[str, Any]) -> None:
    assert len(samples.problems(expected, given)) == 1


def test_samples_come_behind_those_they_name() -> None:
    seen: set[str] = set()
    for sample in samples.load().values():
        assert set(sample.after) <= seen
        seen.add(sample.id)
