"""Figures of whole processes: start-up of each function, its memory, the CPU of a warm send."""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.report import Row

ROOT = Path(__file__).parents[1]
RUNS = 9
FUNCTIONS = (
    "ws_authorizer",
    "ws_connect",
    "ws_disconnect",
    "ws_message",
    "http_api",
    "fanout",
)
REFERENCE = "import boto3; boto3.client('dynamodb')"
REFERENCE_MS = 188.0
"""What the reference takes on the machine that the budgets (in ms) were set on; budgets are
compared as ratios to it, so that the speed of this machine does not matter."""
START_BUDGETS_MS = {"ws_authorizer": 80.0, "ws_message": 230.0, "fanout": 150.0}
MEMORY_BUDGET_MB = 110.0
SEND_CPU_BUDGET_MS = 8.0

ENVIRONMENT = {
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
    "MESSAGES_TABLE": "messages",
    "CONVERSATIONS_TABLE": "conversations",
    "USERS_TABLE": "users",
    "CONNECTIONS_TABLE": "connections",
    "CATALOG_TABLE": "catalog",
    "CONNECTIONS_URL": "https://abc.execute-api.us-east-1.amazonaws.com/v1",
    "SEND_MODE": "local",
    "INLINE_LIMIT": "20",
    "PRIVATE_CHAT_POLICY": "open",
    "AUTO_ACCEPT_FRIENDS": "false",
    "OIDC_ISSUER": "https://cognito-idp.us-east-1.amazonaws.com/pool",
    "OIDC_AUDIENCE": "client",
    "OIDC_USER_CLAIM": "sub",
    "ALLOWED_ORIGINS": "none",
    "RETENTION_DAYS": "0",
    "MEDIA_BUCKET": "media",
    "LOG_LEVEL": "ERROR",
}

_PROBE = """
import json, sys, time
from benchmarks.memory import peak_mb
clients = []
def timed(make):
    def create_client(*arguments, **options):
        at = time.process_time()
        try:
            return make(*arguments, **options)
        finally:
            clients.append(time.process_time() - at)
    return create_client
cpu = time.process_time()
if {uses_botocore}:
    import botocore.session
    botocore.session.Session.create_client = timed(botocore.session.Session.create_client)
{code}
start = (time.process_time() - cpu) * 1000
imports = start - sum(clients) * 1000
print(json.dumps({{"start": start, "imports": imports, "memory": peak_mb()}}))
"""


def starts() -> list[Row]:
    """How long each function takes to import and wire itself, beside boto3 with one client.

    The runs take turns, so that a change of the machine's speed meets all alike; CPU time is
    used, since the wall clock of a shared machine tells little. A function also makes its clients
    at the start, while Lambda gives it a full processor; the budgets are of the imports alone, so
    what the making of clients takes is not in them.
    """
    codes = {"boto3 and one client": REFERENCE} | {
        name: f"sys.path.insert(0, 'functions/{name}'); import handler" for name in FUNCTIONS
    }
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in codes}
    for turn in range(RUNS + 1):
        for name, code in codes.items():
            figures = _run(code)
            if turn:  # The first one fills caches.
                runs[name].append(figures)
    base, *functions = codes
    reference = statistics.median(run["start"] for run in runs[base])
    rows = [Row(base, round(reference), "ms CPU", note="the measure of the others")]
    for name in functions:
        start = statistics.median(run["start"] for run in runs[name])
        imports = statistics.median(run["imports"] for run in runs[name])
        budget = START_BUDGETS_MS.get(name)
        rows.append(
            Row(
                f"{name}: imports, to boto3 and one client",
                round(imports / reference, 2),
                "times",
                round(budget / REFERENCE_MS, 2) if budget else None,
                f"{imports:.0f} ms CPU here; {start:.0f} ms with its clients made",
            )
        )
    for name in functions:
        memory = statistics.median(run["memory"] for run in runs[name])
        limit = MEMORY_BUDGET_MB if name.startswith("ws_") else None
        rows.append(Row(f"{name}: peak memory after start", round(memory), "MB", limit))
    return rows


def warm_send() -> list[Row]:
    """CPU of the message function for one text, DynamoDB and the gateway answered from memory."""
    figures = json.loads(python("-m", "benchmarks.warm_send"))
    return [
        Row("warm sendMessage, CPU (median)", round(figures["cpu"], 2), "ms", SEND_CPU_BUDGET_MS),
        Row("ws_message: peak memory after 300 sends", round(figures["memory"]), "MB", 110),
    ]


def _run(code: str) -> dict[str, float]:
    # The authorizer and the HTTP API open DynamoDB at the first request that needs it.
    uses_botocore = "ws_authorizer" not in code and "http_api" not in code
    probe = _PROBE.format(code=code, uses_botocore=uses_botocore)
    figures: dict[str, float] = json.loads(python("-c", probe))
    return figures


def python(*arguments: str) -> str:
    """The last line that a process of our own prints."""
    paths = f"{ROOT / 'layers' / 'core'}:{ROOT}"
    done = subprocess.run(
        [sys.executable, *arguments],
        # With bytecode, as the layers ship it: the first run writes what is missing.
        env={**os.environ, **ENVIRONMENT, "PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": ""},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1]
