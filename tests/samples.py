"""The sample events of events/<function>/: as Lambda gets them, each with what to expect.

`sam local` and the functional tests run the same ones; events/README.md says what the files hold.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).resolve().parent.parent / "events"
EXPECTED = ".expected.json"
STORED = "stored.json"
"""Items of the tables, which users' requests do not make."""
KEYS = {"after", "statusCode", "code", "body", "effect", "failures"}


@dataclass(frozen=True)
class Sample:
    """An event and what its function makes of it.

    Attributes:
        function: Folder of the function in functions/.
        case: What is tried.
        event: As Lambda gets it.
        expected: See events/README.md.
    """

    function: str
    case: str
    event: dict[str, Any]
    expected: dict[str, Any]

    @property
    def id(self) -> str:
        """The file, without its ending."""
        return f"{self.function}/{self.case}"

    @property
    def after(self) -> list[str]:
        """Ids of the samples that must have run before, in their order."""
        names: list[str] = self.expected.get("after", [])
        return [name if "/" in name else f"{self.function}/{name}" for name in names]


def load() -> dict[str, Sample]:
    """All samples by id, each behind those that it comes after."""
    found = {}
    for path in sorted(EVENTS.glob("*/*.json")):
        if not path.name.endswith(EXPECTED):
            sample = _read(path)
            found[sample.id] = sample
    ordered: dict[str, Sample] = {}
    for sample in found.values():
        for each in before(sample, found):
            ordered.setdefault(each.id, each)
        ordered.setdefault(sample.id, sample)
    return ordered


def store(put: Callable[[str, dict[str, Any]], object]) -> None:
    """Have the items stored that the samples find.

    Args:
        put: Takes the logical name of a table, and an item as DynamoDB has it.
    """
    for one in json.loads((EVENTS / STORED).read_text(encoding="utf-8")):
        item = {
            name: {"S": value} if isinstance(value, str) else {"N": str(value)}
            for name, value in one["item"].items()
        }
        put(one["table"], item)


def before(sample: Sample, samples: dict[str, Sample]) -> Iterator[Sample]:
    """What must have run before a sample, first things first."""
    for name in sample.after:
        yield from before(samples[name], samples)
        yield samples[name]


def put_objects(s3: Any, bucket: str) -> None:
    """Put what the people of the samples have uploaded, as their forms would.

    Args:
        s3: A client.
        bucket: Where.
    """
    for one in json.loads((EVENTS / "objects.json").read_text(encoding="utf-8")):
        body = b64decode(one["body"])
        s3.put_object(
            Bucket=bucket,
            Key=one["key"],
            Body=body,
            ContentType=one["content_type"],
            ChecksumAlgorithm="SHA256",
            ChecksumSHA256=b64encode(sha256(body).digest()).decode(),
            Tagging="state=unused",
        )


def logical_id(function: str) -> str:
    """A function's name in template.yaml."""
    return "".join(word.capitalize() for word in function.split("_")) + "Function"


def problems(expected: dict[str, Any], answer: Any) -> list[str]:
    """What an answer lacks of what is expected; nothing when it is right."""
    if "effect" in expected:
        effects = [s["Effect"] for s in answer["policyDocument"]["Statement"]]
        return [] if effects == [expected["effect"]] else [f"effect: {effects}"]
    if "failures" in expected:
        failures = [one["itemIdentifier"] for one in answer["batchItemFailures"]]
        return [] if failures == expected["failures"] else [f"failures: {failures}"]
    found = []
    if answer["statusCode"] != expected["statusCode"]:
        found.append(f"statusCode: {answer['statusCode']}")
    body = json.loads(answer["body"]) if answer.get("body") else None
    if "code" in expected and _code(body) != expected["code"]:
        found.append(f"code: {_code(body)}")
    if "body" in expected:
        found.extend(_lacks(expected["body"], body, "body"))
    return found


def _read(path: Path) -> Sample:
    expected = json.loads(path.with_name(path.stem + EXPECTED).read_text(encoding="utf-8"))
    unknown = expected.keys() - KEYS
    if unknown:
        raise ValueError(f"{path.stem}{EXPECTED}: unknown {sorted(unknown)}")
    event = json.loads(path.read_text(encoding="utf-8"))
    return Sample(path.parent.name, path.stem, event, expected)


def _code(body: Any) -> Any:
    # A problem document names its code itself, an error frame inside `error`.
    return body.get("error", body).get("code") if isinstance(body, dict) else None


def _lacks(expected: Any, found: Any, where: str) -> list[str]:
    if isinstance(expected, dict) and isinstance(found, dict):
        lacks = []
        for key, value in expected.items():
            if key in found:
                lacks += _lacks(value, found[key], f"{where}.{key}")
            else:
                lacks.append(f"{where}.{key}: missing")
        return lacks
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = enumerate(zip(expected, found, strict=True))
        return [lack for i, (e, f) in pairs for lack in _lacks(e, f, f"{where}[{i}]")]
    return [] if expected == found else [f"{where}: {found!r}"]
