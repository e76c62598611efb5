"""Signing in as a demo user."""

import pytest

from local.errors import LocalError
from local.tokens import password_of, sign_in

LOCAL = {
    "endpoint_url": "http://127.0.0.1:9",
    "client_id": "client",
    "users": {"alice": {"user_id": "1", "password": "a"}},
    "admin": {"username": "admin", "user_id": "2", "password": "b"},
}


def test_users_and_the_admin_have_passwords() -> None:
    assert password_of(LOCAL, "alice") == "a"
    assert password_of(LOCAL, "admin") == "b"


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(LocalError, match="mallory") as failure:
        password_of(LOCAL, "mallory")
    assert failure.value.mend == "take one of alice, admin"


def test_a_stack_that_does_not_answer_is_said_plainly() -> None:
    # Nothing listens on the discard port.
    with pytest.raises(LocalError, match="does not answer"):
        sign_in(LOCAL, "alice", "a")
