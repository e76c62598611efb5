"""Loads a handler, builds all that it asks of bootstrap, and prints which settings were read.

Run by itself: a handler reads its environment when it is imported.
"""

import importlib.util
import json
import os
import re
import sys
from pathlib import Path

from chirrup import bootstrap
from chirrup.bootstrap import adapters
from chirrup.settings import Settings

read: set[str] = set()


class Recorded(dict[str, str]):
    """An environment that notes what it is asked for."""

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
        """A variable."""
        read.add(key)
        return super().get(key, default)


def main(handler: Path) -> None:
    """Load the handler at a path."""
    vars(adapters)["from_environment"] = lambda: Settings(Recorded(os.environ))
    spec = importlib.util.spec_from_file_location("handler", handler)
    assert spec
    assert spec.loader
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    for builder in re.findall(r"bootstrap\.(\w+)", handler.read_text(encoding="utf-8")):
        getattr(bootstrap, builder)()
    print(json.dumps(sorted(read)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
