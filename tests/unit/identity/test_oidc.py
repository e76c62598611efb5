"""OIDC tokens: whom they speak for, and which are refused."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from chirrup.domain.errors import ErrorCode
from chirrup.identity.oidc import (
    KEYS_AT_MOST_MS,
    KEYS_FOR_MS,
    REFRESH_EVERY_MS,
    OidcVerifier,
)
from chirrup.ports import Identity
from tests.fakes import FakeClock
from tests.fakes.clock import NOON
from tests.support.issuer import CLIENT, Issuer, ec_key, rsa_key, serving
from tests.unit.making import refused

HOUR_S = 3_600


@pytest.fixture(scope="module")
def server() -> Iterator[Issuer]:
    with serving() as issuer:
        yield issuer


@pytest.fixture
def issuer(server: Issuer) -> Issuer:
    server.reset()
    return server


class Verifier:
    """A verifier for an issuer, with a clock."""

    def __init__(self, issuer: Issuer, **more: Any) -> None:
        self.clock = FakeClock()
        given: dict[str, Any] = {
            "issuer": issuer.url,
            "audience": frozenset({CLIENT, "client-2"}),
            "keys_url": f"{issuer.url}/keys",
            "user_claim": "sub",
            "clock": self.clock,
        }
        self._verifier = OidcVerifier(**(given | more))

    def verify(self, token: str) -> Identity:
        return self._verifier.verify(token)

    def refuses(self, token: str) -> None:
        with refused(ErrorCode.UNAUTHENTICATED):
            self._verifier.verify(token)


@pytest.fixture
def verifier(issuer: Issuer) -> Verifier:
    return Verifier(issuer)


def test_a_good_token_speaks_for_its_subject_until_its_end(
    issuer: Issuer, verifier: Verifier
) -> None:
    token = issuer.token(name="Alice", picture="https://x.example/a.png")
    assert verifier.verify(token) == Identity(
        "alice", NOON + HOUR_S * 1000, "Alice", "https://x.example/a.png"
    )


def test_another_claim_may_be_the_user_id(issuer: Issuer) -> None:
    verifier = Verifier(issuer, user_claim="email")
    assert verifier.verify(issuer.token(email="al@example.com")).user_id == "al@example.com"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": CLIENT},
        {"aud": ["other", "client-2"]},
        # Cognito's access tokens.
        {"aud": None, "client_id": CLIENT, "token_use": "access"},
        {"token_use": None},
        {"nbf": NOON // 1000},
        {"iat": NOON // 1000 + 300},
    ],
)
def test_tokens_for_us_are_good(issuer: Issuer, verifier: Verifier, claims: dict[str, Any]) -> None:
    assert verifier.verify(issuer.token(**claims)).user_id == "alice"


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "other"},
        {"aud": None},
        {"aud": []},
        {"aud": "", "client_id": "other"},
        {"aud": "other", "client_id": CLIENT},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"exp": None},
        {"exp": NOON // 1000},
        {"exp": NOON // 1000 - HOUR_S},
        {"nbf": NOON // 1000 + 1},
        {"token_use": "refresh"},
        {"sub": None},
        {"sub": "a b"},
    ],
)
def test_tokens_for_others_or_other_times_are_refused(
    issuer: Issuer, verifier: Verifier, claims: dict[str, Any]
) -> None:
    verifier.refuses(issuer.token(**claims))


def test_a_token_is_good_to_the_last_millisecond(issuer: Issuer, verifier: Verifier) -> None:
    token = issuer.token()
    verifier.clock.time = NOON + HOUR_S * 1000 - 1
    assert verifier.verify(token)
    verifier.clock.advance(1)
    verifier.refuses(token)


@pytest.mark.parametrize(
    "token",
    ["", "x", "x.y", "x.y.z", ".", "..", "....", "eyJhbGciOiJub25lIn0.e30.", "é.é.é", "a" * 9_000],
)
def test_what_is_no_token_is_refused(verifier: Verifier, token: str) -> None:
    verifier.refuses(token)


def test_a_token_that_was_tampered_with_is_refused(issuer: Issuer, verifier: Verifier) -> None:
    header, _, signature = issuer.token().split(".")
    other = issuer.token(sub="bob").split(".")[1]
    verifier.refuses(f"{header}.{other}.{signature}")
    verifier.refuses(f"{header}.{other}.")
    verifier.refuses(issuer.token()[:-4])


def test_a_token_of_another_key_under_a_known_name_is_refused(
    issuer: Issuer, verifier: Verifier
) -> None:
    forged = jwt.encode(issuer.claims(), rsa_key(1), algorithm="RS256", headers={"kid": "k1"})
    verifier.refuses(forged)


def test_an_unsigned_token_is_refused(issuer: Issuer, verifier: Verifier) -> None:
    headers = {"kid": "k1"}
    verifier.refuses(jwt.encode(issuer.claims(), "", algorithm="none", headers=headers))


def test_a_token_signed_with_the_public_key_as_a_secret_is_refused(
    issuer: Issuer, verifier: Verifier
) -> None:
    """The classic confusion of RS256 with HS256; made by hand, since the library warns."""
    public = rsa_key().public_key()
    pem = public.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def b64(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

    head = b64(json.dumps({"alg": "HS256", "kid": "k1", "typ": "JWT"}).encode())
    signed = f"{head}.{b64(json.dumps(issuer.claims()).encode())}"
    signature = hmac.new(pem, signed.encode(), hashlib.sha256).digest()
    verifier.refuses(f"{signed}.{b64(signature)}")


def test_a_token_that_names_no_key_is_refused(issuer: Issuer, verifier: Verifier) -> None:
    verifier.refuses(jwt.encode(issuer.claims(), rsa_key(), algorithm="RS256"))


def test_keys_on_curves_are_good_too(issuer: Issuer, verifier: Verifier) -> None:
    issuer.keys["k2"] = ec_key()
    assert verifier.verify(issuer.token("k2")).user_id == "alice"


def test_keys_are_fetched_once_for_an_hour(issuer: Issuer, verifier: Verifier) -> None:
    for _ in range(3):
        verifier.verify(issuer.token())
    assert issuer.asked == ["/keys"]
    verifier.clock.advance(KEYS_FOR_MS - 1)
    verifier.verify(issuer.token(exp=4_102_444_800))
    assert issuer.asked == ["/keys"]
    verifier.clock.advance(1)
    verifier.verify(issuer.token(exp=4_102_444_800))
    assert issuer.asked == ["/keys"] * 2


def test_a_withdrawn_key_is_forgotten_after_an_hour(issuer: Issuer, verifier: Verifier) -> None:
    issuer.keys["k2"] = rsa_key(1)
    token = issuer.token("k2", exp=4_102_444_800)
    verifier.verify(token)
    del issuer.keys["k2"]
    verifier.clock.advance(KEYS_FOR_MS)
    verifier.refuses(token)


def test_a_new_key_is_found_and_a_flood_of_unknown_ones_asks_once_a_minute(
    issuer: Issuer, verifier: Verifier
) -> None:
    verifier.verify(issuer.token())
    issuer.keys["k2"] = rsa_key(1)
    verifier.clock.advance(REFRESH_EVERY_MS)
    assert verifier.verify(issuer.token("k2"))
    forged = jwt.encode(issuer.claims(), rsa_key(1), algorithm="RS256", headers={"kid": "k9"})
    for _ in range(20):
        verifier.refuses(forged)
    assert issuer.asked == ["/keys"] * 2
    verifier.clock.advance(REFRESH_EVERY_MS)
    verifier.refuses(forged)
    assert issuer.asked == ["/keys"] * 3


def test_where_the_keys_are_is_asked_of_the_issuer_if_nobody_says(issuer: Issuer) -> None:
    verifier = Verifier(issuer, keys_url=None)
    assert verifier.verify(issuer.token())
    assert issuer.asked == ["/.well-known/openid-configuration", "/keys"]


@pytest.mark.parametrize(
    "document", [{"jwks_uri": None}, {"jwks_uri": "file:///etc/passwd"}, {}, [], "x", b"<html>"]
)
def test_an_issuer_that_answers_with_nonsense_is_away(issuer: Issuer, document: Any) -> None:
    good = issuer.documents["/.well-known/openid-configuration"]
    issuer.documents["/.well-known/openid-configuration"] = document
    verifier = Verifier(issuer, keys_url=None)
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        verifier.verify(issuer.token())
    issuer.documents["/.well-known/openid-configuration"] = good
    assert verifier.verify(issuer.token())


@pytest.mark.parametrize("keys", [b"", b"<html>", [], {"keys": "x"}, {"keys": [{"kty": "RSA"}]}])
def test_keys_that_are_nonsense_let_nobody_in(issuer: Issuer, keys: Any) -> None:
    issuer.documents["/nonsense"] = keys
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        Verifier(issuer, keys_url=f"{issuer.url}/nonsense").verify(issuer.token())


def test_an_issuer_that_is_away_is_said_to_be(issuer: Issuer, verifier: Verifier) -> None:
    issuer.broken = True
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        verifier.verify(issuer.token())
    issuer.broken = False
    assert verifier.verify(issuer.token())


def test_an_issuer_that_cannot_be_reached_is_said_to_be(issuer: Issuer) -> None:
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        Verifier(issuer, keys_url="http://127.0.0.1:1/keys").verify(issuer.token())


def test_known_keys_serve_on_for_a_day_while_the_issuer_is_away(
    issuer: Issuer, verifier: Verifier
) -> None:
    issuer.keys["k2"] = rsa_key(1)
    token, stranger = issuer.token(exp=4_102_444_800), issuer.token("k2", exp=4_102_444_800)
    del issuer.keys["k2"]
    verifier.verify(token)
    issuer.broken = True
    verifier.clock.advance(KEYS_FOR_MS)
    for _ in range(3):
        assert verifier.verify(token)
    assert issuer.asked == ["/keys"] * 2
    verifier.clock.advance(REFRESH_EVERY_MS)
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        verifier.verify(stranger)
    verifier.clock.advance(KEYS_AT_MOST_MS)
    with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
        verifier.verify(token)
    issuer.broken = False
    assert verifier.verify(token)
