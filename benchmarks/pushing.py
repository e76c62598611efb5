"""Pushes: our fan-out beside plain boto3, in the same run, against the same gateway double."""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock
from typing import Any

from benchmarks import prices
from benchmarks.fanout_world import (
    ROOT,
    TEXT,
    Worker,
    connection_id,
    gateway_process,
    jobs_for,
    worker,
)
from benchmarks.memory import peak_mb
from benchmarks.report import Row
from chirrup.clock import SystemClock
from chirrup.ports.fanout import Parcel
from chirrup.push.frames import frames_of
from chirrup.push.gateway import ConnectionsApi
from chirrup.push.sigv4 import Credentials
from tests.fakes.gateway import How, RealClock, Reply, gateway_double
from tests.fakes.gateway.__main__ import CREDENTIALS

SIZES = (10, 100, 1_000, 10_000)
LATENCIES_MS = (0, 15)
BOTO3_MOST = {"sequential": 200, "32 threads": 1_000}
"""Posts that are really made with boto3; more are calculated from them, being all alike."""
THREADS = 32
RUNS = 5
PAGES = (250, 500, 1_000, 2_000, 5_000)
WHOLE, WORKERS = 10_000, 10


@dataclass(frozen=True)
class Figure:
    """How long something took: by the clock, and of the processor for each push."""

    wall_s: float
    cpu_us: float


Figures = dict[tuple[str, int, int], Figure]
"""By who pushes, recipients and latency (ms)."""


def measure() -> Figures:
    """All of it."""
    found: Figures = {}
    for latency in LATENCIES_MS:
        with gateway_process(latency) as url:
            mine = worker(url)
            for size in SIZES:
                found["ours", size, latency] = _ours(mine, size)
                found["ours, sockets remembered", size, latency] = _ours(mine, size, anew=False)
            mine.api.close()
            for how in BOTO3_MOST:
                for size in SIZES:
                    found[how, size, latency] = _boto3(url, how, size)
    return found


def rows(figures: Figures) -> list[Row]:
    """The figures beside the budgets."""
    found = []
    for (who, size, latency), figure in figures.items():
        if who == "ours":
            other = figures["32 threads", size, latency]
            one = figures["sequential", size, latency]
            note = (
                f"boto3 takes {other.wall_s / figure.wall_s:.1f} times as long with 32 threads,"
                f" {one.wall_s / figure.wall_s:.1f} times sequentially"
            )
            budget = 0.35 if (size, latency) == (1_000, 15) else None
            what = f"{size:,} recipients, answers after {latency} ms, one worker"
            found.append(Row(what, round(figure.wall_s, 3), "s", budget, note))
    for latency in LATENCIES_MS:
        mine = figures["ours", 1_000, latency]
        known = figures["ours, sockets remembered", 1_000, latency]
        threads = figures["32 threads", 1_000, latency]
        one = figures["sequential", 1_000, latency]
        note = (
            f"{known.cpu_us:.0f} µs with sockets remembered; boto3 {one.cpu_us:.0f} µs"
            f" sequentially, {threads.cpu_us:.0f} µs with 32 threads"
        )
        what = f"CPU per push, lookup included, answers after {latency} ms"
        found.append(Row(what, round(mine.cpu_us), "µs", 120, note))
    return [*found, *_slow(), _memory()]


