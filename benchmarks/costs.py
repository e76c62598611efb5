"""What a million messages cost at list price, from counted calls, by recipients and send mode."""

from benchmarks import groups, prices
from benchmarks.coalescing import RATES, ROOM, frames_a_message
from benchmarks.prices import CARRIERS, Use
from benchmarks.report import Row
from chirrup.domain.audiences import PAGE, PAGES_MAX

SEND_CPU_MS = 3.7
"""Of a warm sendMessage; measured beside, as "warm sendMessage, CPU"."""
ONLINE = (1, 100, 1_000)
GROWTH = (10, 100, 1_000, 10_000, 100_000)
WORKERS = 10
SEND_ROUNDS = 4


def private(online: int = 1) -> float:
    """A private message, pushed by the function that stores it."""
    busy = prices.send_s(SEND_ROUNDS, SEND_CPU_MS, online)
    return Use(3, 2.5, 1 + online, 1, busy).dollars


def group(online: int, mode: str, *, frames: float | None = None, batch: float = 1.0) -> float:
    """A message to a group, all of it online, their sockets remembered.

    Args:
        online: Members.
        mode: Send mode.
        frames: Frames that the message takes; one for each member if None.
        batch: Messages that share a call of the fan-out.
    """
    pushes = online if frames is None else frames
    pages = pages_of(online)
    reads = groups.READS_BEFORE + 0.5 * pages / batch
    if mode == "local":
        busy = prices.send_s(SEND_ROUNDS, SEND_CPU_MS) + prices.push_s(pushes)
        return Use(3, reads, 1 + pushes, 1, busy).dollars
    busy = prices.send_s(SEND_ROUNDS, SEND_CPU_MS)
    busy += prices.push_s(pushes) + pages * prices.TABLE_MS / 1000 / batch
    requests = CARRIERS[mode] / (3 if mode in ("kafka", "rocketmq") else 1)
    polled = CARRIERS[mode] - requests
    # One request hands ten pages over; each batch is one receive and one delete.
    carrier = requests * -(-pages // 10) + polled * pages / batch
    return Use(3, reads, 1 + pushes, 1 + pages / batch, busy, carrier).dollars


def pages_of(online: int) -> int:
    """How many pages an audience is cut into."""
    return max(1, min(PAGES_MAX, -(-online // PAGE)))


def rows() -> list[Row]:
    """Budgets first, then every mode, the usual design and the floor."""
    found = [
        Row(
            "1 M messages to 1 online, inline",
            round(private(), 2),
            "$",
            5.30,
            f"{private() + prices.FRAME:.2f} if acks count as messages; usual design"
            f" {prices.usual(1):.2f}, floor {prices.floor(1):.2f}",
        ),
        Row(
            "1 M messages to 100 online, redis",
            round(group(100, "redis"), 2),
            "$",
            105,
            _beside(100),
        ),
    ]
    for online in ONLINE[1:]:
        costs = ", ".join(f"{mode} {group(online, mode):.2f}" for mode in CARRIERS)
        found.append(
            Row(
                f"1 M messages to {online:,} online, kafka",
                round(group(online, "kafka"), 2),
                "$",
                note=f"{costs}; {_beside(online)}",
            )
        )
    looked_up = group(100, "redis") + 100 * prices.READ_UNIT / 2
    found.append(
        Row(
            "… to 100 online, redis, every socket looked up anew",
            round(looked_up, 2),
            "$",
            note="half a read unit a member; see docs/decisions/0016",
        )
    )
    return found


def coalesced() -> list[Row]:
    """A busy room, its messages sharing frames."""
    found = []
    for rate in RATES:
        best, worst = frames_a_message(rate, 1), frames_a_message(rate, 2)
        cost = group(ROOM, "kafka", frames=worst, batch=max(1.0, rate / 2))
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


def growth(page_s: float) -> list[Row]:
    """How cost and time grow with the audience.

    Args:
        page_s: What a full page takes, measured at 15 ms.
    """
    found = []
    for online in GROWTH:
        pages = pages_of(online)
        size = online / pages
        last = page_s * max(size / PAGE, 0.05) * -(-pages // WORKERS)
        cost = group(online, "kafka")
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
