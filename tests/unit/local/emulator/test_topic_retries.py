"""The event that a topic calls a function with."""

import json

from local.emulator.topic_retries import event_of


def test_a_function_gets_the_notification_as_one_record() -> None:
    envelope = {"Type": "Notification", "MessageId": "m-1", "Message": "hello"}
    (record,) = event_of(json.dumps(envelope), "arn:subscription")["Records"]
    assert record["EventSource"] == "aws:sns"
    assert record["EventSubscriptionArn"] == "arn:subscription"
    assert record["Sns"] == envelope
