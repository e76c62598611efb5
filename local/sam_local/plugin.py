"""Hands what runs to tests/sam_local."""

import pytest

from local.sam_local.sam import SamLocal

STACK = pytest.StashKey[SamLocal]()


class Plugin:
    """A pytest plugin; without it these tests are not even collected."""

    def __init__(self, stack: SamLocal) -> None:
        self._stack = stack

    def pytest_configure(self, config: pytest.Config) -> None:
        """Where the tests find it."""
        config.stash[STACK] = self._stack
