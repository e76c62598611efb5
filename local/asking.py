"""The HTTP API as the demo asks it: a refusal ends the play."""

import asyncio
import json
import urllib.error
from typing import Any

from local.api import ask
from local.chat import Refused

Json = dict[str, Any]


async def asked(
    http_url: str, tokens: dict[str, str], name: str, method: str, path: str, body: object = None
) -> Json:
    """What somebody's request is answered with.

    Raises:
        Refused: With the code of the problem details.
    """
    try:
        return await asyncio.to_thread(ask, http_url, tokens[name], method, path, body)
    except urllib.error.HTTPError as error:
        told = json.loads(error.read() or b"{}")
        code = told.get("code", error.code)
        raise Refused(f"{method} {path} of {name}: {code}: {told.get('title')}") from error
