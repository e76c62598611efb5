"""The permissions of the functions' roles: as the template grants them, and taken away."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.e2e.stack import Stack
from tests.e2e.wire import Json

CARRIER = "AnyCarrier"
"""The condition of what only send modes with a carrier have."""
TEMPLATE = Path(__file__).parents[2] / "template.yaml"


class Permission(NamedTuple):
    """One action on one resource, granted to one role.

    Attributes:
        role: Logical id.
        resource: In short: a table, an index, a log group, or a method of `@connections`.
        place: Of the policy in the role, and of statement, action and resource in the policy.
    """

    role: str
    action: str
    resource: str
    place: tuple[int, int, int, int]

    def __str__(self) -> str:
        return f"{self.role} {self.action} {self.resource}"


class _Loader(yaml.SafeLoader):
    """Reads `!GetAtt Table.Arn` as `Table.Arn`, and so on."""


def _plain(loader: yaml.SafeLoader, _: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.MappingNode)
    return loader.construct_mapping(node, deep=True)


_Loader.add_multi_constructor("!", _plain)


def roles() -> dict[str, list[Json]]:
    """The inline policies of every role that the mode `local` makes, by logical id."""
    template = yaml.load(TEMPLATE.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a SafeLoader
    found = template["Resources"].items()
    return {
        name: [_unconditional(policy) for policy in one["Properties"].get("Policies", [])]
        for name, one in found
        if one["Type"] == "AWS::IAM::Role" and one.get("Condition") != CARRIER
    }


def _unconditional(policy: Json) -> Json:
    """Without the statements that only other send modes have: lists of `!If`."""
    document = policy["PolicyDocument"]
    kept = [statement for statement in document["Statement"] if isinstance(statement, dict)]
    return {**policy, "PolicyDocument": {**document, "Statement": kept}}


def permissions() -> list[Permission]:
    """Every permission of every role."""
    return [
        Permission(
            role, action, _short(resource, statement), (policy_at, at, action_at, resource_at)
        )
        for role, policies in roles().items()
        for policy_at, policy in enumerate(policies)
        for at, statement in enumerate(policy["PolicyDocument"]["Statement"])
        for action_at, action in enumerate(_listed(statement["Action"]))
        for resource_at, resource in enumerate(_listed(statement["Resource"]))
    ]


def _short(resource: str, statement: Json) -> str:
    """`MessagesTable`, `ConversationsTable/index/by_user`, `CatalogTable TICKET`, `POST`."""
    reached = statement.get("Condition", {}).get("ForAllValues:StringLike", {})
    if keys := reached.get("dynamodb:LeadingKeys"):
        return f"{resource.removesuffix('.Arn')} {keys[0].rstrip('#*')}"
    if "@connections" in resource:
        return resource.split("/")[-3]
    return resource.replace("${", "").replace("}", "").replace(".Arn", "")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@contextmanager
def without(stack: Stack, permission: Permission) -> Iterator[None]:
    """Take one permission away while the block runs."""
    _, at, action_at, resource_at = permission.place

    def changed(policy: Json) -> Json:
        statements = policy["Statement"]
        statement = statements[at]
        left = [
            {**statement, "Action": action, "Resource": resource}
            for this_action, action in enumerate(_listed(statement["Action"]))
            for this_resource, resource in enumerate(_listed(statement["Resource"]))
            if (this_action, this_resource) != (action_at, resource_at)
        ]
        others = [other for number, other in enumerate(statements) if number != at]
        # A policy must hold a statement; this one allows nothing that anybody asks for.
        nothing = {"Effect": "Allow", "Action": "logs:DescribeLogGroups", "Resource": "*"}
        return {**policy, "Statement": [*others, *left, nothing]}

    with _changed(stack, permission, changed):
        yield


@contextmanager
def limited(stack: Stack, permission: Permission, keys: str) -> Iterator[None]:
    """Let a permission that is limited to certain partitions reach only these."""

    _, at, _, _ = permission.place

    def changed(policy: Json) -> Json:
        narrowed: Json = json.loads(json.dumps(policy))
        condition = narrowed["Statement"][at]["Condition"]["ForAllValues:StringLike"]
        assert condition["dynamodb:LeadingKeys"]
        condition["dynamodb:LeadingKeys"] = [keys]
        return narrowed

    with _changed(stack, permission, changed):
        yield


@contextmanager
def _changed(stack: Stack, permission: Permission, change: Any) -> Iterator[None]:
    iam = stack.aws("iam")
    name = roles()[permission.role][permission.place[0]]["PolicyName"]
    which = {"RoleName": stack.resources[permission.role], "PolicyName": name}
    policy = iam.get_role_policy(**which)["PolicyDocument"]
    iam.put_role_policy(**which, PolicyDocument=json.dumps(change(policy)))
    try:
        yield
    finally:
        iam.put_role_policy(**which, PolicyDocument=json.dumps(policy))
