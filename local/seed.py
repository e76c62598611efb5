"""Demo users: made in the pool as an admin would, then seen once by the HTTP API.

The first request of a user makes its profile.
"""

import urllib.error
import urllib.request
from http import HTTPStatus
from typing import Any

from local.errors import LocalError, tail
from local.places import Places
from local.stack import client
from local.tokens import sign_in

# Known to everyone who reads this, and good for a pool on this machine only.
PASSWORD = "chirrup-on-my-machine"  # noqa: S105
USERS = ("alice", "bob", "carol", "dave")
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


def make_profiles(places: Places, local: dict[str, Any]) -> None:
    """Ask `GET /v1/me` as each user.

    Raises:
        LocalError: The HTTP API does not answer as it should.
    """
    for name in (*USERS, ADMIN):
        token = sign_in(local, name, PASSWORD)["IdToken"]
        request = urllib.request.Request(  # noqa: S310 - the emulator's own address
            f"{local['http_url']}/v1/me", headers={"Authorization": f"Bearer {token}"}
        )
        try:
            with urllib.request.urlopen(request, timeout=60):  # noqa: S310
                continue
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")
            status = HTTPStatus(error.code)
            raise LocalError(
                f"GET /v1/me as {name} answered {status.value} {status.phrase}: {said}",
                details=tail(places.function_log),
                mend=f"see {places.function_log}",
            ) from error
