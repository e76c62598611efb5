"""Environment variables: a function is given what it reads, and nothing else."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chirrup.bootstrap import TABLES
from tests.schema.conftest import ROOT, Template

FUNCTIONS = sorted(path.parent.name for path in ROOT.glob("functions/*/handler.py"))
SENDING = {"ws_message", "http_api"}
# What is read with the first message that holds an upload.
LATE = {name: {"MEDIA_BUCKET"} for name in SENDING}
# What Lambda itself sets.
RUNTIME = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_LAMBDA_FUNCTION_NAME": "test",
}


def _variables(template: Template, folder: str) -> dict[str, str]:
    written = template.written("AWS::Serverless::Function").values()
    (function,) = (f for f in written if f["CodeUri"] == f"functions/{folder}/")
    common = template.source["Globals"]["Function"]["Environment"]["Variables"]
    given = {**common, **function.get("Environment", {}).get("Variables", {})}
    return {name: _value(template, value) for name, value in given.items()}


def _value(template: Template, value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    ((function, argument),) = value.items()
    if function == "Ref":
        return str(template.source["Parameters"].get(argument, {}).get("Default", argument))
    if function == "Fn::If":
        return _value(template, argument[1])
    assert function == "Fn::Sub", value
    return re.sub(r"\$\{.*?\}", "x", argument)


def _read(variables: dict[str, str], folder: str) -> set[str]:
    script = Path(__file__).with_name("settings_read.py")
    handler = ROOT / "functions" / folder / "handler.py"
    done = subprocess.run(
        [sys.executable, script, handler],
        env={"PYTHONPATH": os.pathsep.join([f"{ROOT}/layers/core", f"{ROOT}"]), **RUNTIME}
        | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("folder", FUNCTIONS)
def test_a_function_starts_with_its_variables_and_reads_them_all(
    stack: Template, mode: str, folder: str
) -> None:
    if folder == "fanout" and mode == "local":
        return  # There is none.
    given = _variables(stack, folder) | ({"SEND_MODE": mode} if folder in SENDING else {})
    elsewhere = set(TABLES.values()) | LATE.get(folder, set())
    assert given.keys() - _read(given, folder) - elsewhere == set()


def test_the_name_of_a_table_is_given_where_the_role_allows_it(stack: Template) -> None:
    for name, function in stack.functions().items():
        variables = json.dumps(function["Environment"]["Variables"])
        allowed = json.dumps([s["Resource"] for s in stack.statements(name)])
        for table in stack.deployed("AWS::DynamoDB::Table"):
            assert (f'"{table}"' in variables) == (f'"{table}"' in allowed), (name, table)
