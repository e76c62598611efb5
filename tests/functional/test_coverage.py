"""The samples leave nothing out: every function, action and endpoint, good and bad."""

import json
import re
from collections import defaultdict
from typing import Any, get_args

from chirrup.contracts.content import MessageType
from chirrup.transport.http import media_endpoints
from chirrup.transport.http.all_endpoints import ENDPOINTS
from chirrup.transport.http.endpoint import Endpoint
from chirrup.transport.ws.actions import ACTIONS
from tests import samples
from tests.functional.functions import NAMES

SAMPLES = samples.load()


def of(function: str) -> list[samples.Sample]:
    return [sample for sample in SAMPLES.values() if sample.function == function]


def refused(sample: samples.Sample) -> bool:
    expected = sample.expected
    return (
        "code" in expected
        or expected.get("effect") == "Deny"
        or expected.get("statusCode", 0) >= 400
    )


def test_every_function_has_samples_and_no_other() -> None:
    assert {sample.function for sample in SAMPLES.values()} == set(NAMES)


def test_every_action_has_a_sample_that_is_carried_out_and_one_that_is_refused() -> None:
    seen = defaultdict(set)
    for sample in of("ws_message"):
        try:
            frame = json.loads(sample.event["body"])
        except ValueError:
            continue
        if isinstance(frame, dict):
            seen[frame.get("action")].add(refused(sample))
    assert {action for action in ACTIONS if seen[action] != {True, False}} == set()


def test_a_sample_comes_on_the_route_that_the_gateway_chooses() -> None:
    for sample in of("ws_message"):
        try:
            frame = json.loads(sample.event["body"])
        except ValueError:
            frame = None
        action = frame.get("action") if isinstance(frame, dict) else None
        route = action if action in ACTIONS else "$default"
        assert sample.event["requestContext"]["routeKey"] == route, sample.id


def test_every_endpoint_has_a_sample_that_is_carried_out_and_one_that_is_refused() -> None:
    seen = {_named(endpoint): set[bool]() for endpoint in ENDPOINTS}
    for sample in (*of("http_api"), *of("http_media")):
        endpoint = _endpoint_of(sample)
        if endpoint is not None:
            seen[_named(endpoint)].add(refused(sample))
    # What is open to anyone and takes nothing can be refused nothing.
    wanted = {_named(one): {False} if one.open else {True, False} for one in ENDPOINTS}
    assert seen == wanted


def test_the_fanout_has_a_sample_of_each_carrier_and_one_of_poison() -> None:
    records = [record for sample in of("fanout") for record in sample.event["Records"]]
    assert any("Sns" in record for record in records)
    groups = ["MessageGroupId" in record.get("attributes", {}) for record in records]
    assert {True, False} <= set(groups)
    assert any(sample.expected["failures"] for sample in of("fanout"))


def test_a_sample_comes_to_the_function_of_its_endpoint() -> None:
    media = {_named(endpoint) for endpoint in media_endpoints.ENDPOINTS}
    for sample in (*of("http_api"), *of("http_media")):
        endpoint = _endpoint_of(sample)
        if endpoint is not None:
            assert (sample.function == "http_media") == (_named(endpoint) in media), sample.id


def test_uploads_that_came_have_a_sample_that_comes_twice_and_one_of_poison() -> None:
    keys = [
        record["s3"]["object"]["key"]
        for sample in of("media_thumbnail")
        for message in sample.event["Records"]
        if message["body"].startswith('{"Records"')
        for record in json.loads(message["body"])["Records"]
    ]
    assert len(keys) > len(set(keys)) > 1
    assert any(sample.expected["failures"] for sample in of("media_thumbnail"))


def test_a_path_or_method_that_is_not_there_has_a_sample() -> None:
    missing = [sample for sample in of("http_api") if _endpoint_of(sample) is None]
    assert missing
    assert {sample.expected["statusCode"] for sample in missing} == {404}


def test_each_way_to_be_kept_out_has_a_sample() -> None:
    shown = [sample.event for sample in of("ws_authorizer")]
    headers = [{name.lower() for name in event["headers"]} for event in shown]
    queries = [set(event["queryStringParameters"] or {}) for event in shown]
    assert any("origin" in each for each in headers)
    assert any("authorization" in each for each in headers)
    assert any("ticket" in each for each in queries)
    assert any(each - {"ticket", "device"} for each in queries)
    assert any(
        "authorization" not in header and "ticket" not in query
        for header, query in zip(headers, queries, strict=True)
    )
    assert any(
        "authorization" in header and "ticket" in query
        for header, query in zip(headers, queries, strict=True)
    )


def test_opening_and_closing_have_samples_that_come_late() -> None:
    assert any(refused(sample) for sample in of("ws_connect"))
    assert any(sample.after for sample in of("ws_connect"))
    assert any(sample.after for sample in of("ws_disconnect"))


def _named(endpoint: Endpoint) -> str:
    return f"{endpoint.method} {endpoint.path}"


def _endpoint_of(sample: samples.Sample) -> Endpoint | None:
    """The endpoint that a sample asks for; None if there is none."""
    method = sample.event["requestContext"]["http"]["method"]
    for endpoint in ENDPOINTS:
        pattern = re.sub(r"<\w+>", "[^/]+", endpoint.path)
        if endpoint.method == method and re.fullmatch(pattern, sample.event["rawPath"]):
            return endpoint
    return None


def test_every_type_of_message_has_a_sample_that_is_sent_and_one_that_is_refused() -> None:
    seen: dict[str, set[bool]] = defaultdict(set)
    for sample in of("ws_message"):
        frame = _frame_of(sample)
        if frame.get("action") == "sendMessage":
            seen[frame["data"].get("type", "")].add(refused(sample))
    lacking = {type_ for type_ in get_args(MessageType) if seen[type_] != {True, False}}
    assert lacking == set()


def _frame_of(sample: samples.Sample) -> dict[str, Any]:
    try:
        frame = json.loads(sample.event["body"])
    except ValueError:
        return {}
    return frame if isinstance(frame, dict) else {}
