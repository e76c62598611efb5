"""The server side of WebSockets: `@connections` of API Gateway, over kept-alive sockets."""

import random
from urllib.parse import quote, urlsplit

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Retry, Timeout
from urllib3.exceptions import HTTPError

from chirrup.concurrency import WIDTH
from chirrup.ports import Clock, Gone, PushFailed
from chirrup.push.sigv4 import Credentials, Signer

POOL = WIDTH + 1
"""Sockets: as many as threads post, the calling one among them."""
CONNECT_TIMEOUT_S = 1.0
READ_TIMEOUT_S = 2.0
ATTEMPTS = 3
PAUSE_MS = 50
"""First pause before another attempt, on average; it doubles."""
_GONE = 410
_TOO_MANY = 429
_SERVER_ERROR = 500


class ConnectionsApi:
    """Implements `ports.Gateway`."""

    def __init__(self, url: str, credentials: Credentials, region: str, clock: Clock) -> None:
        """Keep sockets to one API.

        Args:
            url: `https://{apiId}.execute-api.{region}.amazonaws.com/{stage}`.
            credentials: Of the function.
            region: Of the API.
            clock: For signatures and pauses.
        """
        parts = urlsplit(url)
        secure = parts.scheme == "https"
        host = parts.hostname or ""
        timeout = Timeout(connect=CONNECT_TIMEOUT_S, read=READ_TIMEOUT_S)
        pool = HTTPSConnectionPool if secure else HTTPConnectionPool
        self._pool = pool(host, parts.port, maxsize=POOL, timeout=timeout, retries=Retry(0))
        self._base = parts.path.rstrip("/") + "/@connections/"
        self._signer = Signer(credentials, region, parts.netloc)
        self._clock = clock

    def post(self, connection_id: str, frame: bytes) -> None:
        """See `ports.Gateway`."""
        self._request("POST", connection_id, frame)

    def close(self, connection_id: str) -> None:
        """See `ports.Gateway`."""
        try:
            self._request("DELETE", connection_id, b"")
        except (Gone, PushFailed):
            return  # Closed already, or it ends by itself with its token.

    def _request(self, method: str, connection_id: str, body: bytes) -> None:
        # Ids end in "=", so they are encoded for the path: a raw one would break the signature.
        path = self._base + quote(connection_id, safe="")
        problem = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._clock.pause(random.uniform(0, 2 * PAUSE_MS * 2**attempt))  # noqa: S311
            headers = self._signer.headers(method, path, body, self._clock.now())
            try:
                response = self._pool.request(method, path, body=body, headers=headers)
            except HTTPError as error:
                problem = type(error).__name__
                continue
            if response.status == _GONE:
                raise Gone
            if response.status == _TOO_MANY or response.status >= _SERVER_ERROR:
                problem = str(response.status)
                continue
            if response.status >= 300:  # noqa: PLR2004 - nothing else is a success
                raise PushFailed(str(response.status))
            return
        raise PushFailed(problem)
