"""Objects: written whole, read whole, gone when deleted."""

from chirrup.ports.objects import Objects

KEY = "words/7 ü.json.gz"


def test_what_was_never_put_is_not_there(objects: Objects) -> None:
    assert objects.get("words/none") is None
    objects.delete("words/none")


def test_an_object_is_read_as_it_was_put(objects: Objects) -> None:
    objects.put(KEY, b"", "application/gzip")
    assert objects.get(KEY) == b""
    whole = bytes(range(256)) * 4096
    objects.put(KEY, whole, "application/gzip")
    assert objects.get(KEY) == whole


def test_a_deleted_object_is_gone_and_others_stay(objects: Objects) -> None:
    objects.put(KEY, b"1", "text/plain")
    objects.put("words/8", b"2", "text/plain")
    objects.delete(KEY)
    assert objects.get(KEY) is None
    assert objects.get("words/8") == b"2"
