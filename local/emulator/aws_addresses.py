"""Gap: functions are told AWS's addresses and nothing answers there.

The SDK's own variable for one service's endpoint points the `@connections` API here; all other
services follow AWS_ENDPOINT_URL, which MiniStack sets itself.
"""

import os
from typing import Any
from urllib.parse import urlsplit

SOURCE = "CONNECTIONS_URL"
ENDPOINT = "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"


def local_connections_url(url: str, port: str) -> str:
    """Where the emulator serves what `https://{api}.execute-api.{region}…/{stage}` names."""
    parts = urlsplit(url)
    api_id = (parts.hostname or "").partition(".")[0]
    return f"http://127.0.0.1:{port}/_aws/execute-api/{api_id}{parts.path.rstrip('/')}"


def install(ministack: Any) -> None:
    worker = ministack.lambda_runtime.Worker
    spawn = worker._spawn

    def spawn_with_endpoint(self: Any) -> None:
        variables = (self.config.get("Environment") or {}).get("Variables") or {}
        if url := variables.get(SOURCE):
            here = local_connections_url(url, os.environ["GATEWAY_PORT"])
            environment = {"Variables": {ENDPOINT: here, **variables}}
            # A copy: the function's own record stays as the template made it.
            self.config = {**self.config, "Environment": environment}
        spawn(self)

    worker._spawn = spawn_with_endpoint
