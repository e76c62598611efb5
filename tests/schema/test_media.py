"""The bucket: private, over TLS, tidy, and what happens when something is uploaded."""

import json
from fnmatch import fnmatch
from typing import Any

from chirrup.domain.media import UNUSED_MS
from chirrup.domain.media_types import UPLOADED_AS
from chirrup.storage.media import UNUSED, media_key
from tests.schema.conftest import ROOT, Template

DAY_MS = 24 * 60 * 60 * 1000


def _bucket(stack: Template) -> dict[str, Any]:
    (bucket,) = stack.deployed("AWS::S3::Bucket").values()
    return bucket


def test_nobody_gets_at_the_bucket_but_by_our_signatures_over_tls(stack: Template) -> None:
    assert set(_bucket(stack)["PublicAccessBlockConfiguration"].values()) == {True}
    (policy,) = stack.deployed("AWS::S3::BucketPolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert statement["Effect"] == "Deny"
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_what_is_unused_goes_after_a_day_and_not_before_it_can_be_used(stack: Template) -> None:
    rules = {rule["Id"]: rule for rule in _bucket(stack)["LifecycleConfiguration"]["Rules"]}
    key, value = UNUSED.split("=")
    unused = rules["unused"]
    assert unused["TagFilters"] == [{"Key": key, "Value": value}]
    assert "Prefix" not in unused
    assert unused["ExpirationInDays"] == 1
    # An object is stored after it was declared, and must outlive the last moment of its first use.
    assert unused["ExpirationInDays"] * DAY_MS > UNUSED_MS
    assert rules["unfinished"]["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert all(rule["Status"] == "Enabled" for rule in rules.values())


def test_browsers_of_the_allowed_origins_send_to_the_bucket_and_fetch_from_it(
    template: Template,
) -> None:
    browsers = template.decided(AllowedOrigins="https://chat.example.com")
    (rule,) = _bucket(browsers)["CorsConfiguration"]["CorsRules"]
    assert "Fn::Split" in json.dumps(rule["AllowedOrigins"])
    assert {"GET", "POST", "PUT"} <= set(rule["AllowedMethods"])
    assert "CorsConfiguration" not in _bucket(template.decided(AllowedOrigins="none"))


def test_uploads_and_nothing_else_are_told_to_the_queue(stack: Template) -> None:
    (told,) = _bucket(stack)["NotificationConfiguration"]["QueueConfigurations"]
    assert told["Event"] == "s3:ObjectCreated:*"
    assert told["Queue"] == {"Fn::GetAtt": ["ArrivalsQueue", "Arn"]}
    (rule,) = told["Filter"]["S3Key"]["Rules"]
    assert (rule["Name"], rule["Value"]) == ("prefix", media_key(""))


def test_only_our_bucket_may_write_to_the_queue_and_may_by_the_time_it_tries(
    stack: Template,
) -> None:
    policy = stack.deployed("AWS::SQS::QueuePolicy")["ArrivalsQueuesPolicy"]
    (allow,) = (s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow")
    assert allow["Principal"] == {"Service": "s3.amazonaws.com"}
    assert allow["Action"] == "sqs:SendMessage"
    assert allow["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    pattern = allow["Condition"]["ArnLike"]["aws:SourceArn"]["Fn::Sub"]
    pattern = pattern.replace("${AWS::Partition}", "aws")
    assert fnmatch("arn:aws:s3:::chirrup-prod-mediabucket-1a2b3c4d5e6f", pattern)
    assert not fnmatch("arn:aws:s3:::chirrup-other-1a2b3c4d5e6f", pattern)
    assert stack.result["Resources"]["MediaBucket"]["DependsOn"] == "ArrivalsQueuesPolicy"
    assert "MediaBucket" not in json.dumps(policy)


def test_the_queue_calls_the_function_and_takes_back_single_messages(stack: Template) -> None:
    mapping = stack.deployed("AWS::Lambda::EventSourceMapping")["ArrivalsMapping"]
    assert mapping["FunctionName"] == {"Ref": "MediaThumbnailFunction"}
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": ["ArrivalsQueue", "Arn"]}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    queue = stack.deployed("AWS::SQS::Queue")["ArrivalsQueue"]
    timeout = stack.functions()["MediaThumbnailFunction"]["Timeout"]
    assert queue["VisibilityTimeout"] >= 6 * timeout
    target = queue["RedrivePolicy"]["deadLetterTargetArn"]
    assert target == {"Fn::GetAtt": ["ArrivalsDeadLetters", "Arn"]}


def test_messages_that_wait_or_were_given_up_raise_an_alarm(stack: Template) -> None:
    watched = {
        alarm["Dimensions"][0]["Value"]["Fn::GetAtt"][0]: alarm["MetricName"]
        for alarm in stack.deployed("AWS::CloudWatch::Alarm").values()
        if "Arrivals" in json.dumps(alarm.get("Dimensions"))
    }
    assert watched == {
        "ArrivalsQueue": "ApproximateAgeOfOldestMessage",
        "ArrivalsDeadLetters": "ApproximateNumberOfMessagesVisible",
    }


def test_every_endpoint_of_uploads_has_a_route_of_its_own(template: Template) -> None:
    paths = template.deployed("AWS::ApiGatewayV2::Api")["HttpApi"]["Body"]["paths"]
    own = {
        (method, path)
        for path, methods in paths.items()
        for method, route in methods.items()
        if "HttpMediaFunction" in json.dumps(route)
    }
    assert own == {
        ("post", "/v1/uploads"),
        ("post", "/v1/uploads/{media_id}/complete"),
        ("delete", "/v1/uploads/{media_id}"),
        ("get", "/v1/media/{media_id}"),
    }


def test_the_how_to_names_every_type_that_may_be_uploaded() -> None:
    page = (ROOT / "docs/how-to/uploads.md").read_text(encoding="utf-8")
    rows = {row.split("`")[1]: row for row in page.splitlines() if row.startswith("| `")}
    for purpose, types in UPLOADED_AS.items():
        for type_ in types or ():
            assert f"`{type_.partition('/')[2]}`" in rows[purpose.value], type_
