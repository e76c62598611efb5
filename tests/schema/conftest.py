"""The template as it is written, and as CloudFormation gets it after the SAM transform."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from local.places import sam_program
from tests.schema.conditions import MODES, decided

ROOT = Path(__file__).parents[2]
SAM_PYTHON = sam_program().with_name("python")
Resource = dict[str, Any]


class Template:
    """Resources by logical id, before and after the transform."""

    def __init__(self, forms: dict[str, dict[str, Any]]) -> None:
        self.source = forms["written"]
        self.result = forms["deployed"]

    def written(self, kind: str) -> dict[str, Resource]:
        """Properties of the resources of a type, as written."""
        return _of(self.source, kind)

    def deployed(self, kind: str) -> dict[str, Resource]:
        """Properties of the resources of a type, after the transform."""
        return _of(self.result, kind)

    def decided(self, **parameters: str) -> "Template":
        """What CloudFormation makes of it with these parameters."""
        return Template(
            {
                "written": decided(self.source, parameters),
                "deployed": decided(self.result, parameters),
            }
        )

    def functions(self) -> dict[str, Resource]:
        """Properties of the functions after the transform, by logical id."""
        return self.deployed("AWS::Lambda::Function")

    def statements(self, function: str) -> list[dict[str, Any]]:
        """What a function may do."""
        role = self.functions()[function]["Role"]["Fn::GetAtt"][0]
        policies = self.deployed("AWS::IAM::Role")[role]["Policies"]
        return [s for policy in policies for s in policy["PolicyDocument"]["Statement"]]


def _of(template: dict[str, Any], kind: str) -> dict[str, Resource]:
    resources = template["Resources"].items()
    return {name: r.get("Properties", {}) for name, r in resources if r["Type"] == kind}


@pytest.fixture(scope="session")
def template() -> Template:
    """template.yaml, with everything that may be made."""
    transform = Path(__file__).with_name("transform.py")
    command = [SAM_PYTHON, transform, ROOT / "template.yaml"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Template(json.loads(done.stdout))


@pytest.fixture(scope="session", params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    """Each send mode."""
    found: str = request.param
    return found


@pytest.fixture(scope="session")
def stack(template: Template, mode: str) -> Template:
    """What is made in a send mode."""
    return template.decided(SendMode=mode)
