"""Gap: each invocation waits up to 50 ms for log lines that may never come.

The worker says when a handler's last line is written, so that nothing waits and no line is lost
to the next invocation.
"""

import queue
import time
from typing import Any

END = "\x1eend of invocation\x1e"
# Written before the answer; the second for a handler that raised.
CALL = "result = handler_fn(event, context)\n"
FAILURE = "except Exception as e:\n            _real_stdout"
MARK = f"print({END!r}, file=sys.stderr, flush=True)\n"
# Seconds; reached only when the process died.
CAP = 0.25


class ScriptChanged(Exception):
    """MiniStack's worker script is not the one that this module knows."""


def marked(script: str) -> str:
    """The worker's script, writing `END` to its log after each invocation."""
    if script.count(CALL) != 1 or script.count(FAILURE) != 1:
        raise ScriptChanged
    indent = " " * 12
    script = script.replace(CALL, CALL + indent + MARK)
    return script.replace(FAILURE, f"except Exception as e:\n{indent}{MARK}{indent}_real_stdout")


def drain(lines: "queue.Queue[str]", *, cap: float = CAP) -> str:
    """What one invocation wrote, up to its mark."""
    found: list[str] = []
    deadline = time.monotonic() + cap
    while (left := deadline - time.monotonic()) > 0:
        try:
            line = lines.get(timeout=left)
        except queue.Empty:
            break
        if line == END:
            break
        found.append(line)
    return "\n".join(found)


def install(ministack: Any) -> None:
    runtime = ministack.lambda_runtime
    runtime._PYTHON_WORKER_SCRIPT = marked(runtime._PYTHON_WORKER_SCRIPT)
    runtime.Worker._drain_stderr_bounded = lambda self: drain(self._stderr_queue)
