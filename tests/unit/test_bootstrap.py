"""The composition root: makes each thing once, of what the environment says."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest

from chirrup import bootstrap
from chirrup.bootstrap import adapters
from chirrup.settings import SettingsError

PACKAGE = f"{bootstrap.__name__}."
ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "AKID",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "session",
    "AWS_REGION": "us-east-1",
    "AWS_DEFAULT_REGION": "us-east-1",
    **{variable: f"chirrup-{name}" for name, variable in bootstrap.TABLES.items()},
    "MEDIA_BUCKET": "chirrup-media",
    "CONNECTIONS_URL": "https://a1b2c3.execute-api.us-east-1.amazonaws.com/v1",
    "SEND_MODE": "local",
    "INLINE_LIMIT": "20",
    "PRIVATE_CHAT_POLICY": "open",
    "AUTO_ACCEPT_FRIENDS": "false",
    "RETENTION_DAYS": "0",
    "GROUP_MAX_MEMBERS": "500",
    "HISTORY_VISIBLE": "join",
    "OIDC_ISSUER": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Abc",
    "OIDC_AUDIENCE": "client-1",
    "OIDC_USER_CLAIM": "sub",
    "ALLOWED_ORIGINS": "https://chat.example.com",
}
BUILDERS = {name: made for name, made in vars(bootstrap).items() if hasattr(made, "cache_clear")}


@pytest.fixture(autouse=True)
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing made yet, in an environment that holds all that is needed."""
    monkeypatch.setattr(adapters, "configure", lambda _: None)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    _forget()
    yield
    _forget()


def _forget() -> None:
    # By their names: what some of them make is called as they are.
    modules = [module for name, module in sys.modules.items() if name.startswith(PACKAGE)]
    for made in (made for module in modules for made in vars(module).values()):
        if hasattr(made, "cache_clear"):
            made.cache_clear()


@pytest.mark.parametrize("name", BUILDERS)
def test_each_thing_is_made_once_without_asking_anyone(name: str) -> None:
    build: Any = BUILDERS[name]
    assert build() is build()


def test_use_cases_share_what_they_stand_on() -> None:
    bootstrap.messaging()
    bootstrap.sessions()
    bootstrap.ticket_office()
    assert bootstrap.dynamo.cache_info().misses == 1
    assert bootstrap.connections.cache_info().misses == 1


NEEDS = {
    "messaging": ["SEND_MODE", "PRIVATE_CHAT_POLICY", "RETENTION_DAYS", "CONNECTIONS_URL"],
    "groups": ["GROUP_MAX_MEMBERS", "HISTORY_VISIBLE", "PRIVATE_CHAT_POLICY"],
    "friendship": ["AUTO_ACCEPT_FRIENDS", "RETENTION_DAYS"],
    "admission": ["OIDC_ISSUER", "OIDC_AUDIENCE", "OIDC_USER_CLAIM", "ALLOWED_ORIGINS"],
    "sessions": ["CONNECTIONS_URL", "AWS_ACCESS_KEY_ID", "AWS_REGION"],
}


@pytest.mark.parametrize(
    ("name", "variable"), [(name, one) for name, needed in NEEDS.items() for one in needed]
)
def test_what_is_missing_names_itself_at_the_start(
    name: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(variable)
    with pytest.raises(SettingsError, match=variable):
        BUILDERS[name]()


CARRIERS = {
    "redis": "FANOUT_TOPIC_ARN",
    "rabbitmq": "FANOUT_TOPIC_ARN",
    "rocketmq": "FANOUT_QUEUE_URLS",
    "kafka": "FANOUT_QUEUE_URLS",
}


@pytest.mark.parametrize("mode", CARRIERS)
@pytest.mark.parametrize("missing", ["its carrier", "INLINE_LIMIT", None])
def test_a_carrier_needs_to_know_where_it_goes_and_who_is_told_without_it(
    mode: str, missing: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEND_MODE", mode)
    monkeypatch.setenv(CARRIERS[mode], "arn:aws:sns:us-east-1:1:topic")
    if missing is None:
        assert bootstrap.messaging()
        return
    variable = CARRIERS[mode] if missing == "its carrier" else missing
    monkeypatch.delenv(variable)
    with pytest.raises(SettingsError, match=variable):
        bootstrap.messaging()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SEND_MODE", "pigeon"),
        ("PRIVATE_CHAT_POLICY", "closed"),
        ("RETENTION_DAYS", "for ever"),
        ("LOG_LEVEL", "chatty"),
    ],
)
def test_what_is_bad_names_itself_at_the_start(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable):
        bootstrap.messaging()


def test_a_socket_with_a_token_needs_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in bootstrap.TABLES.values():
        monkeypatch.delenv(variable)
    bootstrap.admission()
    assert bootstrap.dynamo.cache_info().misses == 0
