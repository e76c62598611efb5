"""A stack of its own on the emulator, small and quick, to look at each gap."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from local.places import Places
from local.processes import wait_until
from local.stack import client

TIMEOUT_S = 20.0
TEMPLATE = Path(__file__).parent / "template.yaml"
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]


@dataclass(frozen=True)
class Gaps:
    """The running emulator with the stack of template.yaml."""

    places: Places
    endpoint: str
    outputs: dict[str, str]

    def client(self, service: str) -> Any:
        """A client of one of the emulated services."""
        return client(service, self.endpoint)

    def gateway(self, api: str) -> str:
        """The address of an API of the template."""
        return f"{self.endpoint}/_aws/execute-api/{self.outputs[api]}"

    def socket(self, query: str = "", *, api: str = "Sockets", **more: Any) -> ClientConnection:
        """Open a WebSocket."""
        url = f"{self.gateway(api)}/v1{query}".replace("http://", "ws://")
        opened: ClientConnection = connect(url, compression=None, open_timeout=TIMEOUT_S, **more)
        return opened

    def update(self, old: str = "", new: str = "") -> None:
        """Update the stack to the template with this replaced, or as it is."""
        self.client("cloudformation").update_stack(
            StackName="gaps",
            TemplateBody=TEMPLATE.read_text(encoding="utf-8").replace(old, new),
            Parameters=[{"ParameterKey": "LayerArn", "UsePreviousValue": True}],
            Capabilities=CAPABILITIES,
        )
        _settled(self.endpoint)

    def log(self) -> str:
        """What the functions have logged."""
        return self.places.function_log.read_text(encoding="utf-8")

    def logged(self, pattern: str) -> "re.Match[str]":
        """Wait until the functions' log has this."""
        assert wait_until(lambda: bool(re.search(pattern, self.log())), timeout_s=TIMEOUT_S)
        found = re.search(pattern, self.log())
        assert found is not None
        return found


def ask(socket: ClientConnection, **frame: Any) -> Any:
    """Send a frame, return the answer."""
    socket.send(json.dumps(frame))
    return json.loads(socket.recv(TIMEOUT_S))


def create(endpoint: str, layer: str) -> dict[str, str]:
    """Create the stack by CloudFormation; its outputs."""
    client("cloudformation", endpoint).create_stack(
        StackName="gaps",
        TemplateBody=TEMPLATE.read_text(encoding="utf-8"),
        Parameters=[{"ParameterKey": "LayerArn", "ParameterValue": layer}],
        Capabilities=CAPABILITIES,
    )
    return _settled(endpoint)


def _settled(endpoint: str) -> dict[str, str]:
    cloudformation = client("cloudformation", endpoint)

    def stack() -> dict[str, Any]:
        found: dict[str, Any] = cloudformation.describe_stacks(StackName="gaps")["Stacks"][0]
        return found

    assert wait_until(lambda: "IN_PROGRESS" not in stack()["StackStatus"], timeout_s=60)
    events = cloudformation.describe_stack_events(StackName="gaps")["StackEvents"]
    reasons = [e for e in events if e["ResourceStatus"].endswith("FAILED")]
    assert stack()["StackStatus"] in {"CREATE_COMPLETE", "UPDATE_COMPLETE"}, reasons
    return {o["OutputKey"]: o["OutputValue"] for o in stack()["Outputs"]}
