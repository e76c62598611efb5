"""The template as a whole: parameters, outputs, retention, alarms."""

import json
import re
from pathlib import Path

import pytest

from tests.schema.conftest import ROOT, Template

LOGGED = re.compile(r"\$context\.[A-Za-z._]+")
# https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
# https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
HARMLESS = {
    "$context.authorizer.claims.sub",
    "$context.authorizer.user_id",
    "$context.connectionId",
    "$context.error.responseType",
    "$context.eventType",
    "$context.httpMethod",
    "$context.identity.sourceIp",
    "$context.integration.error",
    "$context.integrationErrorMessage",
    "$context.integrationLatency",
    "$context.path",
    "$context.requestId",
    "$context.requestTimeEpoch",
    "$context.routeKey",
    "$context.status",
}


def test_every_parameter_is_used(template: Template) -> None:
    text = json.dumps({**template.source, "Parameters": {}, "Metadata": {}})
    unused = [
        name
        for name in template.source["Parameters"]
        if f'{{"Ref": "{name}"}}' not in text and f"${{{name}}}" not in text
    ]
    assert unused == []


def test_every_parameter_is_explained_and_has_a_default(template: Template) -> None:
    for name, parameter in template.source["Parameters"].items():
        assert parameter["Description"], name
        assert "Default" in parameter, name


def test_every_parameter_stands_in_a_group_of_the_console(template: Template) -> None:
    interface = template.source["Metadata"]["AWS::CloudFormation::Interface"]
    grouped = [name for group in interface["ParameterGroups"] for name in group["Parameters"]]
    assert sorted(grouped) == sorted(template.source["Parameters"])


def test_clients_and_scripts_find_what_they_need_in_the_outputs(template: Template) -> None:
    needed = {"WebSocketUrl", "HttpUrl", "UserPoolId", "UserPoolClientId", "SendMode"}
    assert needed <= template.source["Outputs"].keys()


def test_every_log_group_forgets(template: Template) -> None:
    groups = template.deployed("AWS::Logs::LogGroup")
    assert groups
    for name, group in groups.items():
        assert group["RetentionInDays"] == {"Ref": "LogRetentionDays"}, name


def test_both_gateways_log_every_request(template: Template) -> None:
    stages = template.deployed("AWS::ApiGatewayV2::Stage")
    groups = template.deployed("AWS::Logs::LogGroup")
    assert len(stages) == 2
    for stage in stages.values():
        assert stage["AccessLogSettings"]["DestinationArn"]["Fn::GetAtt"][0] in groups


def test_access_logs_hold_no_token_no_ticket_and_no_message(template: Template) -> None:
    for stage in template.deployed("AWS::ApiGatewayV2::Stage").values():
        line = stage["AccessLogSettings"]["Format"]
        assert json.loads(line)
        assert set(LOGGED.findall(line)) <= HARMLESS
        assert not stage["DefaultRouteSettings"].get("DataTraceEnabled")


def test_both_gateways_are_throttled_below_what_the_account_may_take(template: Template) -> None:
    for stage in template.deployed("AWS::ApiGatewayV2::Stage").values():
        settings = stage["DefaultRouteSettings"]
        assert 0 < settings["ThrottlingBurstLimit"] <= settings["ThrottlingRateLimit"] <= 2500


@pytest.mark.parametrize("metric", ["ExecutionError", "5xx", "LoggedErrors"])
def test_failures_of_the_gateways_and_caught_ones_raise_an_alarm(
    template: Template, metric: str
) -> None:
    alarms = template.deployed("AWS::CloudWatch::Alarm").values()
    assert metric in {alarm["MetricName"] for alarm in alarms}


def test_every_alarm_reaches_the_mail_address_and_stays_calm_without_data(
    template: Template,
) -> None:
    for name, alarm in template.deployed("AWS::CloudWatch::Alarm").items():
        assert alarm["AlarmActions"]["Fn::If"][:2] == ["MailAlarms", [{"Ref": "AlarmTopic"}]], name
        assert alarm["TreatMissingData"] == "notBreaching", name


def test_layers_are_the_folders_below_layers(template: Template) -> None:
    written = template.written("AWS::Serverless::LayerVersion").values()
    folders = {path.name for path in (ROOT / "layers").iterdir() if path.is_dir()}
    assert {Path(layer["ContentUri"]).name for layer in written} == folders
