"""Which tokens open the WebSocket and the HTTP API, and which do not."""

import re

import pytest

from tests.e2e.forging import forgeries
from tests.e2e.handshake import assert_refused, wait_for_end
from tests.e2e.people import Person, World
from tests.e2e.stack import PASSWORD, Stack
from tests.schema.documents import document


def _refused_everywhere(person: Person, token: str) -> None:
    assert_refused(person, token=token)
    assert person.tried(token) == 401


def test_id_and_access_tokens_are_good(stack: Stack, alice: Person) -> None:
    for token in (stack.tokens(alice.account)[kind] for kind in ("IdToken", "AccessToken")):
        assert alice.open(token=token).ask("ping")["now"]
        assert alice.tried(token) == 200


def test_a_forged_token_is_refused(stack: Stack, alice: Person) -> None:
    for token in forgeries(alice.token, stack.local).values():
        _refused_everywhere(alice, token)


def test_an_expired_token_is_refused(alice: Person) -> None:
    token = alice.brief_token(1)
    wait_for_end(alice, token)
    _refused_everywhere(alice, token)


def test_a_token_for_another_application_of_the_same_pool_is_refused(
    stack: Stack, alice: Person
) -> None:
    other = stack.pool.create_user_pool_client(
        UserPoolId=stack.local["user_pool_id"],
        ClientName="another application",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )["UserPoolClient"]["ClientId"]
    for token in (stack.tokens(alice.account, other)[kind] for kind in ("IdToken", "AccessToken")):
        _refused_everywhere(alice, token)


def test_a_token_of_another_issuer_is_refused(stack: Stack, alice: Person) -> None:
    pool = stack.pool.create_user_pool(PoolName="another company")["UserPool"]["Id"]
    try:
        who = {"UserPoolId": pool, "Username": "alice"}
        flows = ["ALLOW_USER_PASSWORD_AUTH"]
        client = stack.pool.create_user_pool_client(
            UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows
        )["UserPoolClient"]["ClientId"]
        stack.pool.admin_create_user(**who, MessageAction="SUPPRESS")
        stack.pool.admin_set_user_password(**who, Password=PASSWORD, Permanent=True)
        tokens = stack.pool.initiate_auth(
            AuthFlow="USER_PASSWORD_AUTH",
            ClientId=client,
            AuthParameters={"USERNAME": "alice", "PASSWORD": PASSWORD},
        )["AuthenticationResult"]
        _refused_everywhere(alice, tokens["IdToken"])
        _refused_everywhere(alice, tokens["AccessToken"])
    finally:
        stack.pool.delete_user_pool(UserPoolId=pool)


@pytest.mark.parametrize("name", ["token", "access_token", "id_token", "authorization", "jwt"])
def test_a_token_in_the_url_is_refused_even_beside_a_good_one(
    world: World, alice: Person, name: str
) -> None:
    assert_refused(world, query={name: alice.token})
    assert_refused(alice, query={name: alice.token})


def test_without_a_token_nothing_is_open_but_health(world: World) -> None:
    assert_refused(world)
    nobody = world.api(None)
    for path, methods in document("openapi.json")["paths"].items():
        for method in methods:
            real = re.sub(r"\{\w+\}", "1", path)
            status, _ = nobody.raw(method.upper(), real)
            assert status == (200 if path == "/v1/health" else 401), (method, path)
