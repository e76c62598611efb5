"""Signing in to the local stack's user pool, without an SDK."""

import json
import urllib.error
import urllib.request
from typing import Any

from local.errors import LocalError


def _cognito(endpoint: str, action: str, body: dict[str, Any]) -> dict[str, Any]:
    request = urllib.request.Request(  # noqa: S310 - the emulator's own address
        endpoint,
        data=json.dumps(body).encode(),
        headers={
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": f"AWSCognitoIdentityProviderService.{action}",
        },
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
        found: dict[str, Any] = json.load(answer)
    return found


def sign_in(local: dict[str, Any], name: str, password: str) -> dict[str, str]:
    """Sign in as the app would.

    Args:
        local: The content of local.json.
        name: The name in the pool.
        password: As local.json has it.

    Returns:
        `IdToken`, `AccessToken` and `RefreshToken`.

    Raises:
        LocalError: The stack does not answer, or refuses.
    """
    body = {
        "AuthFlow": "USER_PASSWORD_AUTH",
        "ClientId": local["client_id"],
        "AuthParameters": {"USERNAME": name, "PASSWORD": password},
    }
    try:
        found = _cognito(local["endpoint_url"], "InitiateAuth", body)
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace")
        raise LocalError(f"{name} cannot sign in: {said}", mend="start the stack again") from error
    except OSError as error:
        raise LocalError(
            f"The local stack does not answer at {local['endpoint_url']}.",
            mend="start it with `make stack` or `make dev`",
        ) from error
    tokens: dict[str, str] = found["AuthenticationResult"]
    return tokens


def password_of(local: dict[str, Any], name: str) -> str:
    """The password of a demo user or the admin.

    Raises:
        LocalError: There is no such user.
    """
    people = {**local["users"], "admin": local["admin"]}
    if name not in people:
        raise LocalError(f"There is no user {name!r}.", mend=f"take one of {', '.join(people)}")
    found: str = people[name]["password"]
    return found
