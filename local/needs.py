"""What the local run needs, checked before anything is started."""

import os
import shutil
import socket
from pathlib import Path

from local.errors import LocalError
from local.places import HOST, ROOT, emulator_python, sam_program

FIRST_PORT, LAST_PORT = 4600, 4699
HIGHEST_PORT = 65535


def check_programs() -> None:
    """Look for the environments, the template and make.

    Raises:
        LocalError: Something is missing.
    """
    make = "run `make dev` or `make stack`, which make the environments"
    if not emulator_python().exists():
        raise LocalError(f"The emulator's environment is missing ({emulator_python()}).", mend=make)
    if not sam_program().exists():
        raise LocalError(f"The SAM CLI is missing ({sam_program()}).", mend=make)
    if not (ROOT / "template.yaml").exists():
        raise LocalError(f"{ROOT} holds no template.yaml.", mend="run this in a full clone")
    if shutil.which("make") is None:
        raise LocalError("make is missing; layers are built with it.", mend="install make")


def prepare(state_dir: Path) -> None:
    """Make the state folder.

    Raises:
        LocalError: It cannot be written to.
    """
    try:
        state_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        mend = "give another folder with --state-dir"
        raise LocalError(f"{state_dir} cannot be made: {error.strerror}.", mend=mend) from error
    if not os.access(state_dir, os.W_OK):
        raise LocalError(f"{state_dir} cannot be written to.", mend="give another with --state-dir")


def free(port: int) -> bool:
    """Whether a server could listen on this port now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def choose_port(last: int | None) -> int:
    """The port given by CHIRRUP_PORT, else that of the last run, else the first free one.

    Raises:
        LocalError: The given port is taken or none, or all of ours are taken.
    """
    given = os.environ.get("CHIRRUP_PORT")
    if given:
        return _given_port(given)
    ours = range(FIRST_PORT, LAST_PORT + 1)
    for port in [last, *ours] if last else ours:
        if free(port):
            return port
    raise LocalError(
        f"All ports from {FIRST_PORT} to {LAST_PORT} are taken.",
        mend="choose a free one: CHIRRUP_PORT=5000 make dev",
    )


def _given_port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) <= HIGHEST_PORT:
        raise LocalError(
            f"CHIRRUP_PORT is {text!r}, not a port.", mend=f"give a number from 1 to {HIGHEST_PORT}"
        )
    if not free(int(text)):
        raise LocalError(
            f"Port {text} (CHIRRUP_PORT) is taken by another program.",
            mend="stop that one, choose another port, or leave CHIRRUP_PORT out",
        )
    return int(text)
