"""A template with its conditions decided by parameters, as CloudFormation decides them."""

from collections.abc import Mapping
from typing import Any

NO_VALUE = {"Ref": "AWS::NoValue"}
NOTHING = object()
MODES = ("local", "redis", "rocketmq", "kafka", "rabbitmq")


def decided(template: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """The template that is left when these parameters, and the defaults of the others, count."""
    parameters = {
        name: str(one.get("Default", "")) for name, one in template["Parameters"].items()
    } | dict(given)
    conditions = template["Conditions"]

    def holds(name: str) -> bool:
        return truth(conditions[name])

    def truth(condition: Any) -> bool:
        ((function, argument),) = condition.items()
        if function == "Condition":
            return holds(argument)
        if function == "Fn::Equals":
            left, right = (value(one) for one in argument)
            return bool(left == right)
        if function == "Fn::Not":
            return not truth(argument[0])
        assert function in ("Fn::Or", "Fn::And"), function
        return (any if function == "Fn::Or" else all)(truth(one) for one in argument)

    def value(operand: Any) -> Any:
        return parameters[operand["Ref"]] if isinstance(operand, dict) else str(operand)

    def chosen(part: Any) -> Any:
        if part == NO_VALUE:
            return NOTHING
        if isinstance(part, dict):
            if part.keys() == {"Fn::If"}:
                name, when, otherwise = part["Fn::If"]
                return chosen(when if holds(name) else otherwise)
            kept = {key: chosen(one) for key, one in part.items()}
            return {key: one for key, one in kept.items() if one is not NOTHING}
        if isinstance(part, list):
            return [one for one in map(chosen, part) if one is not NOTHING]
        return part

    resources = {
        name: chosen(resource)
        for name, resource in template["Resources"].items()
        if "Condition" not in resource or holds(resource["Condition"])
    }
    return {**template, "Resources": resources}
