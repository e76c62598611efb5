"""Show what the functions log, as it comes, in a form that people read."""

import json
import time
from collections.abc import Callable
from typing import Any

from local.places import Places, say

EVERY_S = 0.2
# Told by the line's own beginning, or of no use in front of a terminal.
PLAIN = {
    "level",
    "message",
    "timestamp",
    "service",
    "logger",
    "location",
    "cold_start",
    "function_name",
    "function_memory_size",
    "function_arn",
    "xray_trace_id",
}


def readable(line: str) -> str:
    """One line of functions.log: time, function, then text or one JSON record."""
    clock, _, rest = line.partition(" ")
    function, _, text = rest.partition(" ")
    name = function.split("-", 1)[-1]
    return f"{clock} {name:<14} {_text(text)}"


def _text(text: str) -> str:
    try:
        record = json.loads(text)
    except ValueError:
        return text
    if not isinstance(record, dict) or "message" not in record:
        return text
    level = str(record.get("level", ""))
    more = " ".join(f"{key}={_value(record[key])}" for key in record if key not in PLAIN)
    return f"{level:<7} {_value(record['message'])}  {more}".rstrip()


def _value(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def follow(places: Places, alive: Callable[[], bool]) -> None:
    """Show new lines until the emulator ends."""
    with places.function_log.open(encoding="utf-8", errors="replace") as log:
        log.seek(0, 2)
        rest = ""
        while alive():
            *lines, rest = (rest + log.read()).split("\n")
            for line in lines:
                say(readable(line))
            time.sleep(EVERY_S)
