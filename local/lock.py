"""One emulator per state folder.

The lock belongs to an open file that the emulator inherits, so the system itself frees it at the
emulator's end, however that comes. A pid in a file could belong to somebody else by then.
"""

import fcntl
import os
from pathlib import Path


def acquire(path: Path) -> int | None:
    """Take the lock; the file descriptor that holds it, or None when another has it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle


def held(path: Path) -> bool:
    """Whether anybody holds the lock."""
    if not path.exists():
        return False
    handle = acquire(path)
    if handle is None:
        return True
    os.close(handle)
    return False
