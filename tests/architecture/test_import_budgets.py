"""What a function may not load at its start: every module that it does is paid at each cold start.

Times differ between machines, so the budget is a list of modules that must not load. It was drawn
up with `python -X importtime`; what a start costs is measured by `make bench`.
"""

import json
import subprocess
import sys
from functools import cache

import pytest

from tests.architecture.sources import ROOT

# No function needs these: they come in by a careless import of something that does.
NEVER = {
    *("boto3", "s3transfer", "moto", "aws_xray_sdk", "requests", "httpx", "aiohttp", "livekit"),
    *("google.protobuf", "hypothesis", "pytest", "jsonschema", "yaml", "sqlite3", "unittest"),
    "chirrup.contracts.examples",
    # Comes with the first word on the list.
    "ahocorasick_rs",
}
POWERTOOLS = {"aws_lambda_powertools"}
DYNAMODB = {"botocore", "pynamodb", "chirrup.storage"}
MODELS = {"pydantic", "chirrup.contracts"}
# Records are read by pydantic, which is all that some functions need of it.
MODELS_OF_WIRE = {"chirrup.contracts"}
TOKENS = {"jwt", "cryptography", "chirrup.identity.oidc"}
CHAT = {
    "chirrup.service.changing",
    "chirrup.service.conversations",
    "chirrup.service.reading",
    "chirrup.service.sending",
}
HTTP = {"chirrup.transport.http"}
FORBIDDEN = {
    # Tokens are checked without any table; a ticket opens DynamoDB when one is shown.
    "ws_authorizer": {*DYNAMODB, *MODELS, *POWERTOOLS, *CHAT, *HTTP, "urllib3", "asyncio"}
    | {"chirrup.push", "chirrup.domain.messages", "chirrup.domain.conversations"}
    | {"chirrup.ports.conversations", "chirrup.ports.records", "chirrup.ports.timelines"},
    # Frames are written only to the few sockets that a new one replaces.
    "ws_connect": {*MODELS, *TOKENS, *POWERTOOLS, *CHAT, *HTTP, "asyncio", "chirrup.push.pusher"},
    "ws_disconnect": {*MODELS, *TOKENS, *POWERTOOLS, *CHAT, *HTTP, "asyncio", "chirrup.push"},
    # Events come encoded, and are put into frames as they are. asyncio comes with the first push.
    "fanout": {*MODELS, *TOKENS, *POWERTOOLS, *CHAT, *HTTP, "asyncio", "chirrup.service"}
    | {"chirrup.domain.messages", "chirrup.domain.conversations", "chirrup.push.carriers"},
    "ws_message": {*TOKENS, *POWERTOOLS, *HTTP, "asyncio"}
    | {"chirrup.contracts.users", "chirrup.contracts.conversations", "pydantic.type_adapter"}
    | {"chirrup.domain.groups", "chirrup.domain.friends", "chirrup.domain.joining"}
    | {"chirrup.transport.groups", "chirrup.transport.friends", "chirrup.transport.rooms"}
    | {"chirrup.service.groups", "chirrup.service.governing", "chirrup.service.friends"}
    | {"chirrup.service.members", "chirrup.service.readers", "chirrup.service.pins"}
    | {"chirrup.service.announcements"}
    # Nine messages of ten are texts; the tenth loads what it needs.
    | {"chirrup.contracts.rich_content", "chirrup.service.composing", "chirrup.storage.objects"}
    # The search for words comes with the first list of them.
    | {"chirrup.words", "chirrup.service.searching", "chirrup.domain.letters"},
    # API Gateway has checked the token. The resolver routes; its validation would load more.
    "http_api": {*TOKENS, "aws_lambda_powertools.event_handler.openapi.models"}
    | {"aws_lambda_powertools.event_handler.middlewares", "aws_lambda_powertools.utilities.parser"},
    # Uploads and downloads: nothing is sent, no device is told. Types are told by the first bytes
    # of what was uploaded, and not before.
    "http_media": {*TOKENS, *CHAT, "filetype", "PIL", "chirrup.push"}
    | {"aws_lambda_powertools.event_handler.openapi.models", "chirrup.imaging"}
    | {"aws_lambda_powertools.event_handler.middlewares", "chirrup.transport.groups"}
    | {"aws_lambda_powertools.utilities.parser", "chirrup.transport.friends"},
    "media_thumbnail": {*MODELS_OF_WIRE, *TOKENS, *POWERTOOLS, *CHAT, *HTTP, "asyncio", "filetype"}
    | {"chirrup.push"},
}
ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "MESSAGES_TABLE": "messages",
    "CONVERSATIONS_TABLE": "conversations",
    "USERS_TABLE": "users",
    "CONNECTIONS_TABLE": "connections",
    "CATALOG_TABLE": "catalog",
    "MEDIA_BUCKET": "media",
    "CONNECTIONS_URL": "https://api.execute-api.us-east-1.amazonaws.com/v1",
    "SEND_MODE": "local",
    "INLINE_LIMIT": "20",
    "PRIVATE_CHAT_POLICY": "open",
    "AUTO_ACCEPT_FRIENDS": "false",
    "OIDC_ISSUER": "https://issuer.example",
    "OIDC_AUDIENCE": "client",
    "OIDC_USER_CLAIM": "sub",
    "ALLOWED_ORIGINS": "*",
    "RETENTION_DAYS": "0",
}


@cache
def _loaded(function: str) -> frozenset[str]:
    """Modules that stand loaded after a function's start, in an interpreter of its own."""
    program = "import handler, json, sys; print(json.dumps(sorted(sys.modules)))"
    path = f"{ROOT}/functions/{function}:{ROOT}/layers/core"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**ENVIRONMENT, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return frozenset(json.loads(done.stdout))


def _found(forbidden: set[str], loaded: frozenset[str]) -> list[str]:
    return sorted(
        name for name in forbidden if any(f"{one}.".startswith(f"{name}.") for one in loaded)
    )


def test_every_function_has_a_budget() -> None:
    folders = {path.parent.name for path in ROOT.glob("functions/*/handler.py")}
    assert FORBIDDEN.keys() == folders


@pytest.mark.parametrize("function", FORBIDDEN)
def test_a_function_loads_nothing_beyond_its_budget(function: str) -> None:
    assert _found(FORBIDDEN[function] | NEVER, _loaded(function)) == []


def test_a_budget_names_modules_that_exist() -> None:
    """A name that was misspelt, or has moved, would forbid nothing."""
    program = (
        "import importlib.util, sys\n"
        "print([n for n in sys.argv[1:] if importlib.util.find_spec(n) is None])"
    )
    ours = {name for names in FORBIDDEN.values() for name in names}
    done = subprocess.run(
        [sys.executable, "-c", program, *sorted(ours)],
        env={"PYTHONPATH": str(ROOT / "layers/core")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_the_check_would_see_a_module_and_its_parts() -> None:
    loaded = frozenset({"boto3", "pydantic.main", "jwtools"})
    assert _found({"boto3", "pydantic", "jwt"}, loaded) == ["boto3", "pydantic"]
