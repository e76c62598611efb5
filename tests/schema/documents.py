"""The committed references, and validators for what they describe."""

import json
import re
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.schema.conftest import ROOT

Json = dict[str, Any]
REFERENCE = ROOT / "docs/reference"


@cache
def document(name: str) -> Json:
    """A document of docs/reference."""
    found: Json = json.loads((REFERENCE / name).read_text(encoding="utf-8"))
    return found


def validator(schema: Json, of: Json) -> Draft202012Validator:
    """A validator for a schema inside a document, whose components it may refer to."""
    return Draft202012Validator({**schema, "components": of["components"]})


def problems(schema: Json, of: Json, value: object) -> list[str]:
    """What is wrong with a value, the deepest reasons."""
    found = []
    waiting = list(validator(schema, of).iter_errors(value))
    while waiting:
        error = waiting.pop()
        waiting.extend(error.context or [])
        if not error.context:
            found.append(f"{error.json_path}: {error.message[:200]}")
    return found


def message(name: str) -> Json:
    """The payload of a message of asyncapi.json."""
    payload: Json = document("asyncapi.json")["components"]["messages"][name]["payload"]
    return payload


def operation(method: str, path: str) -> Json:
    """The operation of openapi.json that a request reaches."""
    for template, methods in document("openapi.json")["paths"].items():
        pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template))
        if re.fullmatch(pattern, path) and method.lower() in methods:
            found: Json = methods[method.lower()]
            return found
    raise LookupError(f"{method} {path}")


def response(operation: Json, status: int) -> Json:
    """What an operation may answer with a status, by media type."""
    found: Json = operation["responses"][str(status)]
    if "$ref" in found:
        name = found["$ref"].rpartition("/")[2]
        found = document("openapi.json")["components"]["responses"][name]
    content: Json = found.get("content", {})
    return content


def references(node: object) -> set[str]:
    """Everything that a document refers to."""
    if isinstance(node, list):
        return {ref for one in node for ref in references(one)}
    if isinstance(node, dict):
        here = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return here.union(*(references(one) for one in node.values()))
    return set()


def resolve(document: Json, reference: str) -> object:
    """What a reference inside a document points to.

    Raises:
        KeyError: Nothing.
    """
    node: Any = document
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node
