"""Remembered sockets: never older than what the counts say, never kept for long."""

import pytest

from chirrup.domain.connections import part_of
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.push import memory
from chirrup.push.memory import FEWEST, KEPT_MS
from tests.unit.making import socket
from tests.unit.pushing import Push

USERS = tuple(f"user{number}" for number in range(FEWEST))


@pytest.fixture
def push() -> Push:
    made = Push()
    made.looked_up = []
    made.tables.hook = lambda step: made.looked_up.append(step) if "before get" in step else None
    for user in USERS:
        made.connections.add(user, socket(f"{user}="))
    return made


def test_a_second_push_asks_for_the_counts_alone(push: Push) -> None:
    assert push.push(user_ids=USERS) == {"pushed": FEWEST}
    assert push.looked_up == ["before get counts", "before get connections"]
    push.looked_up.clear()
    assert push.push(user_ids=USERS) == {"pushed": FEWEST}
    assert push.looked_up == ["before get counts"]


def test_few_are_looked_up_each_time(push: Push) -> None:
    for _ in range(2):
        push.push(user_ids=USERS[1:])
    assert push.looked_up == ["before get connections"] * 2


def test_who_connects_is_pushed_to_at_once(push: Push) -> None:
    push.push(user_ids=(*USERS, "carol"))
    push.connections.add("carol", socket("new="))
    push.connections.add(USERS[0], socket("tablet=", "tablet"))
    assert push.push(user_ids=(*USERS, "carol")) == {"pushed": FEWEST + 2}
    assert len(push.got("new=")) == len(push.got("tablet=")) == 1


def test_one_that_connects_while_looked_up_is_not_missed_next_time(push: Push) -> None:
    """The count is read first: what comes between is looked up again."""

    def connect(step: str) -> None:
        if step == "after get connections":
            push.tables.hook = lambda _: None
            push.connections.add(USERS[0], socket("new=", "tablet"))

    push.tables.hook = connect
    push.push(user_ids=USERS)
    assert push.got("new=") == []
    push.push(user_ids=USERS)
    assert len(push.got("new=")) == 1


def test_only_users_of_a_part_that_has_counted_on_are_looked_up(push: Push) -> None:
    push.push(user_ids=USERS)
    push.connections.add(USERS[3], socket("more=", "tablet"))
    asked: list[str] = []
    of = push.connections.of

    def noted(user_ids: list[str], *, consistent: bool = False) -> object:
        assert consistent
        asked.extend(user_ids)
        return of(user_ids, consistent=consistent)

    push.connections.of = noted  # type: ignore[method-assign,assignment]
    push.push(user_ids=USERS)
    assert asked == [user for user in USERS if part_of(user) == part_of(USERS[3])]


def test_a_socket_that_is_gone_is_forgotten(push: Push) -> None:
    push.push(user_ids=USERS)
    push.gateway.gone.add(f"{USERS[0]}=")
    assert push.push(user_ids=USERS) == {"pushed": FEWEST - 1, "gone": 1}
    assert push.push(user_ids=USERS) == {"pushed": FEWEST - 1}


def test_nothing_is_remembered_for_long(push: Push) -> None:
    push.push(user_ids=USERS)
    push.tables.sockets[USERS[0]].clear()
    assert push.push(user_ids=USERS) == {"pushed": FEWEST}
    push.clock.advance(KEPT_MS)
    assert push.push(user_ids=USERS) == {"pushed": FEWEST - 1}


def test_no_more_users_are_kept_than_there_is_room_for(
    push: Push, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "USERS_KEPT", FEWEST - 5)
    for _ in range(2):
        assert push.push(user_ids=USERS) == {"pushed": FEWEST}
    assert push.looked_up.count("before get connections") == 2


def test_without_the_counts_nobody_is_told_and_it_is_said(push: Push) -> None:
    def throttle(step: str) -> None:
        if step == "before get counts":
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE)

    push.tables.hook = throttle
    assert push.unread(user_ids=USERS) == {0}
    assert push.gateway.frames == {}
