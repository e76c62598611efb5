"""Carriers of the send modes: nothing too many, and no way for a job to be lost in silence."""

import json
from typing import Any

import pytest

from tests.schema.conditions import MODES
from tests.schema.conftest import Template

QUEUE, TOPIC, ALARM = "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::CloudWatch::Alarm"
MAPPING = "AWS::Lambda::EventSourceMapping"
SUBSCRIPTION = "AWS::SNS::Subscription"
ARRIVALS = "ArrivalsQueue"
"""What was uploaded: no carrier, and there in every mode; see test_media."""
KINDS = ("Private", "Group", "Channel", "Call")
CARRIERS = {
    "local": set(),
    "redis": {"BroadcastTopic"},
    "rocketmq": {"OrderedQueue"},
    "kafka": {f"Shard{number}Queue" for number in range(1, 5)},
    "rabbitmq": {"RoutingTopic", *(f"{kind}Queue" for kind in KINDS)},
}
CARRYING = [mode for mode in MODES if mode != "local"]
KEPT_S = 14 * 24 * 60 * 60


def _carriers(stack: Template) -> set[str]:
    made = {*stack.deployed(QUEUE), *stack.deployed(TOPIC)}
    return {name for name in made if not name.endswith("DeadLetters")} - {"AlarmTopic", ARRIVALS}


def _dead_letters(stack: Template) -> set[str]:
    return {name for name in stack.deployed(QUEUE) if name.endswith("DeadLetters")}


