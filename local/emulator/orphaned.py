"""Gap: MiniStack goes on when whoever started it is gone."""

import os
import signal
import threading

# Written by a starter that leaves the emulator running on purpose.
STAY = b"stay"


def stop_with_starter() -> None:
    """Stop gracefully when standard input ends without `STAY`: the starter was killed."""

    def watch() -> None:
        # Not through sys.stdin: a thread that waits inside it aborts the interpreter's end.
        said = b""
        while piece := os.read(0, len(STAY)):
            said += piece
        if said != STAY:
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="starter-watch").start()
