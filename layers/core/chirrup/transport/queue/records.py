"""Records of the events that SQS and SNS call a function with."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Record(NamedTuple):
    """One message of a queue or a topic.

    Attributes:
        id: Its name in the answer.
        body: The job, if it is one.
        tries: How often it was received; 1 where nobody counts.
        group: What is kept in order with it; None where nothing is.
    """

    id: str
    body: str
    tries: int = 1
    group: str | None = None


def record_of(one: Mapping[str, Any]) -> Record:
    """A record of an event of SQS or SNS."""
    if "Sns" in one:
        return Record(one["Sns"]["MessageId"], one["Sns"]["Message"])
    attributes = one.get("attributes", {})
    return Record(
        one["messageId"],
        one["body"],
        int(attributes.get("ApproximateReceiveCount", 1)),
        attributes.get("MessageGroupId"),
    )
