"""Who runs the channels of the deployed stack; the routes for that come with the administration.

It stands on the same tables and tells devices by the same carriers as the deployed functions do.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from chirrup import bootstrap
from chirrup.bootstrap import telling
from chirrup.domain.channels import ChannelKind
from chirrup.service.broadcasts import NewBroadcast
from chirrup.service.channel_keeping import NewChannel
from chirrup.service.materials import NewMaterial
from local.emulator.aws_addresses import ENDPOINT, SOURCE, local_connections_url
from local.places import REGION, STACK
from tests.e2e.stack import Stack

FAR = 2**53
CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test",
    "AWS_SESSION_TOKEN": "",
    "AWS_REGION": REGION,
    "AWS_DEFAULT_REGION": REGION,
}


class Newsroom:
    """Makes channels, and says something in them."""

    def __init__(self, stack: Stack) -> None:
        function = f"{STACK}-http-api"
        configured = stack.aws("lambda").get_function_configuration(FunctionName=function)
        endpoint = stack.local["endpoint_url"]
        variables = configured["Environment"]["Variables"]
        here = local_connections_url(variables[SOURCE], endpoint.rpartition(":")[2])
        given = {**variables, "AWS_ENDPOINT_URL": endpoint, ENDPOINT: here}
        with _environment({**given, **CREDENTIALS}):
            self.channels = bootstrap.channel_cases()
            self.telling = bootstrap.broadcasting()
            # Sockets and clients are opened with the first use, and look around then.
            self.telling.ends.list(self.open(), None, 1)

    def open(self, kind: ChannelKind = ChannelKind.SUBSCRIBE) -> str:
        """A new channel; its code."""
        code = f"e2e_{uuid4().hex[:12]}"
        self.channels.keeping.create(NewChannel(code, "News", kind))
        return code

    def close(self, code: str) -> None:
        """Disable a channel: others' lists must not fill with those of everybody's."""
        self.channels.keeping.change(code, {"enabled": False})

    def say(self, code: str, text: str = "Hear!", to: list[str] | None = None) -> str:
        """Have a channel say something, to all or by name; the broadcast's id."""
        new = NewBroadcast(uuid4().hex, text=text, user_ids=to)
        made = self.telling.broadcasts.create(code, new)
        if to is not None:
            assert self.telling.mailings.deliver(made.name, FAR)
        return made.name

    def publish(self, code: str, html: str) -> str:
        """Have a channel publish a rich text; the material's id."""
        new = NewMaterial(uuid4().hex, "Hours", "In short.", html=html)
        material = self.telling.materials.create(code, new).name
        self.telling.broadcasts.create(code, NewBroadcast(uuid4().hex, material_id=material))
        return material

    def withdraw(self, code: str, broadcast: str) -> None:
        """Take a broadcast back."""
        assert self.telling.ends.withdraw(code, broadcast, FAR)


@contextmanager
def _environment(variables: dict[str, str]) -> Iterator[None]:
    """Have the composition root made anew in an environment."""
    before = dict(os.environ)
    os.environ.update(variables)
    forget()
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def forget() -> None:
    """Close what the composition root has opened, and have it make all anew."""
    if telling._connections_api.cache_info().currsize:
        gateway: Any = bootstrap.gateway()
        gateway._open().close()
    # By their names: what some of the modules make is called as they are.
    names = [name for name in sys.modules if name.startswith(f"{bootstrap.__name__}.")]
    for made in (made for name in names for made in vars(sys.modules[name]).values()):
        if hasattr(made, "cache_clear"):
            made.cache_clear()
