"""Where the local run finds and keeps things."""

import os
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_STATE_DIR = ROOT / ".chirrup"
REGION = "us-east-1"
STACK = "chirrup"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Places:
    """The files of one local stack; everything but the environments lies in `state_dir`."""

    state_dir: Path = DEFAULT_STATE_DIR

    def __truediv__(self, name: str) -> Path:
        return self.state_dir / name

    @property
    def local_json(self) -> Path:
        """What clients and checks read: addresses, ids, users."""
        return self / "local.json"

    @property
    def run_json(self) -> Path:
        """What runs now: process, port."""
        return self / "run.json"

    @property
    def lock(self) -> Path:
        """Held by the emulator while it lives."""
        return self / "lock"

    @property
    def emulator_log(self) -> Path:
        """What the emulator says."""
        return self / "emulator.log"

    @property
    def function_log(self) -> Path:
        """What the functions log."""
        return self / "functions.log"

    @property
    def deploy_log(self) -> Path:
        """What `sam build` and `sam deploy` say."""
        return self / "deploy.log"

    @property
    def build_dir(self) -> Path:
        """What `sam build` makes."""
        return self / "build"

    @property
    def built(self) -> Path:
        """The digest of what was built last."""
        return self / "built"


def emulator_python() -> Path:
    """The interpreter of the emulator's environment; CHIRRUP_EMULATOR_PYTHON names another."""
    named = os.environ.get("CHIRRUP_EMULATOR_PYTHON")
    return Path(named) if named else ROOT / ".venv" / "emulator" / "bin" / "python"


def sam_program() -> Path:
    """The SAM CLI; CHIRRUP_SAM names another."""
    named = os.environ.get("CHIRRUP_SAM")
    return Path(named) if named else ROOT / ".venv" / "sam" / "bin" / "sam"


def add_state_dir(parser: ArgumentParser) -> None:
    """Let a command work on another local stack than `.chirrup/`."""
    parser.add_argument(
        "--state-dir",
        type=lambda text: Path(text).resolve(),
        default=DEFAULT_STATE_DIR,
        metavar="DIR",
        help="where this local stack keeps its files (default: .chirrup)",
    )


def say(text: str) -> None:
    """Tell the one in front of the terminal, at once."""
    print(text, flush=True)


def complain(text: str) -> None:
    """The same on standard error."""
    print(text, file=sys.stderr, flush=True)
