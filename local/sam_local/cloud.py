"""What the functions talk to: tables, tokens and `@connections`, on the emulator.

MiniStack rather than moto's server: it is what `make dev` runs, its pool signs real tokens, and
its `@connections` answers 410 for a socket that is gone, which moto's never does. It runs as it
is, without the adapters of local/emulator: those serve deployed functions and sockets, which this
run has none of.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

from local.engine import healthy
from local.errors import LocalError, tail
from local.places import REGION, Places, emulator_python
from local.processes import end_group, wait_until
from local.sam_local.network import Network, free_port

START_TIMEOUT_S = 60.0
STAGE = "v1"
BUCKET = "media"
TABLE = "AWS::DynamoDB::Table"
# What CreateTable takes of a template's table; the rest has calls of its own, or no meaning here.
TABLE_PROPERTIES = (
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
)
PASSWORD = "correct-Horse-7-battery"  # noqa: S105


@dataclass(frozen=True)
class Cloud:
    """Everything emulated.

    Attributes:
        url: The emulator's address from this machine.
        inside: The same from a container.
        tables: Names of the tables by their logical ids in the template.
    """

    url: str
    inside: str
    tables: dict[str, str]
    pool_id: str
    client_id: str
    api_id: str

    @property
    def issuer(self) -> str:
        """What the pool's tokens name as their issuer."""
        return f"https://cognito-idp.{REGION}.amazonaws.com/{self.pool_id}"

    def client(self, service: str) -> Any:
        """A client of an emulated service."""
        return _client(service, self.url)

    def token(self, user: str) -> tuple[str, str]:
        """A new user's id token, and the user's id."""
        pool = self.client("cognito-idp")
        made = pool.admin_create_user(
            UserPoolId=self.pool_id, Username=user, MessageAction="SUPPRESS"
        )
        pool.admin_set_user_password(
            UserPoolId=self.pool_id, Username=user, Password=PASSWORD, Permanent=True
        )
        signed_in = pool.initiate_auth(
            ClientId=self.client_id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": user, "PASSWORD": PASSWORD},
        )
        attributes = {a["Name"]: a["Value"] for a in made["User"]["Attributes"]}
        return signed_in["AuthenticationResult"]["IdToken"], attributes["sub"]


def _client(service: str, url: str) -> Any:
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106
        # Neither the proxy nor the profile of this machine is meant for the emulator.
        config=Config(proxies={}),
    )


@contextlib.contextmanager
def cloud(places: Places, network: Network, resources: dict[str, Any]) -> Iterator[Cloud]:
    """Run an emulator with the template's tables, empty, for the time of the block.

    Raises:
        LocalError: It does not start.
    """
    port = free_port(network.bind)
    log = places / "emulator.log"
    (places / "tmp").mkdir(exist_ok=True)
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(emulator_python()), "-m", "ministack"],
            env=_environment(network, port, places),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    url = f"http://{network.bind}:{port}"
    try:
        wait_until(lambda: process.poll() is not None or healthy(url), timeout_s=START_TIMEOUT_S)
        if process.poll() is not None or not healthy(url):
            raise LocalError("The emulator does not start.", details=tail(log), mend=f"see {log}")
        yield _filled(url, f"http://{network.host}:{port}", resources)
    finally:
        # It keeps nothing, so there is nothing to wait for.
        end_group(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(places / "tmp", ignore_errors=True)


def _environment(network: Network, port: int, places: Places) -> dict[str, str]:
    kept = ("PATH", "HOME", "LANG", "TZ")
    return {
        **{name: os.environ[name] for name in kept if name in os.environ},
        "BIND_HOST": network.bind,
        "GATEWAY_PORT": str(port),
        "SERVICES": "dynamodb,cognito-idp,apigateway,s3",
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        # It writes a file with its pid there.
        "TMPDIR": str(places / "tmp"),
        # At its start it removes what it takes for containers of its own.
        "DOCKER_HOST": "unix:///dev/null/none",
    }


def _filled(url: str, inside: str, resources: dict[str, Any]) -> Cloud:
    tables = {name: r["Properties"] for name, r in resources.items() if r["Type"] == TABLE}
    dynamodb = _client("dynamodb", url)
    for name, properties in tables.items():
        given = {key: properties[key] for key in TABLE_PROPERTIES if key in properties}
        dynamodb.create_table(TableName=name, **given)
    _client("s3", url).create_bucket(Bucket=BUCKET)
    pool = _client("cognito-idp", url)
    pool_id = pool.create_user_pool(PoolName="sam-local")["UserPool"]["Id"]
    client = pool.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="sam-local",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    )
    gateway = _client("apigatewayv2", url)
    api = gateway.create_api(
        Name="sam-local",
        ProtocolType="WEBSOCKET",
        RouteSelectionExpression="$request.body.action",
    )
    gateway.create_stage(ApiId=api["ApiId"], StageName=STAGE)
    return Cloud(
        url=url,
        inside=inside,
        tables={name: name for name in tables},
        pool_id=pool_id,
        client_id=client["UserPoolClient"]["ClientId"],
        api_id=api["ApiId"],
    )


def variables(cloud: Cloud) -> dict[str, str]:
    """Values of the functions' own variables; SAM gives each function those it declares."""
    return {
        **{_variable(name): table for name, table in cloud.tables.items()},
        "MEDIA_BUCKET": BUCKET,
        "CONNECTIONS_URL": f"{cloud.inside}/_aws/execute-api/{cloud.api_id}/{STAGE}",
        "OIDC_ISSUER": cloud.issuer,
        "OIDC_AUDIENCE": cloud.client_id,
        "OIDC_JWKS_URL": f"{cloud.inside}/{cloud.pool_id}/.well-known/jwks.json",
        # The samples are of single requests: few of their people have made friends before.
        "PRIVATE_CHAT_POLICY": "open",
    }


def _variable(logical_id: str) -> str:
    return logical_id.removesuffix("Table").upper() + "_TABLE"


def write_variables(places: Places, cloud: Cloud) -> None:
    """Write the file for `--env-vars`."""
    content = {"Parameters": variables(cloud)}
    (places / "variables.json").write_text(json.dumps(content, indent=2), encoding="utf-8")
