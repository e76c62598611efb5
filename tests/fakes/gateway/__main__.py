"""The gateway double as a process of its own, so that it shares no processor time with a benchmark.

`python -m tests.fakes.gateway --latency-ms 15` prints its URL; then each line on its standard input
sets the latency, and is answered with what was counted since the line before, as JSON. It ends with
its input.
"""

import asyncio
import json
import sys
from argparse import ArgumentParser

from tests.fakes.gateway.clock import RealClock
from tests.fakes.gateway.double import GatewayDouble
from tests.fakes.gateway.server import serve, url_of
from tests.fakes.gateway.signatures import Verifier

CREDENTIALS = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")


async def main() -> None:
    """Serve until the standard input ends."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--latency-ms", type=float, default=0.0)
    given = parser.parse_args()
    double = GatewayDouble(RealClock(), Verifier(*CREDENTIALS))
    double.lenient, double.latency_ms = True, given.latency_ms
    double.keep = double.keep_requests = False
    server = await serve(double)
    print(url_of(server), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps({**double.counts, "most": double.most}), flush=True)
        double.counts.clear()
        double.most = 0
        double.latency_ms = float(line)


if __name__ == "__main__":
    asyncio.run(main())
