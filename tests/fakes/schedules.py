"""Schedules in memory."""

from collections.abc import Mapping

from chirrup.domain.errors import ChirrupError, ErrorCode


class FakeSchedules:
    """Implements `ports.schedules.Schedules`.

    Attributes:
        waiting: Time and payload by name.
        unavailable: Nothing can be set or cancelled at the moment.
    """

    def __init__(self) -> None:
        self.waiting: dict[str, tuple[int, dict[str, str]]] = {}
        self.unavailable = False

    def set(self, name: str, at: int, payload: Mapping[str, str]) -> None:
        """See `ports.schedules.Schedules`."""
        self._check()
        self.waiting[name] = -(-at // 1000) * 1000, dict(payload)

    def cancel(self, name: str) -> None:
        """See `ports.schedules.Schedules`."""
        self._check()
        self.waiting.pop(name, None)

    def _check(self) -> None:
        if self.unavailable:
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)
