"""The prose of the references, with `{{marks}}` for what follows from the code."""

from pathlib import Path


def fill(name: str, **parts: str) -> str:
    """A text of this folder with its marks filled in."""
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    for mark, part in parts.items():
        text = text.replace("{{" + mark + "}}", part)
    return text
