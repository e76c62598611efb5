"""An OIDC issuer of the tests' own: keys, tokens, and a server for its documents."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from tests.fakes.clock import NOON

CLIENT = "client-1"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@cache
def rsa_key(number: int = 0) -> rsa.RSAPrivateKey:
    """A key; making one takes a moment, so each is made once."""
    return rsa.generate_private_key(public_exponent=65_537, key_size=2_048)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    """A key on the curve P-256."""
    return ec.generate_private_key(ec.SECP256R1())


class Issuer:
    """Serves keys and signs tokens.

    Attributes:
        keys: By key id.
        documents: What is served, by path.
        asked: Paths that were asked for, in order.
        broken: Every answer is a failure.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.reset()

    def reset(self) -> None:
        """As it was at first."""
        self.keys: dict[str, PrivateKey] = {"k1": rsa_key()}
        self.documents: dict[str, Any] = {
            "/.well-known/openid-configuration": {"jwks_uri": f"{self.url}/keys"},
        }
        self.asked: list[str] = []
        self.broken = False

    def claims(self, **more: Any) -> dict[str, Any]:
        """The claims of a good token; None takes one away."""
        given = {
            "iss": self.url,
            "sub": "alice",
            "aud": CLIENT,
            "exp": NOON // 1000 + 3_600,
            "iat": NOON // 1000,
            "token_use": "id",
        } | more
        return {name: value for name, value in given.items() if value is not None}

    def token(self, kid: str = "k1", **more: Any) -> str:
        """A token, good unless the claims say otherwise."""
        key = self.keys[kid]
        algorithm = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
        return jwt.encode(self.claims(**more), key, algorithm=algorithm, headers={"kid": kid})

    def answer(self, path: str) -> Any:
        """The document at a path; None if there is none."""
        self.asked.append(path)
        if self.broken:
            return None
        if path == "/keys":
            return {"keys": [_public(kid, key) for kid, key in self.keys.items()]}
        return self.documents.get(path)


@contextmanager
def serving() -> Iterator[Issuer]:
    """An issuer on this machine, on a port that is free."""
    issuer: Issuer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = issuer.answer(self.path)
            body = json.dumps(found).encode() if not isinstance(found, bytes) else found
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        issuer = Issuer(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            thread.join()


def _public(kid: str, key: PrivateKey) -> dict[str, Any]:
    """The JSON Web Key of a key's public half (RFC 7518, 6)."""
    if isinstance(key, rsa.RSAPrivateKey):
        public = key.public_key().public_numbers()
        return {"kty": "RSA", "kid": kid, "use": "sig", "n": _b64(public.n), "e": _b64(public.e)}
    point = key.public_key().public_numbers()
    return {"kty": "EC", "kid": kid, "crv": "P-256", "x": _b64(point.x), "y": _b64(point.y)}


def _b64(number: int) -> str:
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
