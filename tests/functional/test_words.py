"""Words that are not wanted, through the functions as they are wired."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from chirrup import bootstrap
from chirrup.domain.words import Action, Word
from chirrup.service.hits import WantedHits
from chirrup.storage.objects import client
from tests.functional.clients import http
from tests.functional.functions import Functions

FAR = 4_000_000_000_000


@pytest.fixture
def word(functions: Functions) -> Iterator[str]:
    """A word to be masked, on the list of functions that have just started."""
    s3: Any = client(bootstrap.dynamo().session)
    s3.create_bucket(Bucket="media")
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in uuid4().hex[:12])
    bootstrap.moderation().words.add("ann", Word(letters, Action.MASK))
    _look_anew()
    yield letters
    _look_anew()


def _look_anew() -> None:
    """Functions are warm for the tests of a whole run; their next text asks for the list."""
    bootstrap.screening()._words._look_at = 0


def test_what_users_write_is_masked_and_a_retry_is_the_same(
    functions: Functions, word: str
) -> None:
    def ask(method: str, path: str, body: dict[str, Any]) -> Any:
        status, answer = http(functions, method, path, user="alice", expires_at=FAR, body=body)
        assert status < 300, answer
        return answer

    stars = "*" * len(word)
    assert ask("PATCH", "/v1/me", {"name": f"x {word}"})["name"] == f"x {stars}"
    message = {"client_id": "c-1", "type": "text", "content": {"text": f"oh {word}"}}
    notes = "/v1/conversations/s_alice/messages"
    assert [ask("POST", notes, message)["duplicate"] for _ in range(2)] == [False, True]
    entry = bootstrap.timeline().get("s_alice", [1])[1]
    assert entry.content == {"text": f"oh {stars}"}
    hits, _ = bootstrap.moderation().hits.list(WantedHits(user_id="alice"), None, 10)
    assert sorted(hit.occasion.what for hit in hits) == ["message", "profile"]
