"""OIDC tokens: signature against the issuer's keys, issuer, audience and time."""

import json
import logging
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import jwt

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.identity.claims import identity_of
from chirrup.ports import Clock, Identity

ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "EdDSA")
"""Asymmetric ones only: with HS256, whoever knows the public key could forge tokens."""
LEEWAY_MS = 0
KEYS_FOR_MS = 60 * 60 * 1000
"""Keys are fetched anew after an hour, so that a withdrawn one is forgotten."""
KEYS_AT_MOST_MS = 24 * 60 * 60 * 1000
"""While the issuer cannot be asked, its last keys stay good for a day."""
REFRESH_EVERY_MS = 60 * 1000
"""An unknown key id asks the issuer again at most once a minute: a flood of forged tokens must
not become a flood of requests."""
TIMEOUT_S = 3

_NONSENSE = (OSError, HTTPException, ValueError, KeyError, RecursionError)
"""What an issuer that is away, or answers something else, comes out as."""

_log = logging.getLogger(__name__)


class OidcVerifier:
    """Implements `ports.TokenVerifier`; keys are kept between warm invocations."""

    def __init__(
        self,
        *,
        issuer: str,
        audience: frozenset[str],
        keys_url: str | None,
        user_claim: str,
        clock: Clock,
    ) -> None:
        """Verify tokens of one issuer.

        Args:
            issuer: As in the tokens' `iss`.
            audience: Client ids, one of which `aud` or `client_id` must be.
            keys_url: The JSON Web Key Set; None asks the issuer's OIDC discovery for it.
            user_claim: Which claim is the user id.
            clock: For expiry.
        """
        self._issuer = issuer
        self._audience = audience
        self._keys_url = keys_url
        self._user_claim = user_claim
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = -KEYS_AT_MOST_MS
        self._asked_at = -KEYS_AT_MOST_MS

    def verify(self, token: str) -> Identity:
        """See `ports.TokenVerifier`."""
        try:
            header = jwt.get_unverified_header(token)
            key = self._key(str(header.get("kid", "")))
            claims = jwt.decode(
                token,
                key,
                algorithms=ALGORITHMS,
                issuer=self._issuer,
                options={
                    "require": ["exp", "iss"],
                    # Access tokens of Cognito name their client in `client_id`, not in `aud`.
                    "verify_aud": False,
                    # Checked below against the injected clock.
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise ChirrupError(ErrorCode.UNAUTHENTICATED) from error
        self._check(claims)
        return identity_of(claims, self._user_claim)

    def _check(self, claims: dict[str, Any]) -> None:
        now = self._clock.now()
        named = claims.get("aud") or claims.get("client_id")
        names = named if isinstance(named, list) else [named]
        ours = any(isinstance(name, str) and name in self._audience for name in names)
        not_before = claims.get("nbf", 0)
        if not isinstance(claims["exp"], int | float) or not isinstance(not_before, int | float):
            raise ChirrupError(ErrorCode.UNAUTHENTICATED)
        in_time = not_before * 1000 - LEEWAY_MS <= now < claims["exp"] * 1000 + LEEWAY_MS
        if not in_time or not ours:
            raise ChirrupError(ErrorCode.UNAUTHENTICATED)
        if claims.get("token_use", "id") not in ("id", "access"):
            raise ChirrupError(ErrorCode.UNAUTHENTICATED)

    def _key(self, kid: str) -> jwt.PyJWK:
        now = self._clock.now()
        stale = now - self._fetched_at >= KEYS_FOR_MS
        asked_lately = now - self._asked_at < REFRESH_EVERY_MS
        if not self._keys or ((stale or kid not in self._keys) and not asked_lately):
            self._refresh(kid, now)
        if kid not in self._keys:
            raise ChirrupError(ErrorCode.UNAUTHENTICATED)
        return self._keys[kid]

    def _refresh(self, kid: str, now: int) -> None:
        """Fetch the keys; an issuer that is away does not lock out those whose key is known."""
        self._asked_at = now
        if now - self._fetched_at >= KEYS_AT_MOST_MS:
            self._keys = {}
        try:
            self._keys = self._fetch()
            self._fetched_at = now
        except ChirrupError:
            if kid not in self._keys:
                raise

    def _fetch(self) -> dict[str, jwt.PyJWK]:
        try:
            keys = jwt.PyJWKSet.from_dict(_get(self._keys_url or self._discovered()))
        except (*_NONSENSE, jwt.PyJWTError) as error:
            _log.exception("the issuer's keys cannot be had")
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE) from error
        return {str(key.key_id): key for key in keys.keys if key.key_id}

    def _discovered(self) -> str:
        """Where the issuer says that its keys are; asked each time, since they may move."""
        found = _get(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
        return str(found["jwks_uri"])


def _get(url: str) -> dict[str, Any]:
    if not url.startswith(("https://", "http://")):
        raise ValueError("not a web address")
    request = Request(url, headers={"Accept": "application/json"})  # noqa: S310 - checked above
    try:
        with urlopen(request, timeout=TIMEOUT_S) as response:  # noqa: S310
            answer = json.load(response)
    except HTTPError as error:
        error.close()
        raise
    if not isinstance(answer, dict):
        raise ValueError("not an object")
    return answer
