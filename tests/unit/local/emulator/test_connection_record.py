"""Connection ids as AWS makes them."""

from urllib.parse import quote

from local.emulator.connection_record import new_connection_id


def test_an_id_has_aws_s_form_and_must_be_encoded_in_a_path() -> None:
    for _ in range(200):
        found = new_connection_id()
        assert len(found) == 16
        assert found.endswith("=")
        # MiniStack strips hyphens.
        assert "-" not in found
        assert "/" not in found
        assert quote(found, safe="") != found


def test_ids_differ() -> None:
    assert len({new_connection_id() for _ in range(1000)}) == 1000
