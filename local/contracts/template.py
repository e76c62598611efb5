"""template.yaml, as far as the references speak of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).resolve().parents[2] / "template.yaml"


class _Loader(yaml.SafeLoader):
    """Reads CloudFormation's short forms as what they stand for."""


def _tag(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> dict[str, Any]:
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    assert isinstance(node, yaml.MappingNode)  # noqa: S101 - YAML knows no fourth kind
    return {name: loader.construct_mapping(node, deep=True)}


_Loader.add_multi_constructor("!", _tag)


@dataclass(frozen=True)
class Template:
    """What the template says.

    Attributes:
        parameters: By name.
        groups: Names of parameters by the title of their group.
        variables: For each environment variable its value, as written, by function.
    """

    parameters: dict[str, dict[str, Any]]
    groups: dict[str, list[str]]
    variables: dict[str, dict[str, Any]]


def read(path: Path = TEMPLATE) -> Template:
    """Read the template."""
    found = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    interface = found["Metadata"]["AWS::CloudFormation::Interface"]
    common = found["Globals"]["Function"]["Environment"]["Variables"]
    variables: dict[str, dict[str, Any]] = {}
    for resource in found["Resources"].values():
        if resource["Type"] != "AWS::Serverless::Function":
            continue
        folder = Path(resource["Properties"]["CodeUri"]).name
        own = resource["Properties"].get("Environment", {}).get("Variables", {})
        for name, value in {**common, **own}.items():
            variables.setdefault(name, {})[folder] = value
    return Template(
        parameters=found["Parameters"],
        groups={
            group["Label"]["default"]: group["Parameters"] for group in interface["ParameterGroups"]
        },
        variables=variables,
    )
