"""Tags in the form's own words."""

from chirrup.storage.media_links import TAGGING
from local.emulator.form_fields import tags_of


def test_tags_are_read_as_our_forms_write_them() -> None:
    assert tags_of(TAGGING) == {"state": "unused"}


def test_tags_with_a_namespace_are_read_too() -> None:
    xml = (
        '<Tagging xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><TagSet>'
        "<Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>b</Key><Value></Value></Tag>"
        "</TagSet></Tagging>"
    )
    assert tags_of(xml) == {"a": "1", "b": ""}
