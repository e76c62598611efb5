"""`python -m local.contracts --write | --check`: what follows from the code, or from a library."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from local.contracts import asyncapi, errors_page, frames, openapi, settings_page, simplified

ROOT = Path(__file__).resolve().parents[2]
LINES = 20
"""Of a difference, so much is shown."""


def _json(make: Callable[[], dict[str, object]]) -> Callable[[], str]:
    return lambda: json.dumps(make(), indent=2, ensure_ascii=False) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "docs/reference/openapi.json": _json(openapi.document),
    "docs/reference/asyncapi.json": _json(asyncapi.document),
    "docs/reference/schemas/client-frame.json": _json(frames.of_clients),
    "docs/reference/schemas/server-frame.json": _json(frames.of_the_server),
    "docs/reference/errors.md": errors_page.page,
    "docs/reference/settings.md": settings_page.page,
    "layers/core/chirrup/domain/simplified.py": simplified.page,
}
"""What makes each file."""


def write(root: Path) -> None:
    """Write every file anew."""
    for name, make in PAGES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make(), encoding="utf-8")


def drifted(root: Path) -> dict[str, str]:
    """The files that are not what the code says, each with the beginning of the difference."""
    found = {}
    for name, make in PAGES.items():
        path = root / name
        there = path.read_text(encoding="utf-8") if path.exists() else ""
        should = make()
        if there != should:
            lines = unified_diff(
                there.splitlines(), should.splitlines(), name, "from the code", lineterm="", n=1
            )
            found[name] = "\n".join(islice(lines, LINES))
    return found


def main(arguments: list[str] | None = None) -> int:
    """Write or compare; 1 when something has drifted."""
    parser = ArgumentParser(prog="python -m local.contracts", description=__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--write", action="store_true", help="write the files anew")
    what.add_argument("--check", action="store_true", help="compare them with the code")
    if parser.parse_args(arguments).write:
        write(ROOT)
        return 0
    found = drifted(ROOT)
    for name, difference in found.items():
        print(f"{name} is not what the code says:\n{difference}\n", file=sys.stderr)
    if found:
        print("Mend: make contracts, look at the difference, and commit it.", file=sys.stderr)
        return 1
    print(f"{len(PAGES)} generated files are up to date.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
