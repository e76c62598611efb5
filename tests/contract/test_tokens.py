"""Token verifier: whom a token speaks for, on the fake and on the real one before an issuer.

Which claims, times and keys are refused stands in the unit tests of `identity`; here is what both
verifiers promise, and what an ill-meaning client or a broken issuer may send to the real one.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.identity import oidc
from chirrup.identity.oidc import OidcVerifier
from chirrup.ports import Identity, TokenVerifier
from tests.fakes import FakeClock, FakeTokens
from tests.fakes.clock import NOON
from tests.support.http_server import Answer, CutShort, HttpServer, Reply, Reset, Stall, http_server
from tests.support.issuer import CLIENT, Issuer, ec_key, rsa_key, serving

ALICE = Identity("alice", NOON + 3_600_000, "Alice", "https://x.example/a.png")
BOB = Identity("bob", NOON + 60_000)


@dataclass
class Verifying:
    """A verifier, and what it takes to use it."""

    tokens: TokenVerifier
    token_of: Callable[[Identity], str]
    set_available: Callable[[bool], None]


@pytest.fixture(scope="module")
def server() -> Iterator[Issuer]:
    """An issuer."""
    with serving() as issuer:
        yield issuer


@pytest.fixture
def issuer(server: Issuer) -> Issuer:
    """The issuer as it was at first."""
    server.reset()
    return server


def _verifier(url: str, keys_url: str | None = None) -> OidcVerifier:
    return OidcVerifier(
        issuer=url,
        audience=frozenset({CLIENT}),
        keys_url=keys_url or f"{url}/keys",
        user_claim="sub",
        clock=FakeClock(),
    )


def _fake(_: Issuer) -> Verifying:
    fake = FakeTokens(ALICE, BOB)
    token_of = {identity: token for token, identity in fake.identities.items()}
    return Verifying(
        fake,
        lambda identity: token_of[identity],
        lambda available: setattr(fake, "unavailable", not available),
    )


def _oidc(issuer: Issuer) -> Verifying:
    def token_of(identity: Identity) -> str:
        return issuer.token(
            sub=identity.user_id,
            exp=identity.expires_at // 1000,
            name=identity.name,
            picture=identity.picture,
        )

    return Verifying(
        _verifier(issuer.url),
        token_of,
        lambda available: setattr(issuer, "broken", not available),
    )


@pytest.fixture(params=[_fake, _oidc])
def verifying(request: pytest.FixtureRequest, issuer: Issuer) -> Verifying:
    """A verifier under test."""
    made: Verifying = request.param(issuer)
    return made


def _refused(verifier: TokenVerifier, token: str, code: ErrorCode) -> None:
    with pytest.raises(ChirrupError) as refusal:
        verifier.verify(token)
    assert refusal.value.code is code


def test_a_token_speaks_for_its_user_as_often_as_it_is_shown(verifying: Verifying) -> None:
    for identity in (ALICE, BOB, ALICE):
        assert verifying.tokens.verify(verifying.token_of(identity)) == identity


@pytest.mark.parametrize("token", ["", "forged", "a.b.c", "token-", "é.é.é"])
def test_what_is_no_token_speaks_for_nobody(verifying: Verifying, token: str) -> None:
    _refused(verifying.tokens, token, ErrorCode.UNAUTHENTICATED)


def test_without_the_issuers_keys_nobody_is_let_in_nor_sent_away_for_good(
    verifying: Verifying,
) -> None:
    token = verifying.token_of(ALICE)
    verifying.set_available(False)
    _refused(verifying.tokens, token, ErrorCode.TEMPORARILY_UNAVAILABLE)
    verifying.set_available(True)
    assert verifying.tokens.verify(token) == ALICE


def _b64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _raw(header: bytes, payload: bytes = b"{}") -> str:
    return f"{_b64(header)}.{_b64(payload)}.{_b64(b'signature')}"


def _signed(payload: bytes) -> str:
    """Any payload, signed by the issuer."""
    return jwt.api_jws.encode(payload, rsa_key(), algorithm="RS256", headers={"kid": "k1"})


def _deep(levels: int) -> bytes:
    return b'{"alg":"RS256","kid":"k1","x":' + b"[" * levels + b"]" * levels + b"}"


ODD: dict[str, str] = {
    "header is no object": _raw(b"[]"),
    "header is no JSON": _raw(b"\xff\xfe"),
    "header is nested deeply": _raw(_deep(3_500)),
    "payload is nested deeply": _raw(b'{"alg":"RS256","kid":"k1"}', _deep(3_500)),
    "key id is no text": _raw(b'{"alg":"RS256","kid":["k1"]}'),
    "algorithm is no text": _raw(b'{"alg":5,"kid":"k1"}'),
    "algorithm is unknown": _raw(b'{"alg":"XX","kid":"k1"}'),
    "something critical is unknown": _raw(b'{"alg":"RS256","kid":"k1","crit":["x"]}'),
    "half a surrogate pair": "\ud800.a.b",
    "a null character": "\0.\0.\0",
    "very long": _raw(b'{"alg":"RS256","kid":"k1"}', b"x" * 100_000),
}


@pytest.mark.parametrize("token", ODD.values(), ids=ODD)
def test_odd_tokens_are_refused_like_any_other(issuer: Issuer, token: str) -> None:
    _refused(_verifier(issuer.url), token, ErrorCode.UNAUTHENTICATED)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": [{"x": 1}]},
        {"aud": {"x": CLIENT}},
        {"aud": [[CLIENT]]},
        {"aud": 5},
        {"aud": None, "client_id": [{}, 5]},
        {"exp": True},
        {"exp": "4102444800"},
        {"exp": float("inf")},
        {"nbf": "0"},
        {"nbf": [0]},
        {"token_use": ["id"]},
        {"token_use": {}},
        {"sub": {"x": 1}},
        {"iss": 5},
        {"iss": ["x"]},
    ],
    ids=str,
)
def test_claims_of_another_kind_are_refused(issuer: Issuer, claims: dict[str, Any]) -> None:
    payload = json.dumps(issuer.claims(**claims)).encode()
    _refused(_verifier(issuer.url), _signed(payload), ErrorCode.UNAUTHENTICATED)


@pytest.mark.parametrize("payload", [b"[]", b"5", b"null", b"", b"x"])
def test_a_signed_payload_that_is_no_object_is_refused(issuer: Issuer, payload: bytes) -> None:
    _refused(_verifier(issuer.url), _signed(payload), ErrorCode.UNAUTHENTICATED)


def test_a_key_signs_by_its_own_algorithm_only(issuer: Issuer) -> None:
    issuer.keys["k2"] = ec_key()
    for kid, key, algorithm in (("k2", rsa_key(), "RS256"), ("k1", ec_key(), "ES256")):
        token = jwt.encode(issuer.claims(), key, algorithm=algorithm, headers={"kid": kid})
        _refused(_verifier(issuer.url), token, ErrorCode.UNAUTHENTICATED)


def test_a_secret_among_the_issuers_keys_signs_nothing(issuer: Issuer) -> None:
    secret = b"k" * 32
    shared = {"kty": "oct", "kid": "k1", "alg": "HS256", "k": _b64(secret)}
    issuer.documents["/secrets"] = {"keys": [shared]}
    token = jwt.encode(issuer.claims(), secret, algorithm="HS256", headers={"kid": "k1"})
    verifier = _verifier(issuer.url, f"{issuer.url}/secrets")
    _refused(verifier, token, ErrorCode.UNAUTHENTICATED)


def test_keys_of_kinds_that_we_do_not_know_do_not_hide_the_others(issuer: Issuer) -> None:
    known = issuer.answer("/keys")["keys"]
    strange = [{"kty": "new", "kid": "k0"}, {"kty": "EC", "kid": "k3", "crv": "P-0"}]
    issuer.documents["/mixed"] = {"keys": [*strange, *known]}
    verifier = _verifier(issuer.url, f"{issuer.url}/mixed")
    assert verifier.verify(issuer.token()).user_id == "alice"


def test_edwards_curves_are_known(issuer: Issuer) -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    issuer.documents["/ed"] = {
        "keys": [{"kty": "OKP", "crv": "Ed25519", "kid": "k1", "x": _b64(public)}]
    }
    token = jwt.encode(issuer.claims(), key, algorithm="EdDSA", headers={"kid": "k1"})
    verifier = _verifier(issuer.url, f"{issuer.url}/ed")
    assert verifier.verify(token).user_id == "alice"


BROKEN: dict[str, Reply] = {
    "does not answer in time": Stall(),
    "hangs up": Reset(),
    "stops in the middle": CutShort(),
    "fails": Answer(500, b'{"keys":[]}'),
    "answers nothing": Answer(200),
    "answers bytes": Answer(200, b"\xff\xfe\x00"),
    "answers what is nested deeply": Answer(200, b"[" * 100_000),
}


@pytest.fixture
def keys_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpServer]:
    """A server for keys that may misbehave."""
    monkeypatch.setattr(oidc, "TIMEOUT_S", 0.3)
    with http_server() as server:
        yield server


@pytest.mark.parametrize("reply", BROKEN.values(), ids=BROKEN)
def test_an_issuer_that_misbehaves_is_away_for_the_moment(
    issuer: Issuer, keys_server: HttpServer, reply: Reply
) -> None:
    verifier = _verifier(issuer.url, keys_server.url)
    keys_server.answer_with(reply, Answer(200, json.dumps(issuer.answer("/keys")).encode()))
    _refused(verifier, issuer.token(), ErrorCode.TEMPORARILY_UNAVAILABLE)
    assert verifier.verify(issuer.token()).user_id == "alice"
