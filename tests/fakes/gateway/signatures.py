"""Signature Version 4 as the gateway verifies it; written apart from what signs.

Source: AWS General Reference, "Create a signed AWS API request" and "Troubleshooting".
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

SKEW = timedelta(minutes=5)
"""How far the date of a request may be from the gateway's."""


class Verifier:
    """Verifies requests that are signed with one set of credentials."""

    def __init__(
        self, access_key: str, secret_key: str, token: str | None = None, region: str = "us-east-1"
    ) -> None:
        self._access_key = access_key
        self._secret_key = secret_key
        self._token = token
        self._region = region
        self._keys: dict[str, bytes] = {}

    def problem(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, now_ms: int
    ) -> str | None:
        """What is wrong with a request; None when it is signed as it should be.

        Args:
            method: HTTP method.
            path: As it came.
            headers: By names in small letters.
            body: All of it.
            now_ms: The gateway's time (ms since epoch).
        """
        try:
            self._verify(method, path, headers, body, now_ms)
        except (ValueError, KeyError) as error:
            return str(error)
        return None

    def _verify(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, now_ms: int
    ) -> None:
        scheme, _, rest = headers["authorization"].partition(" ")
        date = headers["x-amz-date"]
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        access_key, scope = parts["Credential"].split("/", 1)
        signed = parts["SignedHeaders"].split(";")
        at = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        must = {"host", *(name for name in headers if name.startswith("x-amz-"))}
        lines = "".join(f"{name}:{headers[name].strip()}\n" for name in signed)
        canonical = (
            f"{method}\n{quote(path, safe='/-_.~')}\n\n{lines}\n{parts['SignedHeaders']}\n"
            f"{hashlib.sha256(body).hexdigest()}"
        )
        hashed = hashlib.sha256(canonical.encode()).hexdigest()
        to_sign = f"{scheme}\n{date}\n{scope}\n{hashed}"
        expected = hmac.digest(self._key(date[:8]), to_sign.encode(), "sha256").hex()
        for holds, problem in (
            (scheme == "AWS4-HMAC-SHA256", "another algorithm"),
            (access_key == self._access_key, "an unknown key"),
            (headers.get("x-amz-security-token") == self._token, "another session"),
            (scope == f"{date[:8]}/{self._region}/execute-api/aws4_request", "another scope"),
            (abs(at - datetime.fromtimestamp(now_ms / 1000, UTC)) <= SKEW, "another time"),
            (must <= set(signed), "the host or something of AWS's is not signed"),
            (hmac.compare_digest(expected, parts["Signature"]), "another signature"),
        ):
            if not holds:
                raise ValueError(problem)

    def _key(self, day: str) -> bytes:
        if day not in self._keys:
            key = f"AWS4{self._secret_key}".encode()
            for part in (day, self._region, "execute-api", "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            self._keys[day] = key
        return self._keys[day]
