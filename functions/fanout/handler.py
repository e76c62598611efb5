"""SQS and SNS: pushes what was dispatched to every device."""

from typing import Any

from chirrup import bootstrap

_fanout = bootstrap.fanout()


def lambda_handler(event: dict[str, Any], context: Any) -> dict[str, Any]:  # noqa: ANN401
    """Answers with the messages that are to be brought again."""
    return _fanout.handle(event, context.get_remaining_time_in_millis())
