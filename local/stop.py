"""Stop the local stack: `python -m local.stop [--state-dir DIR]`. Its data stays."""

from argparse import ArgumentParser

from local import lock
from local.engine import read_run, stop
from local.places import Places, add_state_dir, complain, say


def main(arguments: list[str] | None = None) -> int:
    """Stop what runs; 0 when nothing runs at the end and the state is written."""
    parser = ArgumentParser(prog="python -m local.stop", description=__doc__)
    add_state_dir(parser)
    places = Places(parser.parse_args(arguments).state_dir)
    if not lock.held(places.lock):
        say("Nothing runs.")
        return 0
    run = read_run(places)
    if run is None:
        complain(f"Something holds {places.lock}, but {places.run_json} does not say what.")
        return 1
    graceful = stop(places, run.pid, ended=lambda: not lock.held(places.lock))
    if graceful:
        say("Stopped; its data stays.")
    return 0 if graceful else 1


if __name__ == "__main__":
    raise SystemExit(main())
