"""The functions as Lambda has them: loaded from their files, called with JSON."""

import importlib.util
import json
import logging
from pathlib import Path
from typing import Any

from tests import samples

FOLDER = Path(__file__).resolve().parents[2] / "functions"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/handler.py"))


class Context:
    """What Lambda tells a function of its call."""

    aws_request_id = "5ba6b0b6-7b3e-4b56-8e0f-1a2b3c4d5e6f"

    def get_remaining_time_in_millis(self) -> int:
        """Until it is stopped."""
        return 30_000


class Functions:
    """All functions, each loaded once, as in a warm Lambda."""

    def __init__(self) -> None:
        # A function sets up its logs as it starts; the tests keep theirs.
        root = logging.getLogger()
        before = root.handlers, root.level
        try:
            self._handlers = {name: _load(name) for name in NAMES}
        finally:
            root.handlers, root.level = before

    def invoke(self, function: str, event: Any) -> Any:
        """Call a function; what goes in and out is JSON, as on Lambda."""
        handed_over = json.loads(json.dumps(event))
        answer = self._handlers[function].lambda_handler(handed_over, Context())
        return json.loads(json.dumps(answer))

    def run(self, sample: samples.Sample) -> Any:
        """Call a function with a sample."""
        return self.invoke(sample.function, sample.event)


def _load(name: str) -> Any:
    path = FOLDER / name / "handler.py"
    spec = importlib.util.spec_from_file_location(f"{name}_handler", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
