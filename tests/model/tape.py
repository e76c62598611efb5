"""A tape of bytes that decides whatever is open; past its end everything goes smoothly."""

TOP = 256


class Tape:
    """Reads decisions off bytes that Hypothesis drew, so that it can shrink them."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def byte(self) -> int:
        """The next byte; 0 past the end."""
        if self._at >= len(self._data):
            return 0
        self._at += 1
        return self._data[self._at - 1]

    def below(self, limit: int) -> int:
        """A number from 0 to `limit - 1`; 0 by default."""
        return self.byte() % limit if limit > 1 else 0

    def chance(self, of_256: int) -> bool:
        """Whether something happens that does with this likelihood; it does not by default."""
        return self.byte() >= TOP - of_256
