"""Gap: `$disconnect` always hears code 1006 and no reason, whatever the client sent."""

from typing import Any

KEY = "chirrup.close"


def install(ministack: Any) -> None:
    wire, gateway = ministack.ws_stream, ministack.apigateway
    accept = wire.WSStream._accept
    handle_websocket = gateway.handle_websocket

    async def listening_accept(self: Any, message: Any) -> None:
        await accept(self, message)
        events = self.connection.events

        def noting() -> Any:
            for event in events():
                if isinstance(event, wire.CloseConnection):
                    self.scope[KEY] = {"code": int(event.code), "reason": event.reason or ""}
                yield event

        self.connection.events = noting

    async def with_code(scope: Any, receive: Any, send: Any, *args: Any, **kwargs: Any) -> None:
        async def received() -> Any:
            message = await receive()
            if message["type"] == "websocket.disconnect":
                return {**message, **scope.get(KEY, {})}
            return message

        await handle_websocket(scope, received, send, *args, **kwargs)

    wire.WSStream._accept = listening_accept
    gateway.handle_websocket = with_code
