"""A broadcast to 100,000 subscribers, a tenth of them online: time, memory and price.

The real fan-out works off the pages one after another, as one worker would; the gateway double is a
process apart. Tables are answered from memory, so their round trips are not in the time.
"""

import json
import subprocess
import sys
import time
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from benchmarks import prices
from benchmarks.fanout_world import (
    FAR,
    ROOT,
    TEXT,
    Worker,
    _Raw,
    connection_id,
    gateway_process,
    user_id,
    worker,
)
from benchmarks.memory import peak_mb
from benchmarks.report import Row, table
from chirrup.domain.audiences import Audience, Members
from chirrup.domain.events import MessageCreated
from chirrup.domain.jobs import Job
from chirrup.domain.messages import Entry
from chirrup.domain.rosters import CHUNKS, chunk_of
from chirrup.push.telling import told

RESULTS = ROOT / "benchmarks" / "results" / "broadcasts.md"
SUBSCRIBERS = 100_000
ONLINE_EACH = 10
"""One of so many is online."""
CHANNEL = "c_news"
WORKERS = 10


def jobs() -> list[Job]:
    """The pages of one broadcast, as a dispatcher hands them over."""
    entry = Entry(
        conversation_id=CHANNEL,
        seq=1,
        sender_id=CHANNEL,
        client_id="",
        type="text",
        content={"text": TEXT},
        sent_at=1_795_000_000_000,
        count=1,
    )
    audience = Audience(members=Members(CHANNEL, 1, 1, size=SUBSCRIBERS))
    event = told(MessageCreated(entry))
    return [Job((event,), page, 1_795_000_000_000) for page in audience.pages()]


class Tables:
    """Answers of DynamoDB: the roster of the channel, and the sockets of those who are online."""

    def __init__(self) -> None:
        since: dict[str, dict[str, int]] = {f"{number:02d}": {} for number in range(CHUNKS)}
        for number in range(SUBSCRIBERS):
            since[chunk_of(user_id(number))][user_id(number)] = 1
        self._chunks = {
            f"ROSTER#{name}": json.dumps({"since": users}) for name, users in since.items()
        }
        self.roster_bytes = sum(map(len, self._chunks.values()))
        self.looked_up = 0

    def answer(self, request: Any, **_: object) -> AWSResponse:  # noqa: ANN401 - botocore's
        """Query of a roster, BatchGetItem of sockets."""
        asked = json.loads(request.body)
        found = self._sockets(asked) if "RequestItems" in asked else self._roster(asked)
        headers = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.0"})
        return AWSResponse(request.url, 200, headers, _Raw(json.dumps(found).encode()))

    def _roster(self, asked: dict[str, Any]) -> dict[str, Any]:
        bounds = sorted(
            value["S"]
            for value in asked["ExpressionAttributeValues"].values()
            if value["S"].startswith("ROSTER#")
        )
        items = [
            {"item": {"S": name}, "data": {"S": data}}
            for name, data in self._chunks.items()
            if bounds[0] <= name <= bounds[-1]
        ]
        return {"Items": items, "Count": len(items)}

    def _sockets(self, asked: dict[str, Any]) -> dict[str, Any]:
        names = [key["user_id"]["S"] for key in asked["RequestItems"]["connections"]["Keys"]]
        self.looked_up += len(names)
        items = [
            {
                "user_id": {"S": name},
                "sockets": {"SS": [f"{connection_id(int(name[:8]))}|{FAR}|1790000000000|phone"]},
            }
            for name in names
            if not name.startswith("~") and int(name[:8]) % ONLINE_EACH == 0
        ]
        return {"Responses": {"connections": items}, "UnprocessedKeys": {}}


def simulated() -> dict[str, float]:
    """One broadcast, page after page: seconds in all and of the longest page, MB, look-ups."""
    tables = Tables()
    with gateway_process(15) as url:
        mine: Worker = worker(url, tables.answer)
        pages = []
        for job in jobs():
            began = time.perf_counter()
            mine.handle([job])
            pages.append(time.perf_counter() - began)
        mine.api.close()
    return {
        "pages": len(pages),
        "wall_s": sum(pages),
        "longest_s": max(pages),
        "memory_mb": peak_mb(),
        "looked_up": tables.looked_up,
        "roster_mb": tables.roster_bytes / 1e6,
    }


def rows() -> list[Row]:
    """What was measured, in a process that does nothing else, and what it costs."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.broadcasting", "simulate"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    online, pages = SUBSCRIBERS // ONLINE_EACH, found["pages"]
    rounds = -(-pages // WORKERS)
    reads = found["looked_up"] / 2 + found["roster_mb"] * 1e6 / 4096
    use = prices.Use(
        writes=12,
        reads=reads,
        frames=online,
        invocations=pages,
        busy_s=found["wall_s"],
        carrier=prices.SQS * (pages / 10 + 2 * pages),
    )
    last = f"{WORKERS} workers: {rounds * found['longest_s']:.1f} s to the last push"
    price = f"{online:,} frames, {reads:,.0f} read units, {pages:.0f} calls, kafka"
    return [
        Row("all pages, one worker after another", round(found["wall_s"], 1), "s", note=last),
        Row("the longest of the pages", round(found["longest_s"], 2), "s", note=f"of {pages:.0f}"),
        Row(
            "pushes of one worker",
            round(online / found["wall_s"]),
            "a second",
            note="of 10,000 requests a second that an account has",
        ),
        Row(
            "peak memory of the worker",
            round(found["memory_mb"]),
            "MB",
            160,
            "with the tables of the simulation",
        ),
        Row("one broadcast", round(use.dollars / 1e6, 4), "$", note=price),
    ]


def write() -> str:
    """Measure, and write it down."""
    title = f"{SUBSCRIBERS:,} subscribers, {SUBSCRIBERS // ONLINE_EACH:,} of them online"
    document = (
        f"# A broadcast, measured by `python -m benchmarks.broadcasting`\n\n{table(title, rows())}"
    )
    RESULTS.write_text(document, encoding="utf-8")
    return document


if __name__ == "__main__":
    print(json.dumps(simulated()) if "simulate" in sys.argv else write())
