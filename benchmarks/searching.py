"""What the search for messages takes, and what other ways to search would; see 0020.

`python -m benchmarks.searching` measures just that, and writes `benchmarks/results/search.md`.
DynamoDB's answers are made in memory at botocore's last step before the socket, as in `warm_send`.
"""

import json
import math
import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("AWS_ACCESS_KEY_ID", "test")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "test")

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders

from benchmarks import prices, searched, segments
from benchmarks.meter import size_of
from benchmarks.report import Row, table
from benchmarks.warm_send import Raw as Body
from chirrup.concurrency import side_by_side
from chirrup.domain.conversations import Span
from chirrup.domain.finding import Criteria
from chirrup.domain.messages import Entry
from chirrup.ports.finding import Stretch
from chirrup.service.finding import ENTRIES_MAX, FIRST_GO
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.entry_items import entry_item, entry_of
from chirrup.storage.finding import CHUNK, LEAN, DynamoFinder

LENGTH = 20_000
CHANGED = 0.03
"""Of messages that are edited or recalled; each rewrites its segment. Assumed."""
ROUNDS = 5
RARE = Criteria(("zebra",))
"""In none of the texts, so that all of them are looked at."""
RESULTS = Path(__file__).parent / "results" / "search.md"
MONTH_H = 730
DOMAIN = MONTH_H * 0.036 + 10 * 0.122
"""OpenSearch, us-east-1: the smallest domain, one t3.small.search with 10 GB of gp3."""
SERVERLESS, SERVERLESS_TWO_ZONES = MONTH_H * 0.24, 2 * MONTH_H * 0.24
"""The least that OpenSearch Serverless keeps running: half a unit for each of indexing and search,
without a second zone and with one. Source: the service's pricing page and its guide ("Managing
capacity limits"), September 2026."""


def rows() -> list[Row]:
    """Ours, then the others."""
    entries = searched.entries(LENGTH)
    items = [entry_item(entry, 0).serialize() for entry in entries]
    size = sum(map(size_of, items)) / LENGTH
    units = sum(map(size_of, items)) / 4096 / 2
    ours, cpu = _timeline(items, units)
    other, packed = _segments(entries, size)
    saved = ours - packed
    return [
        *cpu,
        Row(
            f"timeline: price of a search through {LENGTH:,}",
            _micro(ours),
            "$ for 1 M",
            note=f"{units:,.0f} read units, {_pages()} requests; nothing for a message",
        ),
        Row(
            "timeline: price of a first page that fills soon",
            _micro(_request(FIRST_GO * size / 4096 / 2, 0.2)),
            "$ for 1 M",
            note=f"{FIRST_GO:,} entries; {ENTRIES_MAX:,} where nothing is found",
        ),
        *other,
        Row(
            "segments: searches through all of it that pay for the segments of 1 M messages",
            round(_writing(packed_size(entries)) / saved),
            "",
        ),
        *_opensearch(),
    ]


def packed_size(entries: list[Entry]) -> float:
    """Bytes of a segment, keys included."""
    packed = [len(segments.pack(part)) for part in _parts(entries)]
    return sum(packed) / len(packed) + 120


def _timeline(items: list[dict[str, Any]], units: float) -> tuple[float, list[Row]]:
    """Price of a search through all, and rows of CPU."""
    dynamo = Dynamo({"messages": "messages"}, region="us-east-1")
    lean = [{name: item[name] for name in LEAN if name in item} for item in items]
    _answer_with(dynamo, lean)
    finder = DynamoFinder(dynamo, side_by_side)

    def search() -> None:
        below: int | None = None
        while True:
            stretch = Stretch(searched.CHAT, (Span(1, None),), LENGTH, below)
            (found,) = finder.find([stretch], RARE, ENTRIES_MAX)
            if found.seqs:
                raise AssertionError
            below = found.reached
            if below is None:
                return

    def whole() -> None:
        for item in items:
            entry_of(item)

    cpu, decoding = _cpu(search), _cpu(whole)
    waits = 4 * _pages() * prices.TABLE_MS / 1000
    price = _request(units, cpu / prices.PROCESSOR + waits, _pages())
    return price, [
        Row(f"timeline: CPU for {LENGTH:,} messages", round(cpu * 1000), "ms"),
        Row(
            "… their decoding as history does it, to compare",
            round(decoding * 1000),
            "ms",
        ),
        Row(
            f"timeline: time for {LENGTH:,} messages in a function of 512 MB",
            round(cpu / prices.PROCESSOR + waits, 2),
            "s",
            note=f"{_pages()} pages, 4 round trips of {prices.TABLE_MS:g} ms in each",
        ),
        Row(f"timeline: memory for a page of {ENTRIES_MAX:,}", round(_memory(finder), 1), "MB"),
    ]


def _memory(finder: DynamoFinder) -> float:
    """MB at the peak of one page."""
    tracemalloc.start()
    finder.find([Stretch(searched.CHAT, (Span(1, None),), LENGTH)], RARE, ENTRIES_MAX)
    peak = tracemalloc.get_traced_memory()[1] / 1024**2
    tracemalloc.stop()
    return peak


