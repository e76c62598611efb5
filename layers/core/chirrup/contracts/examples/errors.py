"""Examples of refusals."""

from chirrup.contracts.errors import ErrorBody, Problem
from chirrup.contracts.examples.values import Example, Examples

ERROR: Example = {
    "code": "invalid_request",
    "message": "The request does not have the documented shape.",
    "retryable": False,
    "details": {"field": "seq", "problem": "is required"},
}
_PROBLEM: Example = {
    "type": "about:blank",
    "title": ERROR["message"],
    "status": 400,
    "code": ERROR["code"],
    "retryable": False,
    "details": ERROR["details"],
    "request_id": "JKJaXmPLvHcESHA=",
}

EXAMPLES: Examples = {
    ErrorBody: [ERROR],
    Problem: [_PROBLEM],
}
