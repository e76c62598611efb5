"""A queue beside the function that a topic calls: it counts what the topic was given.

A topic keeps no count of its own, and what it calls a function with lies in no queue that could be
looked into.
"""

import json
from typing import Any

from local.carriers import Carriers
from local.places import STACK
from local.stack import client

NAME = "tap"
TOPIC = "BroadcastTopic"


def tap(endpoint: str) -> str | None:
    """The queue's URL, made and subscribed if it was not; None where no topic calls a function."""
    sqs = client("sqs", endpoint)
    topic = Carriers.of(client("cloudformation", endpoint), sqs, STACK).found.get(TOPIC)
    if topic is None:
        return None
    url: str = sqs.create_queue(QueueName=NAME)["QueueUrl"]
    which = {"QueueUrl": url, "AttributeNames": ["QueueArn"]}
    arn = sqs.get_queue_attributes(**which)["Attributes"]["QueueArn"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(_policy(arn))})
    client("sns", endpoint).subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    return url


def _policy(arn: str) -> dict[str, Any]:
    allowed = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
    }
    return {"Version": "2012-10-17", "Statement": [allowed]}
