"""The environment: what is missing or bad names itself."""

import pytest

from chirrup.settings import Settings, SettingsError, from_environment

POOL = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Abc"


def test_a_value_that_is_missing_or_empty_names_itself() -> None:
    for settings in (Settings({}), Settings({"SEND_MODE": ""})):
        with pytest.raises(SettingsError, match="SEND_MODE is not set"):
            settings.text("SEND_MODE")


def test_a_value_may_be_missing_where_it_is_optional() -> None:
    settings = Settings({"A": "a", "B": ""})
    assert [settings.optional(name) for name in "ABC"] == ["a", None, None]


@pytest.mark.parametrize("text", ["-1", "1.5", "x", "1 000", "1e3"])
def test_a_number_that_is_none_names_itself(text: str) -> None:
    with pytest.raises(SettingsError, match=r"RETENTION_DAYS must be a whole number, not"):
        Settings({"RETENTION_DAYS": text}).number("RETENTION_DAYS")
    assert Settings({"RETENTION_DAYS": "0"}).number("RETENTION_DAYS") == 0


def test_a_choice_that_is_none_names_itself_and_what_there_is() -> None:
    with pytest.raises(SettingsError, match="SEND_MODE must be one of local, kafka, not 'pigeon'"):
        Settings({"SEND_MODE": "pigeon"}).choice("SEND_MODE", "local", "kafka")
    assert Settings({"SEND_MODE": "kafka"}).choice("SEND_MODE", "local", "kafka") == "kafka"


def test_a_list_is_divided_by_commas() -> None:
    settings = Settings({"ALLOWED_ORIGINS": " https://a.example,, https://b.example "})
    assert settings.words("ALLOWED_ORIGINS") == {"https://a.example", "https://b.example"}
    with pytest.raises(SettingsError, match="ALLOWED_ORIGINS"):
        Settings({}).words("ALLOWED_ORIGINS")


def test_the_sdks_own_variable_says_where_connections_are_posted_to() -> None:
    given = {"CONNECTIONS_URL": "https://a.example/v1"}
    assert Settings(given).connections_url() == "https://a.example/v1"
    elsewhere = {"AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI": "http://127.0.0.1:4566/v1"}
    assert Settings(given | elsewhere).connections_url() == "http://127.0.0.1:4566/v1"
    with pytest.raises(SettingsError, match="CONNECTIONS_URL"):
        Settings({}).connections_url()


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        ({"OIDC_ISSUER": POOL}, f"{POOL}/.well-known/jwks.json"),
        (
            {"OIDC_ISSUER": POOL, "AWS_ENDPOINT_URL": "http://127.0.0.1:4566/"},
            "http://127.0.0.1:4566/eu-west-1_Abc/.well-known/jwks.json",
        ),
        (
            {
                "OIDC_ISSUER": POOL,
                "AWS_ENDPOINT_URL": "http://127.0.0.1:1",
                "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": "http://127.0.0.1:2",
            },
            "http://127.0.0.1:2/eu-west-1_Abc/.well-known/jwks.json",
        ),
        ({"OIDC_ISSUER": POOL, "OIDC_JWKS_URL": "https://k.example/k"}, "https://k.example/k"),
        ({"OIDC_ISSUER": "https://login.example/", "OIDC_JWKS_URL": ""}, None),
        # Only the pool's own host: others may have such a name in theirs.
        ({"OIDC_ISSUER": "https://login.cognito-idp.example/x"}, None),
    ],
)
def test_where_the_issuers_keys_are(environment: dict[str, str], url: str | None) -> None:
    assert Settings(environment).keys_url() == url


def test_the_environment_is_copied_when_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEND_MODE", "local")
    settings = from_environment()
    monkeypatch.setenv("SEND_MODE", "kafka")
    assert settings.text("SEND_MODE") == "local"