def _segments(entries: list[Entry], size: float) -> tuple[list[Row], float]:
    """Rows, and the price of a search through all."""
    packed = [segments.pack(part) for part in _parts(entries)]
    bytes_ = packed_size(entries)

    def search() -> None:
        for segment in packed:
            if list(segments.find(segment, RARE)):
                raise AssertionError

    cpu, packing = _cpu(search), _cpu(lambda: [segments.pack(part) for part in _parts(entries)])
    units = bytes_ * len(packed) / 4096 / 2
    price = _request(units, cpu / prices.PROCESSOR + 4 * prices.TABLE_MS / 1000, 1)
    return [
        Row(
            f"segments: bytes a message, {segments.MESSAGES} in one",
            round(bytes_ / segments.MESSAGES),
            "B",
            note=f"{size:.0f} in the timeline",
        ),
        Row(
            "segments: price of writing those of 1 M messages",
            round(_writing(bytes_), 3),
            "$",
            note=f"{CHANGED:.0%} edited or recalled; {_writing(bytes_, 0):.3f} with none",
        ),
        Row(f"segments: CPU for {LENGTH:,} messages", round(cpu * 1000), "ms"),
        Row("segments: CPU to pack them", round(packing * 1000), "ms"),
        Row(
            f"segments: price of a search through {LENGTH:,}",
            _micro(price),
            "$ for 1 M",
            note=f"{units:,.0f} read units",
        ),
    ], price


def _opensearch() -> list[Row]:
    floors = {
        "the smallest domain, one node": DOMAIN,
        "Serverless, one zone": SERVERLESS,
        "Serverless, two zones": SERVERLESS_TWO_ZONES,
    }
    return [
        Row(
            f"OpenSearch: {name}",
            round(floor),
            "$ a month",
            note=f"{floor / 10:.2f} for each of 10 M messages a month, searches included",
        )
        for name, floor in floors.items()
    ]


def _writing(bytes_: float, changed: float = CHANGED) -> float:
    """Dollars for the segments of a million messages: read back, packed, written, rewritten."""
    writes = math.ceil(bytes_ / 1024)
    rewrites = 1_000_000 * changed
    units = (1_000_000 / segments.MESSAGES + rewrites) * writes * prices.WRITE_UNIT
    reads = (1_000_000 * 0.35 + rewrites * bytes_ / 1024) / 4 / 2 * prices.READ_UNIT
    calls = 1_000_000 / segments.MESSAGES + rewrites
    seconds = calls * 0.03 * prices.MEMORY_GB * prices.GB_SECOND
    return (units + reads + calls * prices.INVOCATION + seconds) / 1_000_000


def _request(units: float, busy_s: float, requests: int = 1) -> float:
    """Dollars for requests of the HTTP API that take so many read units and seconds in all."""
    calls = requests * (1.00 + prices.INVOCATION)
    return (
        units * prices.READ_UNIT + calls + busy_s * prices.MEMORY_GB * prices.GB_SECOND
    ) / 1_000_000


def _micro(dollars: float) -> float:
    return round(dollars * 1_000_000, 1)


def _pages() -> int:
    return math.ceil(LENGTH / ENTRIES_MAX)


def _parts(entries: list[Entry]) -> list[list[Entry]]:
    step = segments.MESSAGES
    return [entries[at : at + step] for at in range(0, len(entries), step)]


def _cpu(run: Callable[[], object]) -> float:
    """Seconds of processor time, the best of some."""
    times = []
    for _ in range(ROUNDS):
        at = time.process_time()
        run()
        times.append(time.process_time() - at)
    return min(times)


def _answer_with(dynamo: Dynamo, items: list[dict[str, Any]]) -> None:
    """Answer queries of chunks that end where the finder cuts them."""
    bodies = {
        high: json.dumps(
            {"Items": items[high - CHUNK : high][::-1], "Count": CHUNK, "ScannedCount": CHUNK}
        ).encode()
        for high in range(CHUNK, LENGTH + 1, CHUNK)
    }

    def answer(request: Any, **_: object) -> AWSResponse:  # noqa: ANN401 - botocore's
        values = json.loads(request.body)["ExpressionAttributeValues"].values()
        seqs = [int(value["N"]) for value in values if "N" in value]
        body = bodies[max(seqs) if len(seqs) > 1 else LENGTH]
        headers = HTTPHeaders.from_dict({"content-type": "application/x-amz-json-1.0"})
        return AWSResponse(request.url, 200, headers, Body(body))

    client: Any = dynamo.connection.client
    client.meta.events.register_first("before-send.dynamodb.*", answer)


def write() -> str:
    """Measure, write the page, and give it back."""
    text = table("Search", rows())
    RESULTS.write_text(
        "# Measured by `make bench`\n\nPrices are AWS's of us-east-1; see"
        " [0020](../../docs/decisions/0020-search-reads-timelines.md).\n\n" + text
    )
    return text


if __name__ == "__main__":
    print(write())
