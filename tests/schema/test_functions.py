"""Functions: each with a role, a log group and alarms of its own, and no right too many."""

import json
import re
from collections import Counter

import pytest

from tests.schema.conftest import ROOT, Template

SHARDS = [f"Shard{number}Queue" for number in range(1, 5)]
KINDS = [f"{kind}Queue" for kind in ("Private", "Group", "Channel", "Call")]
SENDS = {
    "local": {},
    "redis": {"BroadcastTopic": {"sns:Publish"}},
    "rocketmq": {"OrderedQueue": {"sqs:SendMessage"}},
    "kafka": {name: {"sqs:SendMessage"} for name in SHARDS},
    "rabbitmq": {"RoutingTopic": {"sns:Publish"}},
}
"""What the sending functions hand jobs to."""
TAKE = {"sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"}
TAKES = {
    "local": {},
    # Lambda is called by the topic, and puts what has failed where it must not be lost.
    "redis": {"BroadcastDeadLetters": {"sqs:SendMessage"}},
    "rocketmq": {"OrderedQueue": TAKE},
    "kafka": dict.fromkeys(SHARDS, TAKE),
    "rabbitmq": dict.fromkeys(KINDS, TAKE),
}
IN_THE_CATALOGUE = {
    "WsAuthorizerFunction": {"dynamodb:DeleteItem": {"TICKET#*"}},
    "HttpApiFunction": {
        "dynamodb:PutItem": {"TICKET#*", "HIT#*", "m_*"},
        "dynamodb:GetItem": {"EMOJI", "EMOJI#*", "WORDS", "HIT#*", "m_*"}
        | {"CHANNELS", "MATERIALS", "MATERIAL#*"},
        "dynamodb:BatchGetItem": {"m_*"},
        "dynamodb:Query": {"EMOJI", "EMOJI#*", "CHANNELS"},
    },
    "HttpMediaFunction": {
        "dynamodb:DeleteItem": {"m_*"},
        "dynamodb:GetItem": {"m_*"},
        "dynamodb:PutItem": {"m_*"},
        "dynamodb:Query": {"m_*"},
    },
    "MediaThumbnailFunction": {"dynamodb:GetItem": {"m_*"}, "dynamodb:PutItem": {"m_*"}},
    "WsMessageFunction": {
        "dynamodb:GetItem": {"EMOJI", "EMOJI#*", "WORDS", "HIT#*", "m_*"}
        | {"CHANNELS", "MATERIALS"},
        "dynamodb:BatchGetItem": {"m_*"},
        "dynamodb:PutItem": {"HIT#*", "m_*"},
    },
}
"""What each right on the catalogue reaches, by the beginnings of partition keys."""
MORE_LAYERS = {"MediaThumbnailFunction": ["ImagingLayer"]}
FOLDERS = sorted(path.parent.name for path in ROOT.glob("functions/*/handler.py"))
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
POST = {"execute-api:ManageConnections"}
READ_MESSAGES = {"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"}
MESSAGING = {
    "MessagesTable": READ_MESSAGES | {"dynamodb:PutItem"},
    "ConversationsTable": {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:UpdateItem",
    },
    "ConversationsTable/index/by_user": {"dynamodb:Query"},
    "UsersTable": {"dynamodb:ConditionCheckItem", "dynamodb:GetItem"},
    "ConnectionsTable": {"dynamodb:BatchGetItem", "dynamodb:UpdateItem"},
    "CatalogTable": {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"},
    "MediaBucket/media/*": {"s3:GetObject", "s3:DeleteObject", "s3:DeleteObjectTagging"},
    "MediaBucket/thumbnails/*": {"s3:DeleteObject", "s3:DeleteObjectTagging"},
    "MediaBucket": {"s3:ListBucket"},
    "MediaBucket/words/*": {"s3:GetObject"},
    "@connections": POST,
}
# Beside its own log group.
MAY = {
    "WsAuthorizerFunction": {"CatalogTable": {"dynamodb:DeleteItem"}},
    "WsConnectFunction": {
        "ConnectionsTable": {"dynamodb:UpdateItem"},
        "UsersTable": {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"},
        "@connections": POST,
    },
    "WsDisconnectFunction": {
        "ConnectionsTable": {"dynamodb:UpdateItem"},
        "UsersTable": {"dynamodb:UpdateItem"},
    },
    "WsMessageFunction": MESSAGING,
    "HttpApiFunction": {
        **MESSAGING,
        # Members and announcements are read by pages; announcements and links are deleted.
        "ConversationsTable": MESSAGING["ConversationsTable"]
        | {"dynamodb:Query", "dynamodb:DeleteItem"},
        "UsersTable": {
            "dynamodb:BatchGetItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem",
        },
        "UsersTable/index/by_name": {"dynamodb:Query"},
        "CatalogTable": MESSAGING["CatalogTable"] | {"dynamodb:Query"},
    },
    "HttpMediaFunction": {
        "MessagesTable": {"dynamodb:Query"},
        "ConversationsTable": {"dynamodb:BatchGetItem"},
        "UsersTable": {"dynamodb:GetItem", "dynamodb:PutItem"},
        "CatalogTable": {
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
        },
        "MediaBucket/media/*": {
            "s3:AbortMultipartUpload",
            "s3:DeleteObject",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:PutObject",
            "s3:PutObjectTagging",
        },
        "MediaBucket/thumbnails/*": {"s3:DeleteObject", "s3:GetObject"},
        "MediaBucket": {"s3:ListBucket"},
    },
    "MediaThumbnailFunction": {
        "ArrivalsQueue": TAKE,
        "CatalogTable": {"dynamodb:GetItem", "dynamodb:PutItem"},
        "MediaBucket/media/*": {"s3:DeleteObject", "s3:DeleteObjectTagging", "s3:GetObject"},
        "MediaBucket/thumbnails/*": {
            "s3:DeleteObject",
            "s3:DeleteObjectTagging",
            "s3:PutObject",
            "s3:PutObjectTagging",
        },
        "MediaBucket": {"s3:ListBucket"},
    },
    "FanoutFunction": {
        "ConversationsTable": {"dynamodb:Query"},
        "ConnectionsTable": {"dynamodb:BatchGetItem", "dynamodb:Scan", "dynamodb:UpdateItem"},
        "@connections": POST,
    },
}


def _may(name: str, mode: str) -> dict[str, set[str]]:
    """All that a function may do in a send mode, beside writing its logs."""
    more: dict[str, set[str]] = {}
    if name in ("WsMessageFunction", "HttpApiFunction"):
        more = SENDS[mode]
    elif name == "FanoutFunction":
        more = TAKES[mode]
    return MAY[name] | more


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def named(resource: object) -> str:
    text = json.dumps(resource)
    if "@connections/" in text:
        return "@connections"
    if isinstance(resource, dict) and "Ref" in resource:
        return str(resource["Ref"])
    if isinstance(resource, dict) and "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    return text.removeprefix('{"Fn::Sub": "${').replace(".Arn}", "").removesuffix('"}')


def test_the_folders_of_functions_are_the_list_of_functions(template: Template) -> None:
    written = template.written("AWS::Serverless::Function").values()
    assert sorted(f["CodeUri"] for f in written) == [f"functions/{name}/" for name in FOLDERS]
    assert MAY.keys() == template.functions().keys()


def test_a_function_may_do_just_what_it_uses(stack: Template, mode: str) -> None:
    for name in stack.functions():
        _assert_allowed(stack, name, _may(name, mode))


def _assert_allowed(stack: Template, name: str, may: dict[str, set[str]]) -> None:
    allowed: dict[str, set[object]] = {}
    for statement in stack.statements(name):
        assert statement["Effect"] == "Allow"
        for resource in _listed(statement["Resource"]):
            allowed.setdefault(named(resource), set()).update(_listed(statement["Action"]))
    logs = stack.functions()[name]["LoggingConfig"]["LogGroup"]["Ref"]
    assert allowed == {logs: LOGS, **may}, name


def test_no_permission_is_wider_than_its_table_queue_or_connection(stack: Template) -> None:
    for statement in (s for name in stack.functions() for s in stack.statements(name)):
        assert not any("*" in str(action) for action in _listed(statement["Action"]))
        for resource in _listed(statement["Resource"]):
            assert resource != "*"
            text = json.dumps(resource)
            for folder in ("/@connections/*", "/media/*", "/thumbnails/*", "/words/*"):
                text = text.replace(folder, "")
            assert "*" not in text


def test_each_right_on_the_catalogue_reaches_only_what_it_is_for(stack: Template) -> None:
    reached: dict[str, dict[object, set[str]]] = {}
    for name in stack.functions():
        for statement in stack.statements(name):
            if "CatalogTable" in map(named, _listed(statement["Resource"])):
                keys = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
                assert statement["Condition"].keys() == {"ForAllValues:StringLike"}
                for action in _listed(statement["Action"]):
                    reached.setdefault(name, {}).setdefault(action, set()).update(keys)
    assert reached == IN_THE_CATALOGUE


def test_roles_and_log_groups_belong_to_one_function_each(template: Template) -> None:
    functions = template.functions().values()
    roles = Counter(function["Role"]["Fn::GetAtt"][0] for function in functions)
    groups = Counter(function["LoggingConfig"]["LogGroup"]["Ref"] for function in functions)
    assert len(roles) == len(groups) == len(template.functions())


def test_a_log_group_has_the_name_that_lambda_would_give_it(template: Template) -> None:
    """So that the local run, and whoever looks for it by habit, finds it."""
    groups = template.deployed("AWS::Logs::LogGroup")
    for function in template.functions().values():
        group = groups[function["LoggingConfig"]["LogGroup"]["Ref"]]
        name = function["FunctionName"]["Fn::Sub"]
        assert group["LogGroupName"] == {"Fn::Sub": f"/aws/lambda/{name}"}


@pytest.mark.parametrize("metric", ["Errors", "Throttles"])
@pytest.mark.parametrize("name", MAY)
def test_crashes_and_throttles_of_a_function_raise_an_alarm(
    template: Template, name: str, metric: str
) -> None:
    watched = [
        alarm
        for alarm in template.deployed("AWS::CloudWatch::Alarm").values()
        if alarm["MetricName"] == metric
        and alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": name}}]
    ]
    assert len(watched) == 1


def test_errors_that_a_function_logs_are_counted(template: Template) -> None:
    filters = template.deployed("AWS::Logs::MetricFilter").values()
    counted = {str(f["LogGroupName"]) for f in filters}
    logged = {str(f["LoggingConfig"]["LogGroup"]) for f in template.functions().values()}
    assert counted == logged


def test_functions_run_on_the_chosen_processor_with_their_layers(template: Template) -> None:
    for name, function in template.functions().items():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == [{"Ref": "Architecture"}]
        # SAM adds a hash to the names of layers.
        layers = [re.sub(r"[0-9a-f]{10}$", "", one["Ref"]) for one in function["Layers"]]
        assert layers == ["DepsLayer", "CoreLayer", *MORE_LAYERS.get(name, [])]


def test_a_function_gives_up_before_its_gateway_does(template: Template) -> None:
    queued = {"FanoutFunction", "MediaThumbnailFunction"}
    behind = {name: one for name, one in template.functions().items() if name not in queued}
    assert all(function["Timeout"] < 29 for function in behind.values())


def test_what_the_local_mode_does_without_is_not_made(template: Template) -> None:
    local = template.decided(SendMode="local")
    kinds = {"AWS::Lambda::EventSourceMapping", "AWS::SQS::Queue", "AWS::SNS::Topic"}
    made = {name for name, one in local.result["Resources"].items() if one["Type"] in kinds}
    # Uploads are looked at in every mode.
    assert made == {"ArrivalsMapping", "ArrivalsQueue", "ArrivalsDeadLetters"}
    assert "FanoutFunction" not in local.functions()
