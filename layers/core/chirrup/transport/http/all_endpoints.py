"""All endpoints, whichever function they belong to: for the references."""

from chirrup.transport.http import endpoints, media_endpoints

ENDPOINTS = endpoints.ENDPOINTS + media_endpoints.ENDPOINTS
