"""Gap: requests come over plain HTTP, which policies that want TLS refuse.

Here nothing leaves the machine, so every request counts as if it had come over TLS.
"""

from typing import Any


def install(ministack: Any) -> None:
    evaluator = ministack.iam_evaluator
    resolve = evaluator._resolve_condition_key

    def resolve_as_secure(key: str, context: Any) -> Any:
        return "true" if key.lower() == "aws:securetransport" else resolve(key, context)

    evaluator._resolve_condition_key = resolve_as_secure
