"""Demo users: made in the pool as an admin would, then seen once by the HTTP API.

The first request of a user makes its profile. Three of them become friends, so that there is
somebody to write to; the fourth stays a stranger.
"""

import urllib.error
from collections.abc import Mapping
from http import HTTPStatus
from itertools import combinations
from typing import Any

from local.api import ask
from local.errors import LocalError, tail
from local.places import Places
from local.stack import client
from local.tokens import sign_in

# Known to everyone who reads this, and good for a pool on this machine only.
PASSWORD = "chirrup-on-my-machine"  # noqa: S105
USERS = ("alice", "bob", "carol", "dave")
FRIENDS = ("alice", "bob", "carol")
ADMIN = "admin"
ADMIN_GROUP = "im-admin"


def make_users(local: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Make whoever is missing; everybody's user id and password by name.

    Args:
        local: The addresses of the stack, as in local.json.
    """
    pool = client("cognito-idp", local["endpoint_url"])
    people = {}
    for name in (*USERS, ADMIN):
        user_id = _make_user(pool, local["user_pool_id"], name)
        people[name] = {"user_id": user_id, "password": PASSWORD}
    pool.admin_add_user_to_group(
        UserPoolId=local["user_pool_id"], Username=ADMIN, GroupName=ADMIN_GROUP
    )
    return people


def _make_user(pool: Any, pool_id: str, name: str) -> str:
    who = {"UserPoolId": pool_id, "Username": name}
    attributes = {
        "name": name.capitalize(),
        "email": f"{name}@example.com",
        "email_verified": "true",
    }
    try:
        user = pool.admin_create_user(
            **who,
            MessageAction="SUPPRESS",
            UserAttributes=[{"Name": key, "Value": value} for key, value in attributes.items()],
        )["User"]
        found = user["Attributes"]
    except pool.exceptions.UsernameExistsException:
        found = pool.admin_get_user(**who)["UserAttributes"]
    pool.admin_set_user_password(**who, Password=PASSWORD, Permanent=True)
    return next(str(entry["Value"]) for entry in found if entry["Name"] == "sub")


def make_profiles(places: Places, local: dict[str, Any]) -> dict[str, str]:
    """Ask `GET /v1/me` as each user; everybody's token by name.

    Raises:
        LocalError: The HTTP API does not answer as it should.
    """
    tokens = {name: sign_in(local, name, PASSWORD)["IdToken"] for name in (*USERS, ADMIN)}
    for name, token in tokens.items():
        _ask(places, local, name, token, "GET", "/v1/me")
    return tokens


def make_friends(
    places: Places,
    local: dict[str, Any],
    people: Mapping[str, Mapping[str, str]],
    tokens: Mapping[str, str],
) -> None:
    """Have some of the users ask each other for friendship, who are no friends yet.

    Two requests that cross make friends. Whoever has blocked another since stays as they are.

    Args:
        places: The local stack's files.
        local: The addresses of the stack, as in local.json.
        people: User ids by name.
        tokens: By name.

    Raises:
        LocalError: The HTTP API does not answer as it should.
    """
    for name in FRIENDS[:-1]:
        listed = _ask(places, local, name, tokens[name], "GET", "/v1/friends")["items"]
        known = {friend["user_id"] for friend in listed}
        for one, other in combinations(FRIENDS, 2):
            if one == name and people[other]["user_id"] not in known:
                for who, whom in ((one, other), (other, one)):
                    body = {"user_id": people[whom]["user_id"]}
                    _ask(places, local, who, tokens[who], "POST", "/v1/friend-requests", body)


def _ask(
    places: Places,
    local: dict[str, Any],
    name: str,
    token: str,
    method: str,
    path: str,
    body: object = None,
) -> dict[str, Any]:
    """What the HTTP API answers to a user; nothing where the rules do not allow it."""
    try:
        return ask(local["http_url"], token, method, path, body)
    except urllib.error.HTTPError as error:
        if error.code in (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT) and method == "POST":
            return {}
        said = error.read().decode(errors="replace")
        status = HTTPStatus(error.code)
        raise LocalError(
            f"{method} {path} as {name} answered {status.value} {status.phrase}: {said}",
            details=tail(places.function_log),
            mend=f"see {places.function_log}",
        ) from error
