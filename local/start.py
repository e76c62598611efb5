"""Start the local stack: `python -m local.start [--foreground] [--state-dir DIR] [--auth]`."""

import os
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from typing import Any

from local import lock
from local.banner import banner
from local.deploy import deploy, parameters
from local.engine import Engine, PortTaken, Run, healthy, read_run, write_run
from local.errors import LocalError
from local.follow import follow
from local.needs import check_programs, choose_port, prepare
from local.places import Places, add_state_dir, complain, say
from local.processes import interruptible, wait_until
from local.seed import ADMIN, make_friends, make_profiles, make_users
from local.stack import addresses, outputs, read_local, write_local

# As long as a first start takes on a slow machine.
OTHER_START_TIMEOUT_S = 600.0
PORT_ATTEMPTS = 3


def main(arguments: list[str] | None = None) -> int:
    """Start, or say that it runs already; 0 when it stands at the end."""
    given = _parse(arguments)
    places = Places(given.state_dir)
    try:
        with interruptible():
            check_programs()
            prepare(places.state_dir)
            handle = lock.acquire(places.lock)
            if handle is None:
                return _already_running(places, given)
            return _start(places, given, handle)
    except LocalError as error:
        complain(f"\n{error}")
        return 1
    except KeyboardInterrupt:
        complain("\nInterrupted; everything is stopped.")
        return 130


def _parse(arguments: list[str] | None) -> Namespace:
    parser = ArgumentParser(prog="python -m local.start", description=__doc__)
    parser.add_argument("--foreground", action="store_true", help="run until Ctrl-C, showing logs")
    parser.add_argument("--auth", action="store_true", help="enforce each function's role")
    parser.add_argument(
        "--parameter",
        action="append",
        type=_parameter,
        default=[],
        metavar="NAME=VALUE",
        help="a parameter of the template, such as PrivateChatPolicy=open",
    )
    add_state_dir(parser)
    return parser.parse_args(arguments)


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _start(places: Places, given: Namespace, handle: int) -> int:
    began = time.monotonic()
    places.local_json.unlink(missing_ok=True)
    say("Starting the emulator …")
    try:
        engine = start_engine(places, auth=given.auth, handle=handle)
    finally:
        # The emulator holds it by now.
        os.close(handle)
    try:
        local = bring_up(places, engine.run, given.parameter)
        seconds, auth = time.monotonic() - began, given.auth
        say(banner(places, local, seconds=seconds, auth=auth, foreground=given.foreground))
        if given.foreground:
            return _stay_in_front(places, engine)
        engine.stay()
    except BaseException:
        say("Stopping …")
        engine.stop()
        raise
    return 0


def start_engine(places: Places, *, auth: bool, handle: int) -> Engine:
    """Start the emulator on the port of the last run, or else on a free one.

    Args:
        places: The files of the local stack.
        auth: Whether it enforces IAM.
        handle: The lock of the state folder, which stays open here.
    """
    last = read_run(places)
    for attempt in range(PORT_ATTEMPTS):
        # Two starts may choose the same free port; the slower one takes another then.
        port = choose_port(last.port if last and not attempt else None)
        try:
            return Engine.start(places, port=port, auth=auth, lock_handle=handle)
        except PortTaken:
            continue
    return Engine.start(places, port=choose_port(None), auth=auth, lock_handle=handle)


def _stay_in_front(places: Places, engine: Engine) -> int:
    try:
        follow(places, lambda: engine.alive)
        if engine.exit_code:
            complain(f"The emulator failed; its last words are in {places.emulator_log}.")
        else:
            say("The stack was stopped from elsewhere; its data stays.")
    except KeyboardInterrupt:
        # How `make dev` is meant to end.
        say("\nStopping …")
        engine.stop()
        say("Stopped; its data stays.")
    return engine.exit_code


def bring_up(places: Places, run: Run, given: list[tuple[str, str]]) -> dict[str, Any]:
    """Deploy to a running emulator, make the demo users, write local.json.

    Args:
        places: The files of the local stack.
        run: The emulator that runs.
        given: Parameters of the template that shall not be as usual.

    Returns:
        The content of local.json.
    """
    deploy(places, run.endpoint, parameters(given))
    found = addresses(run.endpoint, outputs(run.endpoint))
    people = make_users(found)
    make_friends(places, found, people, make_profiles(places, found))
    admin = {"username": ADMIN, **people.pop(ADMIN)}
    local = {**found, "users": people, "admin": admin}
    write_local(places, local)
    write_run(places, replace(run, ready=True))
    return local


def _already_running(places: Places, given: Namespace) -> int:
    began = time.monotonic()

    def settled() -> bool:
        run = read_run(places)
        return not lock.held(places.lock) or bool(
            run and run.ready and healthy(run.endpoint, places)
        )

    if not settled():
        say("Another start is under way here; waiting for it …")
    wait_until(settled, timeout_s=OTHER_START_TIMEOUT_S, every_s=0.5)
    run = read_run(places)
    if run is None or not lock.held(places.lock) or not run.ready:
        raise LocalError("The other start did not succeed.", mend="start again")
    say(f"It runs already (process {run.pid}, port {run.port}).")
    if given.auth != run.auth:
        complain(f"It runs with{'' if run.auth else 'out'} --auth; stop it first to change that.")
    local = read_local(places)
    if deploy(places, run.endpoint, parameters(given.parameter)):
        say("Sources or parameters had changed; they are deployed now.")
        local |= addresses(run.endpoint, outputs(run.endpoint))
        write_local(places, local)
    seconds = time.monotonic() - began
    say(banner(places, local, seconds=seconds, auth=run.auth, foreground=False))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
