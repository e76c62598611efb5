"""Types of uploads."""

import pytest

from chirrup.domain.media_types import RECOGNISED_AS, SHOWN, is_as_declared


@pytest.mark.parametrize(
    ("declared", "recognised"),
    [
        ("image/png", "image/png"),
        ("audio/mp4", "video/mp4"),
        ("audio/webm", "video/webm"),
        ("application/zip", "application/zip"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "application/zip",
        ),
        ("text/plain", None),
        ("text/plain", "image/bmp"),
        ("application/octet-stream", "application/x-msdownload"),
        ("application/octet-stream", None),
    ],
)
def test_what_its_bytes_may_mean_is_as_declared(declared: str, recognised: str | None) -> None:
    assert is_as_declared(declared, recognised)


@pytest.mark.parametrize(
    ("declared", "recognised"),
    [
        ("image/png", "image/jpeg"),
        ("image/png", None),
        ("audio/ogg", "video/mp4"),
        ("video/mp4", "video/webm"),
        ("application/pdf", "application/zip"),
        ("application/zip", None),
        ("text/plain", "application/x-msdownload"),
    ],
)
def test_what_its_bytes_contradict_is_not(declared: str, recognised: str | None) -> None:
    assert not is_as_declared(declared, recognised)


def test_whatever_is_shown_was_recognised() -> None:
    assert SHOWN <= RECOGNISED_AS.keys()
    assert not any(name.startswith("text/") or "xml" in name for name in SHOWN)
