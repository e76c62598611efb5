"""Gap: connection ids lack AWS's form, `connectedAt` is the time of each event.

AWS's ids end in `=`, so whoever forgets to URL-encode them must fail here too, and
`connectedAt` stays the same for the socket's life. Also adds `messageDirection`, and gives
`requestTime` in UTC.
"""

import base64
import os
import time
from typing import Any

from local.emulator.handshake import CURRENT, Handshake


def new_connection_id() -> str:
    """Sixteen characters of which the last is `=`, such as `L0SM9cOFvHcCIhw=`."""
    # MiniStack strips "-" from ids and cuts at 16; urlsafe characters but that one survive.
    return base64.b64encode(os.urandom(11), altchars=b"_x").decode()


def install(ministack: Any) -> None:
    gateway = ministack.apigateway
    new_uuid = gateway.new_uuid
    handle_websocket = gateway.handle_websocket
    request_context = gateway._ws_request_context

    def uuid_or_connection_id() -> str:
        # The first id that handle_websocket asks for is the connection's.
        handshake = CURRENT.get()
        if handshake is not None and not handshake.named:
            handshake.named = True
            return handshake.connection_id
        found: str = new_uuid()
        return found

    async def with_record(scope: Any, receive: Any, send: Any, *args: Any, **kwargs: Any) -> None:
        record = Handshake(new_connection_id(), connected_at=int(time.time() * 1000))
        token = CURRENT.set(record)
        try:
            await handle_websocket(scope, receive, send, *args, **kwargs)
        finally:
            CURRENT.reset(token)

    def context(*args: Any, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = request_context(*args, **kwargs)
        handshake = CURRENT.get()
        if handshake is not None:
            found["connectedAt"] = handshake.connected_at
        found["messageDirection"] = "IN"
        found["requestTime"] = time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime())
        return found

    gateway.new_uuid = uuid_or_connection_id
    gateway.handle_websocket = with_record
    gateway._ws_request_context = context
