"""Only a route with both a selection expression and a response answers."""

from local.emulator.unasked_replies import answers

ASKED = {"routeResponseSelectionExpression": "$default"}
RESPONSE = {"r1": {"routeResponseKey": "$default"}}


def test_a_route_with_both_answers() -> None:
    assert answers(ASKED, RESPONSE)


def test_a_route_without_the_expression_is_silent() -> None:
    assert not answers({"routeResponseSelectionExpression": None}, RESPONSE)


def test_a_route_without_a_response_is_silent() -> None:
    assert not answers(ASKED, {})


def test_a_response_under_another_key_does_not_count() -> None:
    assert not answers(ASKED, {"r1": {"routeResponseKey": "other"}})
