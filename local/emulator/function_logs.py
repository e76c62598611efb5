"""Gap: what functions log can only be asked for by API. Here it is also written to one file."""

import os
import threading
import time
from pathlib import Path
from typing import Any, TextIO


def write_lines(out: TextIO, function: str, text: str, *, duration_ms: int, failed: bool) -> None:
    """Write an invocation's lines, each after its time and function; one more says how it went."""
    now = time.strftime("%H:%M:%S")
    lines = [*text.splitlines(), f"{'FAILED' if failed else 'done'} in {duration_ms} ms"]
    out.write("".join(f"{now} {function} {line}\n" for line in lines))
    out.flush()


def install(ministack: Any) -> None:
    lambda_svc = ministack.lambda_svc
    emit = lambda_svc._emit_lambda_logs
    out = Path(os.environ["CHIRRUP_FUNCTION_LOG"]).open("a", encoding="utf-8")
    lock = threading.Lock()

    def emit_and_write(
        func: dict[str, Any], request_id: str, text: str, error: bool, ms: int, **kwargs: Any
    ) -> None:
        emit(func, request_id, text, error, ms, **kwargs)
        name = (func.get("config") or func).get("FunctionName", "?")
        with lock:
            write_lines(out, name, text or "", duration_ms=ms, failed=error)

    lambda_svc._emit_lambda_logs = emit_and_write
