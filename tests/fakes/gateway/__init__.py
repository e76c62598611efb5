"""The server side of WebSockets: in memory, and as a server that does what AWS's does.

See docs/explanation/gateway-double.md.
"""

from tests.fakes.gateway.clock import ManualClock, RealClock
from tests.fakes.gateway.double import GatewayDouble
from tests.fakes.gateway.faults import Faults, How, Reply
from tests.fakes.gateway.memory import FakeGateway
from tests.fakes.gateway.server import gateway_double

__all__ = [
    "FakeGateway",
    "Faults",
    "GatewayDouble",
    "How",
    "ManualClock",
    "RealClock",
    "Reply",
    "gateway_double",
]
