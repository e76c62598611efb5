"""openapi.json: a valid document that says what the HTTP API takes and gives."""

import json
from base64 import b64decode
from collections import Counter
from typing import Any

import pytest
from openapi_spec_validator import validate

from chirrup.transport.http.all_endpoints import ENDPOINTS
from tests.samples import Sample, load
from tests.schema.documents import document, operation, problems, references, resolve, response

OPENAPI = document("openapi.json")
OPERATIONS = [
    (path, method, operation)
    for path, methods in OPENAPI["paths"].items()
    for method, operation in methods.items()
]
SAMPLES = [one for one in load().values() if one.function in ("http_api", "http_media")]
# No operation at all is asked for here.
UNKNOWN = {"unknown_path", "wrong_method"}
KNOWN = [sample for sample in SAMPLES if sample.case not in UNKNOWN]


def _operation(sample: Sample) -> dict[str, Any]:
    return operation(sample.event["requestContext"]["http"]["method"], sample.event["rawPath"])


def _body(sample: Sample) -> Any:
    text = sample.event["body"]
    return json.loads(b64decode(text) if sample.event["isBase64Encoded"] else text)


def test_it_is_valid_openapi_3_1() -> None:
    assert OPENAPI["openapi"] == "3.1.0"
    validate(OPENAPI)


def test_every_endpoint_stands_in_it_once() -> None:
    in_code = {(e.path.replace("<", "{").replace(">", "}"), e.method.lower()) for e in ENDPOINTS}
    assert {(path, method) for path, method, _ in OPERATIONS} == in_code
    ids = Counter(operation["operationId"] for _, _, operation in OPERATIONS)
    assert set(ids.values()) == {1}


def test_every_reference_leads_somewhere_and_every_component_is_used() -> None:
    used = references(OPENAPI)
    for reference in used:
        resolve(OPENAPI, reference)
    for kind in ("schemas", "responses", "examples"):
        for name in OPENAPI["components"][kind]:
            assert f"#/components/{kind}/{name}" in used, name


def test_every_operation_but_the_health_check_needs_a_token() -> None:
    assert OPENAPI["security"] == [{"token": []}]
    without = [path for path, _, operation in OPERATIONS if operation.get("security") == []]
    assert without == ["/v1/health"]


def test_every_part_of_a_path_is_described_with_a_pattern_or_a_range() -> None:
    for path, _, described in OPERATIONS:
        for parameter in described.get("parameters", []):
            assert parameter["description"], path
            assert parameter["in"] == "query" or {"pattern", "minimum"} & parameter["schema"].keys()


def test_every_refusal_is_a_problem_document_with_its_codes() -> None:
    for path, method, described in OPERATIONS:
        for status in described["responses"]:
            if int(status) < 400:
                continue
            content = response(described, int(status))
            problem = content.get("application/problem+json")
            assert problem or "application/json" in content, (path, method, status)
            if problem:
                for name in problem["schema"]["properties"]["code"]["enum"]:
                    example = OPENAPI["components"]["examples"][name]["value"]
                    assert problems(problem["schema"], OPENAPI, example) == []


def test_what_clients_send_may_hold_no_unknown_fields() -> None:
    schemas = OPENAPI["components"]["schemas"]
    for endpoint in ENDPOINTS:
        if endpoint.body:
            schema = schemas[endpoint.body.__name__]
            names = [ref["$ref"].rpartition("/")[2] for ref in schema.get("oneOf", [])]
            for one in [schemas[name] for name in names] or [schema]:
                assert one["additionalProperties"] is False, endpoint.id


def test_every_example_is_valid() -> None:
    for name, schema in OPENAPI["components"]["schemas"].items():
        for example in schema.get("examples", []):
            assert problems(schema, OPENAPI, example) == [], name


@pytest.mark.parametrize("sample", KNOWN, ids=lambda sample: sample.case)
def test_a_sample_that_is_carried_out_has_the_documented_body(sample: Sample) -> None:
    body = _operation(sample).get("requestBody")
    if body and "code" not in sample.expected:
        schema = body["content"]["application/json"]["schema"]
        assert problems(schema, OPENAPI, _body(sample)) == []


@pytest.mark.parametrize("sample", KNOWN, ids=lambda sample: sample.case)
def test_a_sample_is_answered_as_documented(sample: Sample) -> None:
    content = response(_operation(sample), sample.expected["statusCode"])
    if "code" in sample.expected:
        codes = content["application/problem+json"]["schema"]["properties"]["code"]["enum"]
        assert sample.expected["code"] in codes
