"""Notifications of business systems."""

from typing import Any

from chirrup.domain.errors import ErrorCode
from chirrup.service.notifications import NOTICE, SYSTEM, NewNotification
from tests.unit.making import refused
from tests.unit.station import FAR, Station
from tests.unit.world import ALICE


def shop() -> Station:
    station = Station()
    station.broadcasting.templates.put("shipped", "Your order {order} is on its way.")
    return station


def notify(station: Station, key: str = "k", *user_ids: str, **data: str) -> str:
    new = NewNotification(key, "shipped", data, user_ids or ("alice",))
    return station.broadcasting.notifications.notify(new)


def test_a_user_is_told_by_the_words_of_the_template() -> None:
    station = shop()
    id_ = notify(station, order="42")
    (notice,) = station.notices("alice")
    assert (notice.type, notice.sender_id) == (NOTICE, SYSTEM)
    assert notice.content == {
        "notification_id": id_,
        "template_id": "shipped",
        "text": "Your order 42 is on its way.",
    }
    assert station.unread(ALICE) == {"u_alice": 1}


def test_the_same_key_again_tells_nobody_twice() -> None:
    station = shop()
    id_ = notify(station, order="42")
    assert notify(station, order="42") == id_
    with refused(ErrorCode.IDEMPOTENCY_CONFLICT, notification_id=id_):
        notify(station, order="43")
    assert len(station.notices("alice")) == 1
    notify(station, "other", order="42")
    assert len(station.notices("alice")) == 2


def test_a_retry_finds_what_was_told_although_the_template_is_another_now() -> None:
    station = shop()
    notify(station, order="42")
    station.broadcasting.templates.put("shipped", "No fields.")
    notify(station, order="42")
    assert len(station.notices("alice")) == 1


def test_data_that_does_not_fit_the_template_is_refused() -> None:
    station = shop()
    for data, problem in (({}, "is required"), ({"order": "1", "more": "2"}, "is not known")):
        with refused(ErrorCode.INVALID_REQUEST, problem=problem):
            notify(station, "k", "alice", **data)
    assert station.notices("alice") == []


def test_a_template_that_is_not_there_tells_nothing() -> None:
    station = shop()
    new = NewNotification("k", "lost", {}, ("alice",))
    with refused(ErrorCode.NOT_FOUND, field="template_id"):
        station.broadcasting.notifications.notify(new)
    with refused(ErrorCode.NOT_FOUND):
        station.broadcasting.templates.delete("lost")


def test_many_users_are_told_by_pages() -> None:
    station = shop()
    users = [f"u{number}" for number in range(50)]
    for user_id in users:
        station.meet(user_id)
    id_ = notify(station, "k", *users, order="1")
    assert station.broadcasting.mailings.deliver(id_, FAR)
    assert all(len(station.notices(user_id)) == 1 for user_id in users)


def test_few_users_are_told_at_once_with_one_commit() -> None:
    station = shop()
    steps: list[Any] = []
    station.tables.hook = steps.append
    notify(station, "k", "alice", "bob", order="1")
    assert steps.count("before commit") == 1
