"""`sam build` for the Lambda image of this machine's processor."""

import copy
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from local.errors import LocalError
from local.places import REGION, ROOT, Places, sam_program
from local.sam_local.docker import host_address
from local.sam_local.shell import call

BUILD_TIMEOUT_S = 300.0
FUNCTION_TIMEOUT_S = 60
Template = dict[str, Any]


@dataclass(frozen=True)
class Built:
    """What `sam build` made."""

    folder: Path
    template: Template
    arch: str

    @property
    def resources(self) -> dict[str, Any]:
        """The template's resources."""
        found: dict[str, Any] = self.template["Resources"]
        return found

    def write_copy(self, variables: dict[str, str]) -> Path:
        """Write a copy of the template for SAM to run, which differs in two things.

        All functions have further variables: SAM passes only those that a template declares, and
        the deployed functions have no need of the SDK's AWS_ENDPOINT_URL. And none is given up
        early: how long a cold container takes here says nothing about Lambda.
        """
        template = copy.deepcopy(self.template)
        function = template.setdefault("Globals", {}).setdefault("Function", {})
        declared = function.setdefault("Environment", {}).setdefault("Variables", {})
        declared.update(variables)
        for resource in template["Resources"].values():
            if resource["Type"] == "AWS::Serverless::Function":
                resource["Properties"]["Timeout"] = FUNCTION_TIMEOUT_S
        # Beside the built one, from where its paths lead.
        path = self.folder / "sam-local.yaml"
        path.write_text(yaml.safe_dump(template, sort_keys=False), encoding="utf-8")
        return path


def sam_environment(arch: str) -> dict[str, str]:
    """Without this machine's credentials, which SAM would hand to the containers."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    return {
        **environment,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "CHIRRUP_BUILD_ARCH": arch,
        "SAM_CLI_TELEMETRY": "0",
        "SAM_CLI_CHECK_VERSION": "0",
        **({"DOCKER_HOST": address} if (address := host_address()) else {}),
    }


def build(places: Places, arch: str) -> Built:
    """Build all functions and layers.

    Raises:
        LocalError: The build failed.
    """
    folder = places / "build"
    outcome = call(
        [
            *(sam_program(), "build", "--template", ROOT / "template.yaml"),
            *("--build-dir", folder, "--parameter-overrides", f"Architecture={arch}"),
        ],
        timeout_s=BUILD_TIMEOUT_S,
        env=sam_environment(arch),
        cwd=ROOT,
    )
    if not outcome.ok:
        raise LocalError("`sam build` failed.", details=outcome.said, mend="see what it says")
    template = yaml.safe_load((folder / "template.yaml").read_text(encoding="utf-8"))
    return Built(folder, template, arch)
