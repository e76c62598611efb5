"""The fan-out's figures as a picture: `benchmarks/results/fanout.svg`."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from benchmarks import costs, prices
from benchmarks.coalescing import RATES, ROOM, frames_a_message
from benchmarks.costs import Counted
from benchmarks.pushing import SIZES, Figures

LATENCY_MS = 15
NAMES = {"ours": "Chirrup", "32 threads": "boto3, 32 threads", "sequential": "boto3, one by one"}


def draw(figures: Figures, counted: Counted, path: Path) -> None:
    """Draw time, cost and coalescing side by side."""
    # The same bytes for the same figures.
    mpl.rcParams.update({"svg.hashsalt": "chirrup", "svg.fonttype": "none"})
    picture = Figure(figsize=(13, 4), layout="tight")
    FigureCanvasSVG(picture)
    time, cost, room = picture.subplots(1, 3)
    for who, name in NAMES.items():
        time.plot(SIZES, [figures[who, n, LATENCY_MS].wall_s for n in SIZES], "o-", label=name)
    time.set(title=f"One worker, answers after {LATENCY_MS} ms", xlabel="recipients", ylabel="s")
    sizes = costs.GROWTH
    designs = {
        "Chirrup, kafka": [costs.group(counted, n, "kafka") for n in sizes],
        "usual design": [prices.usual(n) for n in sizes],
        "floor": [prices.floor(n) for n in sizes],
    }
    for name, dollars in designs.items():
        # The pushes themselves cost the same in all of them, and hide the rest.
        rest = [one - n * prices.FRAME for one, n in zip(dollars, sizes, strict=True)]
        cost.plot(sizes, rest, "o-", label=name)
    cost.set(title="1 M messages at list price, but for pushes", xlabel="online", ylabel="$")
    frames = [frames_a_message(rate, 2) for rate in RATES]
    room.plot(RATES, frames, "o-", label="frames a message")
    room.axhline(ROOM, color="k", linestyle="--", label="one for each member")
    room.set(title=f"A room of {ROOM}, kafka", xlabel="messages/s", ylabel="frames", ylim=(0, None))
    for axes in (time, cost):
        axes.set(xscale="log", yscale="log")
    room.set(xscale="log")
    for axes in (time, cost, room):
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
    picture.savefig(path, metadata={"Date": None})
