"""Schedules: something that is to be done once, at a set time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


class Schedules(Protocol):
    """Has a function called at set times, each at least once."""

    def set(self, name: str, at: int, payload: Mapping[str, str]) -> None:
        """Have it called at a time, or at another one than was set before.

        Args:
            name: Tells the schedule from others; 1-64 of `A-Za-z0-9_.-`.
            at: Milliseconds since the epoch; whole seconds are kept, not before it.
            payload: What it is called with.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """

    def cancel(self, name: str) -> None:
        """Have it called no more; what is not set, or has been, stays so.

        Raises:
            ChirrupError: `temporarily_unavailable`.
        """