def _arn(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


def test_only_what_the_mode_needs_is_made(stack: Template, mode: str) -> None:
    assert _carriers(stack) == CARRIERS[mode]
    assert ("FanoutFunction" in stack.functions()) == (mode != "local")


def test_everything_that_is_made_refers_to_what_is_made(stack: Template) -> None:
    made = stack.result["Resources"].keys() | stack.result["Parameters"].keys()
    for name in stack.result["Resources"]:
        text = json.dumps(stack.result["Resources"][name])
        for other in _conditional(stack):
            if other not in made:
                assert f'"{other}"' not in text, (name, other)
                assert f"${{{other}" not in text, (name, other)


def _conditional(stack: Template) -> set[str]:
    return {f"{name}Queue" for name in ("Ordered", *KINDS)} | {"BroadcastTopic", "RoutingTopic"}


@pytest.mark.parametrize("before", MODES)
@pytest.mark.parametrize("now", MODES)
def test_while_the_mode_is_changed_both_carriers_stand_and_only_the_new_one_is_sent_to(
    template: Template, before: str, now: str
) -> None:
    stack = template.decided(SendMode=now, PreviousSendMode=before)
    assert _carriers(stack) == CARRIERS[now] | CARRIERS[before]
    sent = json.dumps(stack.functions()["WsMessageFunction"]["Environment"])
    for name in CARRIERS[before] - CARRIERS[now]:
        assert name not in sent
    # What is left in the old ones is worked off by the same function.
    taken = json.dumps(stack.statements("FanoutFunction")) if before != "local" else ""
    for name in CARRIERS[before]:
        if name.endswith("Queue"):
            assert name in taken


def test_every_queue_gives_up_into_dead_letters_of_its_kind(stack: Template) -> None:
    queues = stack.deployed(QUEUE)
    for name in _carriers(stack) & queues.keys():
        redrive = queues[name]["RedrivePolicy"]
        target = redrive["deadLetterTargetArn"]["Fn::GetAtt"][0]
        assert queues[target].get("FifoQueue") == queues[name].get("FifoQueue")
        assert 3 <= redrive["maxReceiveCount"] <= 5


def test_dead_letters_wait_as_long_as_they_can_and_raise_an_alarm(stack: Template) -> None:
    alarms = stack.deployed(ALARM).values()
    for name in _dead_letters(stack):
        assert stack.deployed(QUEUE)[name]["MessageRetentionPeriod"] == KEPT_S
        dimension = [{"Name": "QueueName", "Value": {"Fn::GetAtt": [name, "QueueName"]}}]
        (alarm,) = (alarm for alarm in alarms if alarm.get("Dimensions") == dimension)
        assert alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
        assert alarm["Threshold"] == 0


def test_jobs_that_wait_raise_an_alarm(stack: Template) -> None:
    alarms = stack.deployed(ALARM).values()
    for name in _carriers(stack) & stack.deployed(QUEUE).keys():
        dimension = [{"Name": "QueueName", "Value": {"Fn::GetAtt": [name, "QueueName"]}}]
        (alarm,) = (alarm for alarm in alarms if alarm.get("Dimensions") == dimension)
        assert alarm["MetricName"] == "ApproximateAgeOfOldestMessage"


def test_every_queue_calls_the_fanout_and_takes_back_single_messages(stack: Template) -> None:
    mappings = [
        mapping
        for mapping in stack.deployed(MAPPING).values()
        if mapping["EventSourceArn"] != _arn(ARRIVALS)
    ]
    sources = [mapping["EventSourceArn"]["Fn::GetAtt"][0] for mapping in mappings]
    assert sorted(sources) == sorted(_carriers(stack) & stack.deployed(QUEUE).keys())
    for mapping in mappings:
        assert mapping["FunctionName"] == {"Ref": "FanoutFunction"}
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2
        # A window is needed for more than ten, and not to be had for FIFO.
        assert ("MaximumBatchingWindowInSeconds" in mapping) == (mapping["BatchSize"] > 10)


def test_a_job_is_hidden_for_six_times_the_time_of_the_function(stack: Template) -> None:
    queues = stack.deployed(QUEUE)
    for name in _carriers(stack) & queues.keys():
        timeout = stack.functions()["FanoutFunction"]["Timeout"]
        assert queues[name]["VisibilityTimeout"] >= 6 * timeout


def test_queues_are_encrypted_and_refuse_what_is_not(stack: Template) -> None:
    denied: set[str] = set()
    for policy in stack.deployed("AWS::SQS::QueuePolicy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Deny":
                assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
                denied |= {one["Fn::GetAtt"][0] for one in statement["Resource"]}
                assert statement["Action"] == "sqs:*"
        assert {one["Ref"] for one in policy["Queues"]} <= denied
    assert denied == stack.deployed(QUEUE).keys()
    assert all(queue["SqsManagedSseEnabled"] for queue in stack.deployed(QUEUE).values())


def test_only_our_topic_may_put_jobs_into_queues_from_outside(stack: Template) -> None:
    for policy in stack.deployed("AWS::SQS::QueuePolicy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow" and statement["Resource"] != _arn(ARRIVALS):
                assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
                (source,) = statement["Condition"]["ArnEquals"].values()
                assert source["Ref"] in stack.deployed(TOPIC)


def test_every_subscription_has_dead_letters_that_its_topic_may_write(stack: Template) -> None:
    policies = json.dumps(stack.deployed("AWS::SQS::QueuePolicy"))
    for subscription in stack.deployed(SUBSCRIPTION).values():
        target = subscription["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        assert target in _dead_letters(stack)
        assert json.dumps({"Ref": subscription["TopicArn"]["Ref"]}) in policies


def test_each_kind_of_conversation_has_one_queue(template: Template) -> None:
    stack = template.decided(SendMode="rabbitmq")
    chosen = [
        kind
        for subscription in stack.deployed(SUBSCRIPTION).values()
        for kind in subscription["FilterPolicy"]["kind"]
    ]
    assert sorted(chosen) == ["call", "channel", "group", "notices", "private", "saved"]
    assert all(one["RawMessageDelivery"] for one in stack.deployed(SUBSCRIPTION).values())


def test_a_call_of_the_topic_that_fails_is_repeated_and_then_kept(template: Template) -> None:
    stack = template.decided(SendMode="redis")
    (config,) = stack.deployed("AWS::Lambda::EventInvokeConfig").values()
    assert config["MaximumRetryAttempts"] == 2
    assert config["DestinationConfig"]["OnFailure"]["Destination"] == _arn("BroadcastDeadLetters")
    (permission,) = (
        one
        for one in stack.deployed("AWS::Lambda::Permission").values()
        if one["Principal"] == "sns.amazonaws.com"
    )
    assert permission["SourceArn"] == {"Ref": "BroadcastTopic"}


@pytest.mark.parametrize("mode", CARRYING, scope="session")
def test_what_the_fanout_logs_as_an_error_is_counted(stack: Template) -> None:
    filters = stack.deployed("AWS::Logs::MetricFilter").values()
    assert {"Ref": "FanoutLogs"} in [one["LogGroupName"] for one in filters]
