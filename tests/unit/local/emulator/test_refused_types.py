"""What a template's Ref of a route gives, here and on AWS."""

from local.emulator.refused_types import route_id


def test_both_forms_name_the_route() -> None:
    assert route_id("abcd1234/r1") == "r1"
    assert route_id("r1") == "r1"
