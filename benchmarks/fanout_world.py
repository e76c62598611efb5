"""The real fan-out in this process: tables answered from memory, the gateway a process apart."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "x")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "y")

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from chirrup.clock import SystemClock
from chirrup.concurrency import side_by_side
from chirrup.domain.audiences import Audience
from chirrup.domain.events import MessageCreated
from chirrup.domain.jobs import Job
from chirrup.domain.messages import Entry
from chirrup.push.gateway import ConnectionsApi
from chirrup.push.pusher import Pusher
from chirrup.push.sigv4 import Credentials
from chirrup.push.telling import told
from chirrup.storage.connections import DynamoConnections
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.rosters import DynamoRosters
from chirrup.transport.queue.fanout import Fanout
from tests.fakes.gateway.__main__ import CREDENTIALS

ROOT = Path(__file__).parents[1]
FAR = 4_000_000_000_000
TEXT = "How about lunch at noon? The new place on the corner looks good."


def connection_id(number: int) -> str:
    """As long as those of AWS."""
    return f"L0SM9cOF{number:07d}="


def user_id(number: int) -> str:
    """As long as those of Cognito."""
    return f"{number:08d}-1e55-4b0a-8f0d-6f1e9a7b3c02"


class GatewayProcess:
    """The gateway double, apart from what is measured."""

    def __init__(self, latency_ms: float) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.gateway", "--latency-ms", str(latency_ms)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'layers/core'}:{ROOT}"},
        )
        self.url = self._line()

    def _line(self) -> str:
        assert self._process.stdout  # noqa: S101 - narrows the type
        return self._process.stdout.readline().strip()

    def stop(self) -> None:
        """End it."""
        assert self._process.stdin  # noqa: S101
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def gateway_process(latency_ms: float) -> Iterator[str]:
    """Its URL, while it runs."""
    process = GatewayProcess(latency_ms)
    try:
        yield process.url
    finally:
        process.stop()


@dataclass
class Worker:
    """A warm fan-out function."""

    fanout: Fanout
    api: ConnectionsApi

    def handle(self, jobs: list[Job]) -> None:
        """One batch of a queue."""
        records = [
            {"messageId": str(number), "body": job.encode(), "attributes": {}}
            for number, job in enumerate(jobs)
        ]
        answer = self.fanout.handle({"Records": records}, 900_000)
        if answer["batchItemFailures"]:
            raise RuntimeError(answer)


def worker(url: str, answer: Callable[..., AWSResponse] | None = None) -> Worker:
    """A fan-out whose every user is online with one device, unless the tables answer otherwise."""
    dynamo = Dynamo({"connections": "connections", "conversations": "conversations"})
    client: Any = dynamo.connection.client
    client.meta.events.register_first("before-send.dynamodb.*", answer or _answer)
    clock = SystemClock()
    api = ConnectionsApi(url, Credentials(*CREDENTIALS), "us-east-1", clock)
    pusher = Pusher(
        connections=DynamoConnections(dynamo),
        rosters=DynamoRosters(dynamo),
        gateway=api,
        clock=clock,
        side_by_side=side_by_side,
    )
    return Worker(Fanout(pusher=pusher, clock=clock), api)


def jobs_for(recipients: int, seq: int = 1) -> list[Job]:
    """A text to so many users, as a dispatcher hands it over."""
    entry = Entry(
        conversation_id="g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N",
        seq=seq,
        sender_id=user_id(0),
        client_id=f"01JD4Q9W3E8T5Y7Z2X6C4V{seq:04d}",
        type="text",
        content={"text": TEXT},
        sent_at=1_795_000_000_000,
        count=seq,
        digest="x",
    )
    users = tuple(user_id(number) for number in range(recipients))
    event = told(MessageCreated(entry))
    return [Job((event,), page, 1_795_000_000_000 + seq) for page in Audience(users).pages()]


class _Raw:
    """A body that is read once."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self, *_: object, **__: object) -> list[bytes]:
        """All of it."""
        return [self._body]


def _answer(request: Any, **_: object) -> AWSResponse:  # noqa: ANN401 - botocore's
    """BatchGetItem, with a socket for every user that is asked for."""
    keys = json.loads(request.body)["RequestItems"]["connections"]["Keys"]
    items = []
    for key in keys:
        name = key["user_id"]["S"]
        if not name.startswith("~"):
            element = f"{connection_id(int(name[:8]))}|{FAR}|1790000000000|phone"
            items.append({"user_id": {"S": name}, "sockets": {"SS": [element]}})
    body = json.dumps({"Responses": {"connections": items}, "UnprocessedKeys": {}}).encode()
    headers = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.0"})
    return AWSResponse(request.url, 200, headers, _Raw(body))
