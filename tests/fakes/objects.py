"""A bucket in memory."""

from tests.fakes.tables import FakeTables


class FakeObjects:
    """Implements `ports.objects.Objects`."""

    def __init__(self, tables: FakeTables) -> None:
        self._tables = tables

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """See `ports.objects.Objects`."""
        with self._tables.step("put object"):
            self._tables.objects[key] = (body, content_type)

    def get(self, key: str) -> bytes | None:
        """See `ports.objects.Objects`."""
        with self._tables.step("get object"):
            body, _ = self._tables.objects.get(key, (None, ""))
            return body

    def delete(self, key: str) -> None:
        """See `ports.objects.Objects`."""
        with self._tables.step("delete object"):
            self._tables.objects.pop(key, None)
