"""Logs: one JSON line each, by the standard library; never a token or a message's text.

On AWS the functions use Lambda's own JSON format, which writes `extra` and the request id by
itself; elsewhere a small formatter does the same. A logging library would cost a quarter of the
import budget of the message function.
"""

import json
import logging
import os
from datetime import UTC, datetime

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
_PLAIN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonLines(logging.Formatter):
    """A record as one line of JSON, with what was given as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, object] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {key: value for key, value in vars(record).items() if key not in _PLAIN}
        if record.exc_info:
            line["stackTrace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(level: str) -> None:
    """Set level and format of all logs, once at the start of a function."""
    root = logging.getLogger()
    root.setLevel(level)
    # The libraries say at INFO what is their own business.
    for name in ("botocore", "urllib3", "pynamodb"):
        logging.getLogger(name).setLevel(logging.WARNING)
    if os.environ.get("AWS_LAMBDA_LOG_FORMAT") == "JSON" and root.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    root.handlers = [handler]
