"""Digests of what a deployment is made from, so that nothing unchanged is built again."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from local.places import ROOT, emulator_python

BUILT = ("template.yaml", "functions", "layers", "requirements/deps.txt")
# The adapters decide what a deployment makes in the emulator.
DEPLOYED = ("local/emulator", "local/deploy.py")
SKIPPED = {"__pycache__", ".mypy_cache", ".ruff_cache"}


def files(path: Path) -> Iterator[Path]:
    """The files at or under a path, in a fixed order, without caches."""
    if path.is_file():
        yield path
    elif path.is_dir():
        for child in sorted(path.iterdir()):
            if child.name not in SKIPPED and child.suffix != ".pyc":
                yield from files(child)


def digest(root: Path, names: Iterable[str], *more: str) -> str:
    """One digest over names and contents of these files, and over these words."""
    total = hashlib.sha256()
    for name in names:
        for file in files(root / name):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            total.update(f"{file.relative_to(root)} {content}\n".encode())
    for word in more:
        total.update(f"{word}\n".encode())
    return total.hexdigest()


def build_digest() -> str:
    """Over all that `sam build` reads, and the interpreter that it builds for."""
    return digest(ROOT, BUILT, str(emulator_python().resolve()))


def deploy_digest(build: str, parameters: Iterable[str]) -> str:
    """Over a build, its parameters, and what here decides how it is deployed."""
    return digest(ROOT, DEPLOYED, build, *parameters)
