"""asyncapi.json: a valid document that says which frames go over the WebSocket."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from chirrup.transport.ws.actions import ACTIONS
from tests.samples import Sample, load
from tests.schema.documents import document, message, problems, references, resolve

ASYNCAPI = document("asyncapi.json")
OPERATIONS = ASYNCAPI["operations"]
MESSAGES = ASYNCAPI["components"]["messages"]
SAMPLES = [sample for sample in load().values() if sample.function == "ws_message"]


def _data(sample: Sample) -> Any:
    try:
        return json.loads(sample.event["body"])
    except ValueError:
        return None


def _frame(name: str) -> Draft202012Validator:
    return Draft202012Validator(document(f"schemas/{name}-frame.json"))


def test_it_is_valid_asyncapi_3_0() -> None:
    schema = json.loads(Path(__file__).with_name("asyncapi-3.0.0.json").read_text("utf-8"))
    errors = [error.message for error in Draft7Validator(schema).iter_errors(ASYNCAPI)]
    assert errors == []
    assert ASYNCAPI["asyncapi"] == "3.0.0"


def test_every_reference_leads_somewhere() -> None:
    for reference in references(ASYNCAPI):
        resolve(ASYNCAPI, reference)


def test_every_action_is_a_request_with_an_ack_and_an_error() -> None:
    for name in ACTIONS:
        operation = OPERATIONS[name]
        assert operation["action"] == "receive"
        assert operation["messages"] == [{"$ref": f"#/channels/socket/messages/{name}"}]
        replies = [ref["$ref"].rpartition("/")[2] for ref in operation["reply"]["messages"]]
        assert replies == [f"{name}Ack", f"{name}Error", "gatewayFrame"]


def test_there_is_no_other_request_but_anything_else() -> None:
    asked = {name for name, operation in OPERATIONS.items() if operation["action"] == "receive"}
    assert asked == {*ACTIONS, "anythingElse"}


def test_a_socket_opens_with_a_token_or_a_ticket() -> None:
    ways = [one["$ref"].rpartition("/")[2] for one in ASYNCAPI["servers"]["gateway"]["security"]]
    assert ways == ["token", "ticket"]
    query = ASYNCAPI["channels"]["socket"]["bindings"]["ws"]["query"]
    assert query["properties"].keys() == {"ticket", "device"}
    assert query["additionalProperties"] is False


@pytest.mark.parametrize("name", MESSAGES)
def test_every_example_of_a_message_is_valid(name: str) -> None:
    for example in MESSAGES[name].get("examples", []):
        assert problems(message(name), ASYNCAPI, example["payload"]) == []


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.case)
def test_a_sample_frame_that_is_carried_out_has_the_documented_shape(sample: Sample) -> None:
    if "code" not in sample.expected and sample.expected["statusCode"] == 200:
        assert _frame("client").is_valid(_data(sample))


@pytest.mark.parametrize("case", ["not_json", "not_an_object", "send_unknown_field"])
def test_a_sample_frame_of_another_shape_is_refused_by_the_schema(case: str) -> None:
    (sample,) = (sample for sample in SAMPLES if sample.case == case)
    assert not _frame("client").is_valid(_data(sample))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.case)
def test_a_sample_frame_is_answered_as_documented(sample: Sample) -> None:
    code = sample.expected.get("code")
    if code is None:
        return
    frame = _data(sample)
    action = frame.get("action") if isinstance(frame, dict) else None
    name = f"{action}Error" if action in ACTIONS else "otherFrameError"
    assert code in message(name)["properties"]["error"]["properties"]["code"]["enum"]


def test_the_schemas_of_frames_are_valid_and_complete() -> None:
    for name in ("client", "server"):
        schema = document(f"schemas/{name}-frame.json")
        Draft202012Validator.check_schema(schema)
        for reference in references(schema):
            resolve(schema, reference)
