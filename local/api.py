"""The HTTP API, asked as a user."""

import json
import urllib.request
from typing import Any


def ask(
    http_url: str,
    token: str,
    method: str,
    path: str,
    body: object = None,
    *,
    patience_s: float = 60,
) -> dict[str, Any]:
    """What is answered; nothing for an answer without a body.

    Args:
        http_url: The API's address, without a path.
        token: An id or access token.
        method: Such as `POST`.
        path: From `/v1` on.
        body: Sent as JSON, unless it is None.
        patience_s: For a first request that waits for a cold start.

    Raises:
        urllib.error.HTTPError: The API refuses it, with problem details as its body.
    """
    request = urllib.request.Request(  # noqa: S310 - the emulator's own address
        f"{http_url}{path}",
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=patience_s) as answer:  # noqa: S310
        said = answer.read()
    found: dict[str, Any] = json.loads(said) if said else {}
    return found
