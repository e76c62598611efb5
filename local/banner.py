"""What `make dev` shows once all is up."""

from typing import Any


def banner(local: dict[str, Any], *, seconds: float, auth: bool, foreground: bool) -> str:
    """All addresses, the users and what to do next.

    Args:
        local: The content of local.json.
        seconds: How long the start took.
        auth: Whether the emulator enforces IAM.
        foreground: Whether Ctrl-C stops it.
    """
    password = next(iter(local["users"].values()))["password"]
    names = " ".join(local["users"])
    enforced = ", IAM enforced" if auth else ""
    stop = "Ctrl-C stops it" if foreground else "make stack-down stops it"
    return f"""
Chirrup runs here ({seconds:.0f} s, send mode {local["send_mode"]}{enforced}).

  WebSocket   {local["ws_url"]}
  HTTP        {local["http_url"]}/v1
  AWS         {local["endpoint_url"]}  (AWS_ENDPOINT_URL for the AWS CLI; keys test/test)
  User pool   {local["user_pool_id"]}, client {local["client_id"]}
  Users       {names}, and admin; all with the password {password}

  make demo                          watch alice and bob talk
  python -m local.token alice        a token for requests of your own
  curl -H "Authorization: Bearer $(python -m local.token alice)" {local["http_url"]}/v1/me

Addresses and ids are in .chirrup/local.json. {stop}; data stays.
"""
