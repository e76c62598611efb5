"""Functions: each with a role, a log group and alarms of its own, and no right too many."""

import json
from collections import Counter

import pytest

from tests.schema.conftest import ROOT, Template

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
    "UsersTable": {"dynamodb:ConditionCheckItem"},
    "ConnectionsTable": {"dynamodb:BatchGetItem", "dynamodb:UpdateItem"},
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
        "CatalogTable": {"dynamodb:PutItem"},
    },
}


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _named(resource: object) -> str:
    text = json.dumps(resource)
    if "@connections/" in text:
        return "@connections"
    if isinstance(resource, dict) and "Fn::GetAtt" in resource:
        return str(resource["Fn::GetAtt"][0])
    return text.removeprefix('{"Fn::Sub": "${').replace(".Arn}", "").removesuffix('"}')


def test_the_folders_of_functions_are_the_list_of_functions(template: Template) -> None:
    written = template.written("AWS::Serverless::Function").values()
    assert sorted(f["CodeUri"] for f in written) == [f"functions/{name}/" for name in FOLDERS]
    assert MAY.keys() == template.functions().keys()


@pytest.mark.parametrize("name", MAY)
def test_a_function_may_do_just_what_it_uses(template: Template, name: str) -> None:
    allowed: dict[str, set[object]] = {}
    for statement in template.statements(name):
        assert statement["Effect"] == "Allow"
        for resource in _listed(statement["Resource"]):
            allowed.setdefault(_named(resource), set()).update(_listed(statement["Action"]))
    logs = template.functions()[name]["LoggingConfig"]["LogGroup"]["Ref"]
    assert allowed == {logs: LOGS, **MAY[name]}


@pytest.mark.parametrize("name", MAY)
def test_no_permission_is_wider_than_its_table_or_connection(template: Template, name: str) -> None:
    for statement in template.statements(name):
        assert not any("*" in str(action) for action in _listed(statement["Action"]))
        for resource in _listed(statement["Resource"]):
            assert resource != "*"
            assert "*" not in json.dumps(resource).replace("/@connections/*", "")


@pytest.mark.parametrize("name", ["WsAuthorizerFunction", "HttpApiFunction"])
def test_only_tickets_may_be_touched_in_the_catalogue(template: Template, name: str) -> None:
    (statement,) = (s for s in template.statements(name) if _named(s["Resource"]) == "CatalogTable")
    keys = {"dynamodb:LeadingKeys": ["TICKET#*"]}
    assert statement["Condition"] == {"ForAllValues:StringLike": keys}


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


def test_functions_run_on_the_chosen_processor_with_both_layers(template: Template) -> None:
    for function in template.functions().values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == [{"Ref": "Architecture"}]
        assert len(function["Layers"]) == 2


def test_a_function_gives_up_before_its_gateway_does(template: Template) -> None:
    assert all(function["Timeout"] < 29 for function in template.functions().values())


def test_no_function_is_called_asynchronously_yet(template: Template) -> None:
    """The first such caller needs a dead-letter queue with an alarm; see the template."""
    kinds = {resource["Type"] for resource in template.result["Resources"].values()}
    assert not kinds & {
        "AWS::Lambda::EventSourceMapping",
        "AWS::Events::Rule",
        "AWS::Scheduler::Schedule",
        "AWS::SQS::Queue",
    }
