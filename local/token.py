"""Print an id token of a demo user: `python -m local.token alice`."""

from argparse import ArgumentParser

from local.errors import LocalError
from local.places import Places, add_state_dir, complain, say
from local.stack import read_local
from local.tokens import password_of, sign_in


def main(arguments: list[str] | None = None) -> int:
    """Print the token alone, so that `$(…)` holds just it."""
    parser = ArgumentParser(prog="python -m local.token", description=__doc__)
    parser.add_argument("name", help="alice, bob, carol, dave or admin")
    parser.add_argument("--access", action="store_true", help="the access token instead")
    add_state_dir(parser)
    given = parser.parse_args(arguments)
    try:
        local = read_local(Places(given.state_dir))
        tokens = sign_in(local, given.name, password_of(local, given.name))
    except LocalError as error:
        complain(str(error))
        return 1
    say(tokens["AccessToken" if given.access else "IdToken"])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
