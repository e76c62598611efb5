"""Logs: one JSON line each, whatever is logged."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from chirrup.observability import JsonLines, configure

LIBRARIES = ("botocore", "urllib3", "pynamodb")


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, as it was again afterwards."""
    logger = logging.getLogger()
    libraries = {name: logging.getLogger(name).level for name in LIBRARIES}
    before = logger.handlers, logger.level
    yield logger
    logger.handlers, logger.level = before
    for name, level in libraries.items():
        logging.getLogger(name).setLevel(level)


def line(**more: Any) -> dict[str, Any]:
    record = logging.makeLogRecord({"msg": "pushed", "levelname": "INFO", "created": 0.0} | more)
    text = JsonLines().format(record)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_record_is_one_line_of_json_with_what_was_given() -> None:
    assert line(name="chirrup.push", counts={"gone": 1}) == {
        "timestamp": "1970-01-01T00:00:00+00:00",
        "level": "INFO",
        "logger": "chirrup.push",
        "message": "pushed",
        "counts": {"gone": 1},
    }


def test_what_is_no_json_is_written_as_text() -> None:
    assert line(reason=ValueError("x"))["reason"] == "x"


def test_an_exception_is_written_with_its_trace() -> None:
    try:
        raise KeyError("why")
    except KeyError as error:
        found = line(exc_info=(type(error), error, error.__traceback__))
    assert "KeyError: 'why'" in found["stackTrace"]


def test_outside_of_lambda_our_own_lines_are_written(
    root: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_LAMBDA_LOG_FORMAT", raising=False)
    configure("DEBUG")
    (handler,) = root.handlers
    assert isinstance(handler.formatter, JsonLines)
    assert root.level == logging.DEBUG


def test_lambdas_own_json_format_is_left_alone(
    root: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    lambdas = logging.NullHandler()
    root.handlers = [lambdas]
    monkeypatch.setenv("AWS_LAMBDA_LOG_FORMAT", "JSON")
    configure("INFO")
    assert root.handlers == [lambdas]
    assert root.level == logging.INFO


@pytest.mark.parametrize("format_", ["JSON", "Text"])
def test_libraries_keep_their_own_business_to_themselves(
    root: logging.Logger, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    root.handlers = [logging.NullHandler()]
    monkeypatch.setenv("AWS_LAMBDA_LOG_FORMAT", format_)
    libraries = [logging.getLogger(name) for name in LIBRARIES]
    for library in libraries:
        library.setLevel(logging.NOTSET)
    configure("INFO")
    assert [library.getEffectiveLevel() for library in libraries] == [logging.WARNING] * 3
