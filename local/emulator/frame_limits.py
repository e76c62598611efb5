"""Gap: no limit on frames and messages, and binary frames are taken.

AWS closes with 1009 above 32 KB a frame or 128 KB a message, and with 1003 on a binary frame.
"""

from typing import Any

FRAME_LIMIT = 32 * 1024
MESSAGE_LIMIT = 128 * 1024
UNSUPPORTED = 1003


class Meter:
    """Counts one socket's bytes, frame by frame."""

    def __init__(self) -> None:
        self._frame = 0
        self._message = 0

    def exceeded(self, event: Any) -> bool:
        """Take a piece of a frame in; whether AWS would close now.

        Args:
            event: A message event of wsproto: `data`, `frame_finished`, `message_finished`.
        """
        size = len(event.data.encode() if isinstance(event.data, str) else event.data)
        self._frame += size
        self._message += size
        if self._frame > FRAME_LIMIT or self._message > MESSAGE_LIMIT:
            return True
        if event.frame_finished:
            self._frame = 0
        if event.message_finished:
            self._message = 0
        return False


def install(ministack: Any) -> None:
    wire, gateway = ministack.ws_stream, ministack.apigateway
    handle_websocket = gateway.handle_websocket
    buffer: Any = wire.WebsocketBuffer

    class LimitedBuffer(buffer):  # type: ignore[misc]
        """Refuses as hypercorn's own does, which closes with 1009; that one counts no frames."""

        def __init__(self, max_length: int) -> None:
            super().__init__(max_length)
            self._meter = Meter()

        def extend(self, event: Any) -> None:
            if self._meter.exceeded(event):
                raise wire.FrameTooLargeError
            super().extend(event)

    async def text_only(scope: Any, receive: Any, send: Any, *args: Any, **kwargs: Any) -> None:
        async def received() -> Any:
            message = await receive()
            if message.get("bytes") is None:
                return message
            await send({"type": "websocket.close", "code": UNSUPPORTED})
            return {"type": "websocket.disconnect", "code": UNSUPPORTED}

        await handle_websocket(scope, received, send, *args, **kwargs)

    wire.WebsocketBuffer = LimitedBuffer
    gateway.handle_websocket = text_only