def page_rows() -> list[Row]:
    """Pages of different sizes: what the last of 10,000 waits for, and what the hand-over costs."""
    found = []
    with gateway_process(15) as url:
        mine = worker(url)
        for size in PAGES:
            figure = _ours(mine, size)
            pages = WHOLE // size
            rounds = -(-pages // WORKERS)
            carried = pages * (prices.INVOCATION + 2 * prices.SQS) + prices.SQS * -(-pages // 10)
            note = (
                f"{WHOLE:,} in {pages} pages, {WORKERS} workers: {rounds * figure.wall_s:.2f} s to"
                f" the last; SQS and calls ${carried:.2f} for 1 M messages"
            )
            found.append(
                Row(f"page of {size:,}, one worker", round(figure.wall_s, 3), "s", note=note)
            )
        mine.api.close()
    return found


def _ours(mine: Worker, size: int, *, anew: bool = True) -> Figure:
    def push() -> None:
        if anew:
            mine.fanout._pusher._recipients._memory._known.clear()  # type: ignore[attr-defined]
        mine.handle(jobs)

    jobs = jobs_for(size)
    return _timed(push, size)


def _timed(push: Callable[[], object], size: int, runs: int = RUNS) -> Figure:
    push()
    walls, cpus = [], []
    for _ in range(runs if size < 10_000 else 2):
        wall, cpu = time.perf_counter(), time.process_time()
        push()
        walls.append(time.perf_counter() - wall)
        cpus.append((time.process_time() - cpu) / size * 1e6)
    return Figure(statistics.median(walls), statistics.median(cpus))


def _boto3(url: str, how: str, size: int) -> Figure:
    import boto3
    from botocore.config import Config

    client: Any = boto3.client(
        "apigatewaymanagementapi",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id=CREDENTIALS[0],
        aws_secret_access_key=CREDENTIALS[1],
        config=Config(max_pool_connections=THREADS),
    )
    frame = jobs_for(1)[0].events[0].text.encode()
    made = min(size, BOTO3_MOST[how])
    ids = [connection_id(number) for number in range(made)]

    def post(id_: str) -> None:
        client.post_to_connection(ConnectionId=id_, Data=frame)

    def push() -> None:
        if how == "sequential":
            for id_ in ids:
                post(id_)
        else:
            list(pool.map(post, ids))

    with ThreadPoolExecutor(THREADS) as pool:
        figure = _timed(push, made, runs=1)
    return Figure(figure.wall_s * size / made, figure.cpu_us)


def _slow() -> list[Row]:
    """Whether one connection that answers after 5 s delays the others."""
    usual, usual_batch = _arrivals(slow=False)
    slow, slow_batch = _arrivals(slow=True)
    note = f"{slow:.1f} ms beside {usual:.1f} ms; 300 connections, 40 batches"
    batch = f"{slow_batch:.0f} ms beside {usual_batch:.0f} ms: known to be slow after the first"
    return [
        Row(
            "one of 300 answers after 5 s: p99 of the others",
            round(slow / usual, 2),
            "times",
            None,
            note,
        ),
        Row(
            "… median duration of a batch", round(slow_batch / usual_batch, 2), "times", None, batch
        ),
    ]


def _arrivals(*, slow: bool) -> tuple[float, float]:
    """p99 of the time from the beginning of a batch to a frame's arrival, and a batch's (ms).

    Both are medians of 40 batches, so that a hiccup of the machine meets neither.
    """
    ids = [connection_id(number) for number in range(300)]
    frames = frames_of([json.dumps({"text": TEXT})])
    parcels = [Parcel(id_, frames) for id_ in ids]
    taken: list[float] = []
    lock = Lock()
    began = 0.0

    def arrived(id_: str, _: bytes) -> None:
        if id_ != ids[7]:
            with lock:
                taken.append((time.perf_counter() - began) * 1000)

    with gateway_double(RealClock()) as (double, url):
        double.lenient = True
        double.keep_requests = False
        double.latency_ms = 15
        api = ConnectionsApi(url, Credentials("x", "y"), "us-east-1", SystemClock())
        api.deliver(parcels, int(time.time() * 1000) + 60_000)
        double.on_frame = arrived
        if slow:
            double.script(ids[7], [Reply(latency_ms=5_000, how=How.WHOLE)] * 1_000)
        batches, last = [], []
        for _ in range(40):
            taken.clear()
            began = time.perf_counter()
            api.deliver(parcels, int(time.time() * 1000) + 60_000)
            batches.append((time.perf_counter() - began) * 1000)
            last.append(statistics.quantiles(taken, n=100)[98])
        api.close()
    return statistics.median(last), statistics.median(batches)


def _memory() -> Row:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pushing"],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return Row("peak memory with 10,000 recipients in one batch", float(done.stdout), "MB", 160)


def main() -> None:
    """Push to 10,000 and print the peak memory (MB), in a process that does nothing else."""
    with gateway_process(0) as url:
        mine = worker(url)
        mine.handle(jobs_for(10_000))
        mine.api.close()
    print(round(peak_mb()))


if __name__ == "__main__":
    main()
