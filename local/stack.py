"""What the deployed stack is called by: its outputs, and `.chirrup/local.json` made from them."""

import json
from typing import Any

from local.errors import LocalError
from local.places import REGION, STACK, Places

NOT_RUNNING = "start it with `make stack` or `make dev`"


def client(service: str, endpoint: str) -> Any:
    """A client of one of the emulator's services."""
    # Costs a fifth of a second, which not every command needs to wait for.
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's, not a secret
        config=Config(retries={"total_max_attempts": 2}),
    )


def outputs(endpoint: str) -> dict[str, str]:
    """The stack's outputs by name."""
    stack = client("cloudformation", endpoint).describe_stacks(StackName=STACK)["Stacks"][0]
    return {entry["OutputKey"]: entry["OutputValue"] for entry in stack["Outputs"]}


def addresses(endpoint: str, found: dict[str, str]) -> dict[str, str]:
    """The part of local.json that tells where everything is.

    Args:
        endpoint: The emulator's address.
        found: The outputs of the stack.
    """
    host = endpoint.partition("://")[2]
    # The path form: names under localhost do not resolve everywhere.
    gateway = f"{host}/_aws/execute-api"
    stage = found["WebSocketUrl"].rpartition("/")[2]
    return {
        "ws_url": f"ws://{gateway}/{found['WebSocketApiId']}/{stage}",
        "http_url": f"http://{gateway}/{found['HttpApiId']}",
        "region": REGION,
        "endpoint_url": endpoint,
        "stack_name": STACK,
        "user_pool_id": found["UserPoolId"],
        "client_id": found["UserPoolClientId"],
        "send_mode": found["SendMode"],
    }


def read_local(places: Places) -> dict[str, Any]:
    """`local.json` of the running stack.

    Raises:
        LocalError: There is none.
    """
    try:
        text = places.local_json.read_text(encoding="utf-8")
    except OSError as error:
        what = f"No local stack: {places.local_json} is missing."
        raise LocalError(what, mend=NOT_RUNNING) from error
    found: dict[str, Any] = json.loads(text)
    return found


def write_local(places: Places, content: dict[str, Any]) -> None:
    """Write `local.json` in one step, so that no reader sees half of it."""
    fresh = places.local_json.with_suffix(".tmp")
    fresh.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    fresh.replace(places.local_json)
