"""The copy of the built template that SAM runs."""

from pathlib import Path

import yaml

from local.sam_local.build import FUNCTION_TIMEOUT_S, Built

TEMPLATE = {
    "Globals": {"Function": {"Environment": {"Variables": {"LOG_LEVEL": "INFO"}}}},
    "Resources": {
        "Quick": {"Type": "AWS::Serverless::Function", "Properties": {"Timeout": 5}},
        "Table": {"Type": "AWS::DynamoDB::Table", "Properties": {}},
    },
}


def test_the_copy_adds_variables_and_time_and_nothing_else(tmp_path: Path) -> None:
    built = Built(tmp_path, TEMPLATE, "arm64")
    copy = yaml.safe_load(built.write_copy({"AWS_ENDPOINT_URL": "http://here"}).read_text())
    variables = copy["Globals"]["Function"]["Environment"]["Variables"]
    assert variables == {"LOG_LEVEL": "INFO", "AWS_ENDPOINT_URL": "http://here"}
    assert copy["Resources"]["Quick"]["Properties"]["Timeout"] == FUNCTION_TIMEOUT_S
    del variables["AWS_ENDPOINT_URL"]
    copy["Resources"]["Quick"]["Properties"]["Timeout"] = 5
    assert copy == TEMPLATE == built.template
