"""The HTTP API."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from chirrup import bootstrap
from chirrup.transport.http.api import build
from chirrup.transport.http.endpoint import App
from chirrup.transport.http.endpoints import ENDPOINTS

app = App(
    messaging=bootstrap.messaging,
    users=bootstrap.user_service,
    tickets=bootstrap.ticket_office,
    devices=bootstrap.devices,
    presence=bootstrap.presence_service,
    groups=bootstrap.groups,
    friendship=bootstrap.friendship,
    rooms=bootstrap.rooms,
    emoji=bootstrap.emoji_cases,
    channels=bootstrap.channel_cases,
    finding=bootstrap.finding,
)
resolver = build(app, ENDPOINTS, bootstrap.settings().text("OIDC_USER_CLAIM"))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP request."""
    return resolver.resolve(event, context)
