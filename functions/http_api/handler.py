"""The HTTP API."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from chirrup import bootstrap
from chirrup.transport.http.api import build
from chirrup.transport.http.endpoint import App

app = App(
    bootstrap.messaging,
    bootstrap.user_service,
    bootstrap.ticket_office,
    bootstrap.devices,
    bootstrap.presence_service,
    bootstrap.friendship,
)
resolver = build(app, bootstrap.settings().text("OIDC_USER_CLAIM"))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP request."""
    return resolver.resolve(event, context)
