"""A Docker network for this run alone.

The emulator listens on its address only, so that nobody but these containers and this machine can
reach it, and whatever is left in it at the end is ours to remove.
"""

import contextlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from local.errors import LocalError
from local.places import HOST
from local.sam_local.docker import docker


@dataclass(frozen=True)
class Network:
    """A bridge and the two names of this machine on it.

    Attributes:
        bind: The address that a server here must listen on.
        host: What containers call that address.
    """

    name: str
    bind: str
    host: str


def free_port(address: str) -> int:
    """A port that nobody listens on at this address of ours.

    Raises:
        OSError: It is not an address of this machine.
    """
    with socket.socket() as probe:
        probe.bind((address, 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def network() -> Iterator[Network]:
    """Make the network, and remove it with everything in it.

    Raises:
        LocalError: Docker refuses.
    """
    name = f"chirrup-sam-local-{os.getpid()}"
    made = docker("network", "create", name)
    if not made.ok:
        raise LocalError(
            "Docker makes no network.", details=made.said, mend="try `docker network prune`"
        )
    try:
        yield _described(name)
    finally:
        left = docker("ps", "--all", "--quiet", "--filter", f"network={name}").out.split()
        if left:
            docker("rm", "--force", "--volumes", *left)
        docker("network", "rm", name)


def _described(name: str) -> Network:
    shape = "{{(index .IPAM.Config 0).Gateway}}"
    gateway = docker("network", "inspect", "--format", shape, name).out.strip()
    try:
        free_port(gateway)
    except OSError:
        # Docker Desktop: bridges are inside its virtual machine, which knows this one by name and
        # reaches what listens on its loopback.
        return Network(name, bind=HOST, host="host.docker.internal")
    return Network(name, bind=gateway, host=gateway)
