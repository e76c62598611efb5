"""docs/reference/errors.md: the catalogue, from the code."""

import json
from collections.abc import Iterable

from chirrup.domain.errors import CATALOGUE, ErrorCode
from chirrup.transport.http.all_endpoints import ENDPOINTS
from chirrup.transport.ws.actions import ACTIONS
from local.contracts import frames
from local.contracts.advice import ADVICE
from local.contracts.openapi import GATEWAY, refusals
from local.contracts.text import fill


def page() -> str:
    """The page."""
    return fill(
        "errors.md",
        catalogue="".join(map(_meaning, CATALOGUE)),
        origins="".join(map(_origins, CATALOGUE)),
        gateway="".join(
            f"| {status} | `{json.dumps({'message': text})}` |\n"
            for status, text in GATEWAY.items()
        ),
    )


def _meaning(code: ErrorCode) -> str:
    entry, advice = CATALOGUE[code], ADVICE[code]
    again = "yes" if entry.retryable else "no"
    return f"| `{code}` | {entry.status} | {again} | {advice.meaning} | {advice.remedy} |\n"


def _origins(code: ErrorCode) -> str:
    return (
        f"| `{code}` | {_listed(ADVICE[code].details)} | {_actions(code)} | {_endpoints(code)} |\n"
    )


def _actions(code: ErrorCode) -> str:
    if code in frames.OF_THE_FRAME:
        return "any frame"
    found = [name for name, action in ACTIONS.items() if code in frames.errors(action)]
    return "any action" if len(found) == len(ACTIONS) else _listed(found)


def _endpoints(code: ErrorCode) -> str:
    found = {endpoint.id: endpoint for endpoint in ENDPOINTS if code in refusals(endpoint)}
    if all(endpoint.id in found or endpoint.open for endpoint in ENDPOINTS):
        return "any request"
    return _listed(found)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "-"
