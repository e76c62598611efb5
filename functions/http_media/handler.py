"""The HTTP API of uploads and downloads."""

from typing import Any

from aws_lambda_powertools.utilities.typing import LambdaContext

from chirrup import bootstrap
from chirrup.transport.http.api import build
from chirrup.transport.http.endpoint import MediaApp
from chirrup.transport.http.media_endpoints import ENDPOINTS

app = MediaApp(
    users=bootstrap.user_service, uploads=bootstrap.uploads, downloads=bootstrap.downloads
)
resolver = build(app, ENDPOINTS, bootstrap.settings().text("OIDC_USER_CLAIM"))


def lambda_handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer an HTTP request."""
    return resolver.resolve(event, context)
