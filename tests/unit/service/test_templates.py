"""Templates as the administration has them."""

from tests.unit.station import Station


def test_templates_are_listed_changed_and_deleted() -> None:
    station = Station()
    templates = station.broadcasting.templates
    templates.put("shipped", "On its way.")
    templates.put("shipped", "Gone.")
    assert templates.put("shipped", "Gone.").version == 2
    templates.put("paid", "Thanks.")
    found, _ = templates.list(None, 10)
    assert [(one.name, one.text) for one in found] == [("paid", "Thanks."), ("shipped", "Gone.")]
    templates.delete("paid")
    assert [one.name for one in templates.list(None, 10)[0]] == ["shipped"]
