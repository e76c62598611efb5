"""How devices are told: the gateway, the pusher, and the dispatcher of the send mode."""

from functools import cache, partial
from typing import TYPE_CHECKING

from chirrup.bootstrap.adapters import clock, connections, dynamo, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chirrup.ports import Dispatcher
    from chirrup.ports.fanout import Carrier, Gateway, Outcome, Parcel
    from chirrup.push.gateway import ConnectionsApi
    from chirrup.push.pusher import Pusher
    from chirrup.push.sigv4 import Credentials
    from chirrup.transport.queue.fanout import Fanout

SEND_MODES = ("local", "redis", "rocketmq", "kafka", "rabbitmq")


@cache
def gateway() -> "Gateway":
    """The server side of WebSockets."""
    from chirrup.push.sigv4 import Credentials

    env = settings()
    credentials = Credentials(
        env.text("AWS_ACCESS_KEY_ID"),
        env.text("AWS_SECRET_ACCESS_KEY"),
        env.optional("AWS_SESSION_TOKEN"),
    )
    return _LateGateway(env.connections_url(), credentials, env.text("AWS_REGION"))


@cache
def pusher() -> "Pusher":
    """Pushes to devices."""
    from chirrup.concurrency import side_by_side
    from chirrup.push.pusher import Pusher
    from chirrup.storage.rosters import DynamoRosters

    return Pusher(
        connections=connections(),
        rosters=DynamoRosters(dynamo()),
        gateway=gateway(),
        clock=clock(),
        side_by_side=side_by_side,
    )


@cache
def fanout() -> "Fanout":
    """Works off what carriers bring."""
    from chirrup.transport.queue.fanout import Fanout

    return Fanout(pusher=pusher(), clock=clock())


@cache
def dispatcher() -> "Dispatcher":
    """Hands stored events over, as the send mode says."""
    from chirrup.push.dispatchers import LocalDispatcher, QueueDispatcher

    local = LocalDispatcher(pusher=pusher(), clock=clock())
    mode = settings().choice("SEND_MODE", *SEND_MODES)
    if mode == "local":
        return local
    return QueueDispatcher(
        carrier=_carrier(mode),
        inline=local,
        inline_limit=settings().number("INLINE_LIMIT"),
        clock=clock(),
    )


def _carrier(mode: str) -> "Carrier":
    from chirrup.push.carriers import OrderedQueue, Shards, Topic, client

    env = settings()
    if mode in ("redis", "rabbitmq"):
        return Topic(client("sns", dynamo().session), env.text("FANOUT_TOPIC_ARN"), clock())
    urls = [url.strip() for url in env.text("FANOUT_QUEUE_URLS").split(",")]
    if mode == "rocketmq":
        return OrderedQueue(client("sqs", dynamo().session), urls[0], clock())
    return Shards(client("sqs", dynamo().session), urls, clock())


class _LateGateway:
    """Loads asyncio and opens sockets with the first push, for which few functions are started.

    Implements `ports.fanout.Gateway`.
    """

    def __init__(self, url: str, credentials: "Credentials", region: str) -> None:
        self._open = partial(_connections_api, url, credentials, region)

    def deliver(self, parcels: "Sequence[Parcel]", until: int) -> "list[Outcome]":
        """See `ports.fanout.Gateway`."""
        return self._open().deliver(parcels, until)


@cache
def _connections_api(url: str, credentials: "Credentials", region: str) -> "ConnectionsApi":
    from chirrup.push.gateway import ConnectionsApi

    return ConnectionsApi(url, credentials, region, clock())
