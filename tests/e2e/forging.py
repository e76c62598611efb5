"""Tokens that an attacker would make: right in everything but the signature, or not even that."""

import base64
import hashlib
import hmac
import json
import urllib.request
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def _encoded(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def published_keys(local: dict[str, Any]) -> dict[str, Any]:
    """The public keys of the user pool, as anybody can have them."""
    url = f"{local['endpoint_url']}/{local['user_pool_id']}/.well-known/jwks.json"
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the emulator's own
        found: dict[str, Any] = json.load(answer)
    return found


def forgeries(token: str, local: dict[str, Any]) -> dict[str, str]:
    """Forged tokens by what is wrong with each.

    Args:
        token: A good one.
        local: The content of local.json.
    """
    header, payload, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False})
    kid = jwt.get_unverified_header(token)["kid"]
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = jwt.PyJWK(next(k for k in published_keys(local)["keys"] if k["kid"] == kid)).key
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    none, hs256 = _encoded({"alg": "none", "kid": kid}), _encoded({"alg": "HS256", "kid": kid})
    mac = hmac.new(pem, f"{hs256}.{payload}".encode(), hashlib.sha256).digest()
    return {
        "another user": f"{header}.{_encoded({**claims, 'sub': 'somebody-else'})}.{signature}",
        "a later end": f"{header}.{_encoded({**claims, 'exp': claims['exp'] + 9999})}.{signature}",
        "a key of one's own": jwt.encode(claims, key, "RS256", headers={"kid": kid}),
        "an unknown key": jwt.encode(claims, key, "RS256", headers={"kid": "mine"}),
        "no key": jwt.encode(claims, key, "RS256"),
        "no algorithm": f"{none}.{payload}.",
        "no algorithm, a signature": f"{none}.{payload}.{signature}",
        "the public key as a secret": f"{hs256}.{payload}."
        + base64.urlsafe_b64encode(mac).rstrip(b"=").decode(),
        "no signature": f"{header}.{payload}.",
        "no token": "nothing",
        "three dots": "...",
        "a very long one": "x" * 5000,
    }
