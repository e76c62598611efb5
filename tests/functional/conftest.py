"""What the functions talk to: tables on moto, `@connections` and an issuer of our own."""

from collections.abc import Iterator
from typing import Any

import pytest
from moto import mock_aws

from chirrup import bootstrap
from chirrup.bootstrap import telling
from chirrup.storage.objects import client
from tests import samples
from tests.functional.functions import Functions
from tests.support.connections_api import ConnectionsServer, connections_server
from tests.support.issuer import CLIENT, Issuer, serving
from tests.support.tables import TABLES, create_tables

REGION = "us-east-1"
BUCKET = "media"


@pytest.fixture(scope="session")
def at_connections() -> Iterator[ConnectionsServer]:
    """`@connections`, for all tests."""
    with connections_server() as server:
        yield server


@pytest.fixture(scope="session")
def at_issuer() -> Iterator[Issuer]:
    """The issuer, for all tests."""
    with serving() as issuer:
        yield issuer


@pytest.fixture(autouse=True)
def environment(
    monkeypatch: pytest.MonkeyPatch, at_connections: ConnectionsServer, at_issuer: Issuer
) -> None:
    """What the template gives the functions, all of it to each."""
    variables = {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_SESSION_TOKEN": "test",
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        **{bootstrap.TABLES[logical]: name for logical, name in TABLES.items()},
        "CONNECTIONS_URL": at_connections.url,
        "MEDIA_BUCKET": BUCKET,
        "SEND_MODE": "local",
        "PRIVATE_CHAT_POLICY": "open",
        "AUTO_ACCEPT_FRIENDS": "false",
        "RETENTION_DAYS": "0",
        "GROUP_MAX_MEMBERS": "500",
        "HISTORY_VISIBLE": "join",
        "OIDC_ISSUER": at_issuer.url,
        "OIDC_AUDIENCE": CLIENT,
        "OIDC_JWKS_URL": f"{at_issuer.url}/keys",
        "OIDC_USER_CLAIM": "sub",
        "ALLOWED_ORIGINS": "https://chat.example.com",
        "LOG_LEVEL": "INFO",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def loaded() -> list[Functions]:
    """The functions, once the first test has loaded them."""
    return []


@pytest.fixture
def functions(environment: None, loaded: list[Functions]) -> Iterator[Functions]:
    """The functions, on tables that are empty."""
    with mock_aws():
        if not loaded:
            loaded.append(Functions())
        dynamo = bootstrap.dynamo()
        create_tables(dynamo)
        samples.store(
            lambda table, item: dynamo.connection.dispatch(
                "PutItem", {"TableName": TABLES[table], "Item": item}
            )
        )
        s3: Any = client(dynamo.session)
        s3.create_bucket(Bucket=BUCKET)
        samples.put_objects(s3, BUCKET)
        yield loaded[0]
    _close_sockets()


def _close_sockets() -> None:
    """Those to `@connections`, which a function keeps as long as it lives."""
    if telling._connections_api.cache_info().currsize:
        gateway: Any = bootstrap.gateway()
        gateway._open().close()
        telling._connections_api.cache_clear()


@pytest.fixture
def gateway(at_connections: ConnectionsServer) -> ConnectionsServer:
    """`@connections`, which was asked nothing yet."""
    at_connections.reset()
    return at_connections


@pytest.fixture
def issuer(at_issuer: Issuer) -> Issuer:
    """The issuer of the tokens that are good here."""
    at_issuer.reset()
    return at_issuer
