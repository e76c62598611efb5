"""The environment, read once into a frozen object. A missing or bad value names itself."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

COGNITO_HOST = "cognito-idp."


class SettingsError(Exception):
    """An environment variable is missing or bad; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Environment variables of one function; each function is given those that it needs."""

    environment: Mapping[str, str]

    def text(self, name: str) -> str:
        """A value that must be there.

        Raises:
            SettingsError: It is not.
        """
        value = self.environment.get(name, "")
        if not value:
            raise SettingsError(f"{name} is not set")
        return value

    def optional(self, name: str) -> str | None:
        """A value that may be missing or empty."""
        return self.environment.get(name) or None

    def words(self, name: str) -> frozenset[str]:
        """A list, divided by commas."""
        return frozenset(word.strip() for word in self.text(name).split(",") if word.strip())

    def number(self, name: str) -> int:
        """A whole number that is not negative.

        Raises:
            SettingsError: It is missing or something else.
        """
        text = self.text(name)
        if not text.isdecimal():
            raise SettingsError(f"{name} must be a whole number, not {text!r}")
        return int(text)

    def choice(self, name: str, *values: str) -> str:
        """One of some values.

        Raises:
            SettingsError: It is missing or another.
        """
        text = self.text(name)
        if text not in values:
            raise SettingsError(f"{name} must be one of {', '.join(values)}, not {text!r}")
        return text

    def connections_url(self) -> str:
        """Where `@connections` is; the AWS SDKs' own variable for it wins."""
        elsewhere = self.optional("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI")
        return elsewhere or self.text("CONNECTIONS_URL")

    def keys_url(self) -> str | None:
        """The issuer's JSON Web Key Set; None where OIDC discovery has to tell.

        Cognito is asked where the AWS SDKs' own variables say that it is, if they say so.
        """
        given = self.optional("OIDC_JWKS_URL")
        if given:
            return given
        issuer = urlsplit(self.text("OIDC_ISSUER"))
        if not (issuer.hostname or "").startswith(COGNITO_HOST):
            return None
        elsewhere = self.optional("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER") or self.optional(
            "AWS_ENDPOINT_URL"
        )
        base = elsewhere or f"{issuer.scheme}://{issuer.netloc}"
        return f"{base.rstrip('/')}{issuer.path.rstrip('/')}/.well-known/jwks.json"


def from_environment() -> Settings:
    """The settings of this process."""
    return Settings(dict(os.environ))
