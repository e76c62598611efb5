"""SQS: looks at what was uploaded, and makes thumbnails of images."""

from typing import Any

from chirrup import bootstrap

_arrivals = bootstrap.arrivals()


def lambda_handler(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Answers with the messages that are to be brought again."""
    return _arrivals.handle(event)
