"""Peak memory of this process."""

import re
from pathlib import Path


def peak_mb() -> float:
    """The most that was resident, in MB.

    Not `getrusage`: on Linux its maximum is inherited from the process that forked this one.
    """
    status = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) / 1024 if found else 0.0
