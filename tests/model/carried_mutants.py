"""Broken variants of carriers and fan-out, each with a fault that the checker must find."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from chirrup.domain.audiences import Audience
from chirrup.domain.connections import Connection
from chirrup.ports.fanout import Parcel
from chirrup.push.coalescing import Coalescing, Heard
from chirrup.push.dispatchers import QueueDispatcher
from chirrup.push.pusher import Pusher
from chirrup.push.recipients import Recipients
from chirrup.transport.queue import fanout
from tests.model.carried import Sockets

Patch = pytest.MonkeyPatch


def acknowledged_before_carried(patch: Patch) -> None:
    """The answer goes out though no carrier has the job."""
    patch.setattr(QueueDispatcher, "dispatch", lambda *_: None)


def only_the_first_page(patch: Patch) -> None:
    """Of a large audience only the first page is handed over."""
    pages = Audience.pages
    patch.setattr(Audience, "pages", lambda audience: pages(audience)[:1])


def second_page_forgotten(patch: Patch) -> None:
    """The fan-out tells nobody who stands on the second page."""
    users = Recipients._users

    def without_second(found: Recipients, audience: Audience) -> Any:
        return ([], frozenset()) if audience.page.number == 1 else users(found, audience)

    patch.setattr(Recipients, "_users", without_second)


def late_not_given_back(patch: Patch) -> None:
    """Jobs that were not ended in time are deleted all the same."""
    patch.setattr(fanout, "LAST_TRY", 0)


def removed_when_told_again(patch: Patch) -> None:
    """A connection that is told the same again is taken for gone."""
    note = Pusher._note
    told: set[tuple[str, bytes]] = set()

    def once(pusher: Pusher, parcel: Parcel, user_id: str, one: Connection, *rest: Any) -> None:
        note(pusher, parcel, user_id, one, *rest)
        frames = {(one.id, frame) for frame in parcel.frames}
        if frames & told:
            pusher._recipients.forget(user_id, one)
        told.update(frames)

    patch.setattr(Pusher, "_note", once)


def failures_not_given_back(patch: Patch) -> None:
    """Jobs whose recipients could not be found are deleted all the same."""
    patch.setattr(fanout, "_with_followers", lambda *_: [])


def cause_told_too(patch: Patch) -> None:
    """The connection that sent a message is pushed it as well."""

    def all_of_it(_: Coalescing, heard: Heard, __: str) -> Heard:
        return heard

    patch.setattr(Coalescing, "but", all_of_it)


def members_of_any_time(patch: Patch) -> None:
    """Who has joined after a message is told of it."""
    users = Recipients._users

    def without_since(found: Recipients, audience: Audience) -> Any:
        members, muted = users(found, audience)
        if audience.members:
            told = audience.members
            roster = found._rosters.roster(told.conversation_id, told.roster, audience.page)
            members = list(dict.fromkeys([*members, *roster.since]))
        return members, muted

    patch.setattr(Recipients, "_users", without_since)


def all_sockets_removed(patch: Patch) -> None:
    """With a connection that is gone all of its user's are removed."""
    remove = Sockets.remove

    def remove_all(sockets: Sockets, user_id: str, _: Sequence[Connection]) -> None:
        remove(sockets, user_id, sockets.of([user_id])[user_id])

    patch.setattr(Sockets, "remove", remove_all)


CARRIED_MUTANTS: dict[Callable[[Patch], None], str] = {
    acknowledged_before_carried: "",
    only_the_first_page: "join add",
    second_page_forgotten: "join add",
    failures_not_given_back: "",
    late_not_given_back: "",
    removed_when_told_again: "",
    cause_told_too: "",
    members_of_any_time: "join leave kick add",
    all_sockets_removed: "disconnect sync",
}
"""What to do most of; all in a group, with a carrier."""
