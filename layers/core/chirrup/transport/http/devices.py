"""Devices over HTTP."""

from chirrup.contracts.devices import DeviceList
from chirrup.domain.errors import ErrorCode
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.views import device_view

_ALL = "/v1/me/devices"


def _list(app: App, call: Call) -> DeviceList:
    return DeviceList(items=[device_view(one) for one in app.devices().list(call.actor)])


def _end(app: App, call: Call) -> None:
    app.devices().end(call.actor, call.path["device"])


def _end_all(app: App, call: Call) -> None:
    app.devices().end_all(call.actor)


ENDPOINTS = (
    Endpoint(
        "GET",
        _ALL,
        "listDevices",
        "One's devices whose sockets are open.",
        _list,
        DeviceList,
    ),
    Endpoint(
        "DELETE",
        f"{_ALL}/<device>",
        "endDevice",
        "Close the socket of a device.",
        _end,
        status=204,
        errors=(ErrorCode.NOT_FOUND,),
    ),
    Endpoint(
        "DELETE",
        _ALL,
        "endDevices",
        "Close the sockets of all one's devices.",
        _end_all,
        status=204,
    ),
)
