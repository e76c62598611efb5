"""Words that are not wanted: refused, masked, flagged, wherever users write."""

from typing import TYPE_CHECKING, Any

import pytest

from chirrup.domain.hits import Status
from chirrup.domain.words import Action
from chirrup.service.word_list import LOOK_EVERY_MS
from local.processes import wait_until
from tests.e2e.club import Club
from tests.e2e.moderator import Moderator
from tests.e2e.people import Person
from tests.e2e.stack import Stack
from tests.e2e.wire import Refused, chat_of, new_id, refused, text

if TYPE_CHECKING:
    from collections.abc import Callable

IN_FORCE_S = 60


@pytest.fixture(scope="module")
def moderator(stack: Stack) -> Moderator:
    """Who looks after the list."""
    return Moderator(stack)


@pytest.fixture(scope="module")
def words(moderator: Moderator) -> dict[Action, str]:
    """A word for each action, in force."""
    made = {action: moderator.watch_for(action) for action in Action}
    moderator.renew()
    return made


def test_a_message_with_a_word_to_be_rejected_is_refused_and_nobody_sees_it(
    words: dict[Action, str], moderator: Moderator, alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    chat, word = chat_of(alice.id, bob.id), words[Action.REJECT]
    phone.ask("sendMessage", to=bob.id, **text("hello"))
    assert desk.expect("message.created")
    for said in (word, word.upper(), ".".join(word), f"well, {word}!"):
        with refused("sensitive_word") as details:
            phone.ask("sendMessage", to=bob.id, **text(said))
        assert details == {"field": "content.text"}
    with refused("sensitive_word"):
        alice.api.post(f"/v1/conversations/{chat}/messages", text(" ".join(word)))
    assert phone.ask("sendMessage", to=bob.id, **text(f"{word}ish"))["seq"] == 2
    assert [event["seq"] for event in desk.pushed()] == [2]
    assert [one["seq"] for one in desk.ask("history", conversation_id=chat)["messages"]] == [1, 2]
    assert {hit.occasion.conversation_id for hit in moderator.hits(alice.id)} == {chat}


def test_a_word_to_be_masked_is_seen_by_nobody_and_a_retry_is_the_same_message(
    words: dict[Action, str], alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    chat, word = chat_of(alice.id, bob.id), words[Action.MASK]
    said = text(f"you {word}!")
    first = phone.ask("sendMessage", to=bob.id, **said)
    again = phone.ask("sendMessage", to=bob.id, **said, attempt=2)
    assert (again["seq"], again["duplicate"]) == (first["seq"], True)
    masked = {"text": f"you {'*' * len(word)}!"}
    assert desk.expect("message.created")["message"]["content"] == masked
    assert bob.api.get(f"/v1/conversations/{chat}")["preview"]["excerpt"] == masked["text"]
    with refused("sensitive_word"):
        edit = {"text": words[Action.REJECT]}
        phone.ask("editMessage", conversation_id=chat, seq=first["seq"], content=edit)
    edit = {"text": f"you little {word}"}
    phone.ask("editMessage", conversation_id=chat, seq=first["seq"], content=edit)
    changed = desk.expect("message.updated")["message"]["content"]
    assert changed == {"text": f"you little {'*' * len(word)}"}


def test_a_flagged_message_is_delivered_and_waits_for_review(
    words: dict[Action, str], moderator: Moderator, alice: Person, bob: Person
) -> None:
    phone, desk = alice.open(), bob.open()
    said = text(f"my {words[Action.FLAG]}")
    ack = phone.ask("sendMessage", to=bob.id, **said)
    assert desk.expect("message.created")["message"]["content"] == said["content"]
    (hit,) = moderator.hits(alice.id)
    assert (hit.status, hit.action) == (Status.WAITING, Action.FLAG)
    assert (hit.occasion.ref, hit.occasion.seq) == (said["client_id"], ack["seq"])
    assert hit.name in [one.name for one in moderator.cases.hits.waiting(None, 100)[0]]


def test_names_and_notices_are_looked_through_too(
    words: dict[Action, str], alice: Person, bob: Person
) -> None:
    alice.befriend(bob)
    word, masked = words[Action.REJECT], words[Action.MASK]
    club = Club(alice, bob)
    board = club.path("announcements")
    refusals: list[tuple[Callable[..., Any], str, dict[str, Any]]] = [
        (alice.api.post, "/v1/groups", {"client_id": new_id(), "name": word}),
        (alice.api.patch, club.path(), {"name": word}),
        (alice.api.patch, club.path(), {"description": word}),
        (bob.api.patch, club.path("members", bob.id), {"nickname": word}),
        (alice.api.post, board, {"text": word}),
        (alice.api.patch, "/v1/me", {"name": word}),
    ]
    for ask, path, body in refusals:
        with refused("sensitive_word"):
            ask(path, body)
    stars = "*" * len(masked)
    assert alice.api.patch(club.path(), {"name": f"The {masked}"})["name"] == f"The {stars}"
    assert alice.api.post(board, {"text": masked})["text"] == stars
    assert bob.api.patch("/v1/me", {"name": masked})["name"] == stars


def test_a_change_is_in_force_in_functions_that_run_within_a_minute(
    words: dict[Action, str], moderator: Moderator, alice: Person, bob: Person
) -> None:
    phone = alice.open()
    phone.ask("sendMessage", to=bob.id, **text("hello"))
    word = moderator.watch_for(Action.REJECT)

    def is_refused() -> bool:
        try:
            phone.patiently("sendMessage", to=bob.id, **text(word))
        except Refused as refusal:
            assert refusal.code == "sensitive_word"
            return True
        return False

    assert LOOK_EVERY_MS < IN_FORCE_S * 1_000
    # Slowly enough for the rate of messages.
    assert wait_until(is_refused, timeout_s=IN_FORCE_S, every_s=1)
