"""What `make dev` shows once all is up."""

import os
import sys
from pathlib import Path
from typing import Any

from local.places import DEFAULT_STATE_DIR, Places


def banner(
    places: Places, local: dict[str, Any], *, seconds: float, auth: bool, foreground: bool
) -> str:
    """All addresses, the users and what to do next.

    Args:
        places: The local stack's files.
        local: The content of local.json.
        seconds: How long the start took.
        auth: Whether the emulator enforces IAM.
        foreground: Whether Ctrl-C stops it.
    """
    password = next(iter(local["users"].values()))["password"]
    names = " ".join(local["users"])
    enforced = ", IAM enforced" if auth else ""
    python, elsewhere = _short(Path(sys.executable)), ""
    demo, stop = "make demo", "make stack-down"
    if places.state_dir != DEFAULT_STATE_DIR:
        elsewhere = f" --state-dir {_short(places.state_dir)}"
        demo, stop = (f"{python} -m local.{name}{elsewhere}" for name in ("demo", "stop"))
    token = f"{python} -m local.token alice{elsewhere}"
    return f"""
Chirrup runs here ({seconds:.0f} s, send mode {local["send_mode"]}{enforced}).

  WebSocket   {local["ws_url"]}
  HTTP        {local["http_url"]}/v1
  AWS         {local["endpoint_url"]}  (AWS_ENDPOINT_URL for the AWS CLI; keys test/test)
  User pool   {local["user_pool_id"]}, client {local["client_id"]}
  Users       {names}, and admin; all with the password {password}
              alice, bob and carol are friends, dave is a stranger

  {demo}
      to watch alice and bob talk, and carol join a group
  {token}
      for requests of your own, such as
  curl -H "Authorization: Bearer $({token})" {local["http_url"]}/v1/me

Addresses and ids are in {_short(places.local_json)}.
{"Ctrl-C" if foreground else stop} stops it; data stays.
"""


def _short(path: Path) -> str:
    """A path as one would type it here."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
