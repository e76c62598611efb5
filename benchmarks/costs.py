"""What a million messages cost at list price, from counted calls, by recipients and send mode."""

from dataclasses import dataclass

from benchmarks import prices
from benchmarks.coalescing import RATES, ROOM, frames_a_message
from benchmarks.prices import CARRIERS, Use
from benchmarks.report import Row
from chirrup.domain.audiences import PAGE, PAGES_MAX

ONLINE = (1, 100, 1_000)
GROWTH = (10, 100, 1_000, 10_000, 100_000)
WORKERS = 10


@dataclass(frozen=True)
class Counted:
    """What was counted in this run.

    Attributes:
        writes: Units of a message.
        private_reads: Units of a private message, its two lookups of sockets included.
        group_reads: Units of a message to a group, up to its dispatch.
        rounds: Round trips of a send, one after another.
        send_cpu_ms: Of a warm send.
        push_cpu_us: Of a push, sockets remembered.
        page_s: What a full page takes, answers after 15 ms.
    """

    writes: float
    private_reads: float
    group_reads: float
    rounds: float
    send_cpu_ms: float
    push_cpu_us: float
    page_s: float

    @property
    def send_s(self) -> float:
        """How long the sending function is busy with all but pushes."""
        return prices.send_s(self.rounds, self.send_cpu_ms)


def private(counted: Counted) -> float:
    """A private message, pushed by the function that stores it."""
    busy = counted.send_s + prices.push_s(1, counted.push_cpu_us)
    return Use(counted.writes, counted.private_reads, 2, 1, busy).dollars


def group(
    counted: Counted, online: int, mode: str, *, frames: float | None = None, batch: float = 1.0
) -> float:
    """A message to a group, all of it online, their sockets remembered.

    Args:
        counted: In this run.
        online: Members.
        mode: Send mode.
        frames: Frames that the message takes; one for each member if None.
        batch: Messages that share a call of the fan-out.
    """
    pushes = online if frames is None else frames
    pages = pages_of(online)
    reads = counted.group_reads + 0.5 * pages / batch
    busy = counted.send_s + prices.push_s(pushes, counted.push_cpu_us)
    if mode == "local":
        return Use(counted.writes, reads, 1 + pushes, 1, busy).dollars
    busy += pages * prices.TABLE_MS / 1000 / batch
    handing = CARRIERS[mode] / (3 if mode in ("kafka", "rocketmq") else 1)
    if mode == "rabbitmq":
        handing = prices.SNS
    # One request hands ten pages over; each batch is one receive and one delete.
    carrier = handing * -(-pages // 10) + (CARRIERS[mode] - handing) * pages / batch
    return Use(counted.writes, reads, 1 + pushes, 1 + pages / batch, busy, carrier).dollars


def pages_of(online: int) -> int:
    """How many pages an audience is cut into."""
    return max(1, min(PAGES_MAX, -(-online // PAGE)))


def rows(counted: Counted) -> list[Row]:
    """Budgets first, then every mode, the usual design and the floor."""
    found = [
        Row(
            "1 M messages to 1 online, inline",
            round(private(counted), 2),
            "$",
            5.30,
            f"{private(counted) + prices.FRAME:.2f} if acks count as messages; usual design"
            f" {prices.usual(1):.2f}, floor {prices.floor(1):.2f}",
        ),
        Row(
            "1 M messages to 100 online, redis",
            round(group(counted, 100, "redis"), 2),
            "$",
            105,
            _beside(100),
        ),
    ]
    for online in ONLINE[1:]:
        costs = ", ".join(f"{mode} {group(counted, online, mode):.2f}" for mode in CARRIERS)
        found.append(
            Row(
                f"1 M messages to {online:,} online, kafka",
                round(group(counted, online, "kafka"), 2),
                "$",
                note=f"{costs}; {_beside(online)}",
            )
        )
    looked_up = group(counted, 100, "redis") + 100 * prices.READ_UNIT / 2
    found.append(
        Row(
            "… to 100 online, redis, every socket looked up anew",
            round(looked_up, 2),
            "$",
            note="half a read unit a member; see docs/decisions/0016",
        )
    )
    return found


def coalesced(counted: Counted) -> list[Row]:
    """A busy room, its messages sharing frames."""
    found = []
    for rate in RATES:
        best, worst = frames_a_message(rate, 1), frames_a_message(rate, 2)
        cost = group(counted, ROOM, "kafka", frames=worst, batch=max(1.0, rate / 2))
        found.append(
            Row(
                f"room of {ROOM} at {rate} messages/s, kafka: 1 M messages",
                round(cost, 2),
                "$",
                40 if rate == 20 else None,
                f"{worst:.1f} frames a message in two batches a second, {best:.1f} in one:"
                f" {ROOM / worst:.1f} to {ROOM / best:.1f} times fewer than {ROOM}",
            )
        )
    return found


def growth(counted: Counted) -> list[Row]:
    """How cost and time grow with the audience, pages worked off by ten workers."""
    found = []
    for online in GROWTH:
        pages = pages_of(online)
        size = online / pages
        last = counted.page_s * max(size / PAGE, 0.05) * -(-pages // WORKERS)
        cost = group(counted, online, "kafka")
        found.append(
            Row(
                f"{online:,} online: time to the last push, {WORKERS} workers",
                round(last, 2),
                "s",
                5 if online == 10_000 else None,
                f"{pages} pages of {size:,.0f}; ${cost:,.2f} for 1 M messages in kafka,"
                f" {cost / prices.floor(online):.3f} times the floor",
            )
        )
    return found


def _beside(online: int) -> str:
    return f"usual design {prices.usual(online):.2f}, floor {prices.floor(online):.2f}"
