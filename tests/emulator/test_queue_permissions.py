"""Policies of roles, queues and topics are enforced as the template needs it."""

import json
from collections.abc import Callable
from itertools import count
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from local.places import REGION
from local.stack import client

ALLOWED = ["sqs:SendMessage", "sns:Publish"]
_numbers = count()
Make = Callable[[str], Any]


def _entries(field: str) -> list[dict[str, str]]:
    return [{"Id": "0", field: "hello"}]


def _deny_without_tls(resource: str, action: str) -> str:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@pytest.fixture(scope="module")
def limited(enforcing: str) -> Make:
    """Clients of one who may send to the queue and the topic that are called `open`."""
    iam = client("iam", enforcing)
    statement = {
        "Effect": "Allow",
        "Action": ALLOWED,
        "Resource": [f"arn:aws:sqs:{REGION}:*:open", f"arn:aws:sns:{REGION}:*:open"],
    }
    iam.create_user(UserName="sender")
    iam.put_user_policy(
        UserName="sender",
        PolicyName="p",
        PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": statement}),
    )
    key = iam.create_access_key(UserName="sender")["AccessKey"]

    def make(service: str) -> Any:
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=enforcing,
            region_name=REGION,
            aws_access_key_id=key["AccessKeyId"],
            aws_secret_access_key=key["SecretAccessKey"],
        )

    return make


def _queue(enforcing: str, name: str) -> str:
    sqs = client("sqs", enforcing)
    url: str = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = f"arn:aws:sqs:{REGION}:000000000000:{name}"
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": _deny_without_tls(arn, "sqs:*")})
    return url


def _topic(enforcing: str, name: str) -> str:
    sns = client("sns", enforcing)
    arn: str = sns.create_topic(Name=name)["TopicArn"]
    sns.set_topic_attributes(
        TopicArn=arn,
        AttributeName="Policy",
        AttributeValue=_deny_without_tls(arn, "sns:Publish"),
    )
    return arn


def test_who_may_send_one_message_may_send_a_batch(enforcing: str, limited: Make) -> None:
    sent = limited("sqs").send_message_batch(
        QueueUrl=_queue(enforcing, "open"), Entries=_entries("MessageBody")
    )
    assert len(sent["Successful"]) == 1
    published = limited("sns").publish_batch(
        TopicArn=_topic(enforcing, "open"), PublishBatchRequestEntries=_entries("Message")
    )
    assert len(published["Successful"]) == 1


def test_others_are_not_sent_to(enforcing: str, limited: Make) -> None:
    url, arn = _queue(enforcing, "shut"), _topic(enforcing, "shut")
    with pytest.raises(ClientError, match=r"AccessDenied|AuthorizationError"):
        limited("sqs").send_message_batch(QueueUrl=url, Entries=_entries("MessageBody"))
    with pytest.raises(ClientError, match=r"AccessDenied|AuthorizationError"):
        limited("sns").publish_batch(TopicArn=arn, PublishBatchRequestEntries=_entries("Message"))


def test_who_may_send_may_not_take(enforcing: str, limited: Make) -> None:
    url = _queue(enforcing, "open")
    with pytest.raises(ClientError, match="AccessDenied"):
        limited("sqs").receive_message(QueueUrl=url)
    with pytest.raises(ClientError, match="AccessDenied"):
        limited("sqs").purge_queue(QueueUrl=url)


@pytest.mark.parametrize(("source", "delivered"), [("ours", 1), ("other", 0)])
def test_a_queue_takes_only_what_the_topic_of_its_policy_brings(
    enforcing: str, source: str, delivered: int
) -> None:
    sqs, sns = client("sqs", enforcing), client("sns", enforcing)
    topic = sns.create_topic(Name=f"topic-{next(_numbers)}")["TopicArn"]
    name = f"queue-{next(_numbers)}"
    url, arn = (
        sqs.create_queue(QueueName=name)["QueueUrl"],
        f"arn:aws:sqs:{REGION}:000000000000:{name}",
    )
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic if source == "ours" else f"{topic}-2"}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    sns.publish(TopicArn=topic, Message="hello")
    assert len(sqs.receive_message(QueueUrl=url).get("Messages", ())) == delivered
