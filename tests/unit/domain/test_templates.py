"""Templates of notifications."""

import pytest

from chirrup.domain.errors import ErrorCode
from chirrup.domain.templates import TEMPLATES, Template, notification_id
from tests.unit.making import refused


def template(text: str) -> Template:
    return Template(owner=TEMPLATES, name="t", text=text)


def test_data_stands_where_its_field_was() -> None:
    one = template("{name}: order {order_2}, {name}. {Not} {} {a b}")
    assert one.fields == {"name", "order_2"}
    assert one.filled({"name": "Ann", "order_2": "7"}) == "Ann: order 7, Ann. {Not} {} {a b}"


def test_fields_in_the_data_stay_as_they_are() -> None:
    assert template("{a} {b}").filled({"a": "{b}", "b": r"\1 {a}"}) == r"{b} \1 {a}"


@pytest.mark.parametrize(("data", "field"), [({}, "data.a"), ({"a": "", "z": ""}, "data.z")])
def test_data_must_fit(data: dict[str, str], field: str) -> None:
    with refused(ErrorCode.INVALID_REQUEST, field=field):
        template("{a}").filled(data)


def test_a_notification_has_the_id_of_its_key() -> None:
    assert notification_id("k") == notification_id("k") != notification_id("l")
