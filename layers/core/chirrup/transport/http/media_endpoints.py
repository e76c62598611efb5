"""The endpoints of the function http_media."""

from chirrup.transport.http import media, uploads
from chirrup.transport.http.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (*uploads.ENDPOINTS, *media.ENDPOINTS)
