"""Layers are unpacked once, by content."""

import io
import zipfile
from pathlib import Path

from local.emulator.unpacking import unpack


def layer(content: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("python/module.py", content)
    return data.getvalue()


def test_the_content_is_there(tmp_path: Path) -> None:
    folder = unpack(layer("a = 1\n"), tmp_path)
    assert (folder / "python" / "module.py").read_text() == "a = 1\n"


def test_the_same_content_is_unpacked_once(tmp_path: Path) -> None:
    data = layer("a = 1\n")
    first = unpack(data, tmp_path)
    (first / "mark").touch()
    assert unpack(data, tmp_path) == first
    assert (first / "mark").exists()


def test_other_content_lies_elsewhere(tmp_path: Path) -> None:
    assert unpack(layer("a = 1\n"), tmp_path) != unpack(layer("a = 2\n"), tmp_path)


def test_nothing_half_unpacked_is_left(tmp_path: Path) -> None:
    folder = unpack(layer("a = 1\n"), tmp_path)
    assert list(tmp_path.iterdir()) == [folder]
