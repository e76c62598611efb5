"""All that the server said, held against docs/reference, and looked through for what leaked."""

import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from tests.schema.documents import Json, document, message, operation, problems, response

LEAKS = re.compile(
    r"Traceback|Exception|Errno|pydantic|botocore|boto3|pynamodb|powertools|urllib3|dynamodb"
    r"|arn:aws|/var/|/opt/|/home/|/usr/|site-packages|\.py\b|handler|lambda",
    re.IGNORECASE,
)
"""Words of libraries, of AWS's inside and of file systems; no test sends any of them."""
GATEWAY_FRAME = "gatewayFrame"


@dataclass
class Transcript:
    """Frames and answers in the order in which they came.

    Attributes:
        may_fail: Failures on the server's side, documented as they are, are part of the test.
    """

    may_fail: bool = False
    frames: list[tuple[str | None, str]] = field(default_factory=list)
    answers: list[tuple[str, str, int, str, str]] = field(default_factory=list)

    def frame(self, action: str | None, said: str) -> None:
        """Note a frame, and the action that it answers, if it answers one."""
        self.frames.append((action, said))

    def answer(self, method: str, path: str, status: int, media: str, said: str) -> None:
        """Note an answer over HTTP."""
        self.answers.append((method, path, status, media, said))

    def check(self) -> None:
        """Fail on whatever is not documented, or was not meant to be told."""
        for action, said in self.frames:
            self._check_frame(action, said)
        for method, path, status, media, said in self.answers:
            self._look_through(said)
            assert status < 500 or self.may_fail, f"{method} {path}: {said}"
            found = _answer_problems(method, path, status, media, said)
            assert not found, f"{method} {path}: {status} {said}: {found}"

    def _check_frame(self, action: str | None, said: str) -> None:
        self._look_through(said)
        frame = json.loads(said)
        name = _message_of(frame, action)
        failed = name == GATEWAY_FRAME or frame.get("error", {}).get("code") == "internal"
        assert self.may_fail or not failed, said
        found = [error.message for error in _frames(name).iter_errors(frame)]
        assert not found, f"{name}: {said}: {found}"

    def _look_through(self, said: str) -> None:
        leak = LEAKS.search(said)
        assert leak is None, f"{leak.group()!r} in {said}"


def _message_of(frame: Json, action: str | None) -> str:
    """The message of asyncapi.json that a frame is."""
    kind = frame.get("type")
    known = action in document("asyncapi.json")["operations"]
    if kind == "ack":
        return f"{action}Ack"
    if kind == "error":
        return f"{action}Error" if known else "otherFrameError"
    return "push" if kind == "push" else GATEWAY_FRAME


@cache
def _frames(name: str) -> Draft202012Validator:
    components = document("asyncapi.json")["components"]
    return Draft202012Validator({**message(name), "components": components})


def _answer_problems(method: str, path: str, status: int, media: str, said: str) -> list[str]:
    try:
        documented = response(operation(method, path), status)
    except LookupError:
        # A path that does not exist is refused as everything that does not.
        documented = response(operation("GET", "/v1/users/nobody"), status)
    if not documented:
        return [] if said == "" else ["a body where none is documented"]
    if media not in documented:
        return [f"{media} is not documented"]
    value: Any = json.loads(said)
    return problems(documented[media]["schema"], document("openapi.json"), value)
