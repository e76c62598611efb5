"""Signature Version 4 for `@connections`, with the signing key kept for the day.

botocore's signer costs ten times as much for each request; the algorithm is that of the AWS
General Reference, "Signature Version 4 signing process".
"""

import hashlib
import hmac
from datetime import UTC, datetime
from typing import NamedTuple

SERVICE = "execute-api"
_ALGORITHM = "AWS4-HMAC-SHA256"


class Credentials(NamedTuple):
    """AWS credentials of the function."""

    access_key: str
    secret_key: str
    token: str | None = None


class Signer:
    """Signs requests to one host with one set of credentials."""

    def __init__(self, credentials: Credentials, region: str, host: str) -> None:
        self._credentials = credentials
        self._region = region
        self._host = host
        self._key = ("", b"")

    def headers(self, method: str, path: str, body: bytes, now_ms: int) -> dict[str, str]:
        """The headers that sign a request.

        Args:
            method: HTTP method.
            path: Path as it is sent; the signature encodes it once more.
            body: The payload.
            now_ms: Milliseconds since the epoch.
        """
        at = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
        day = at[:8]
        scope = f"{day}/{self._region}/{SERVICE}/aws4_request"
        signed = {"host": self._host, "x-amz-date": at}
        if self._credentials.token:
            signed["x-amz-security-token"] = self._credentials.token
        names = ";".join(signed)
        lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
        canonical = (
            f"{method}\n{_encoded(path)}\n\n{lines}\n{names}\n{hashlib.sha256(body).hexdigest()}"
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        to_sign = f"{_ALGORITHM}\n{at}\n{scope}\n{digest}"
        signature = hmac.new(self._key_of(day), to_sign.encode(), hashlib.sha256).hexdigest()
        headers = {name: value for name, value in signed.items() if name != "host"}
        headers["Authorization"] = (
            f"{_ALGORITHM} Credential={self._credentials.access_key}/{scope}, "
            f"SignedHeaders={names}, Signature={signature}"
        )
        return headers

    def _key_of(self, day: str) -> bytes:
        # Day and key change together: threads may sign on both sides of midnight.
        known, key = self._key
        if day != known:
            key = f"AWS4{self._credentials.secret_key}".encode()
            for part in (day, self._region, SERVICE, "aws4_request"):
                key = hmac.new(key, part.encode(), hashlib.sha256).digest()
            self._key = (day, key)
        return key


def _encoded(path: str) -> str:
    """The path encoded once more; but for these two it holds only what stays as it is."""
    return path.replace("%", "%25").replace("@", "%40")
