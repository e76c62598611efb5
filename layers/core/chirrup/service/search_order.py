"""In which order a search looks at the conversations of a user, page by page.

First those with the last messages, as they were when the search began, then the others by their
ids: so new messages between two pages move no conversation past the place where the search is.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from chirrup.domain.ids import notices_id
from chirrup.domain.places import RECENT_MAX, Place, mark
from chirrup.ports.finding import Activity


class Step(NamedTuple):
    """A conversation to be searched, and the place in the search at which it is next."""

    conversation_id: str
    place: Place

    def below(self, seq: int) -> Place:
        """The place at which it is next from below a seq."""
        place = self.place
        others = place.at == len(place.recent)
        return replace(place, id=self.conversation_id if others else "", below=seq)


def steps_from(activity: Activity, user_id: str, place: Place | None) -> list[Step]:
    """The conversations that are still to be searched; notices are none.

    Args:
        activity: Knows them.
        user_id: Whose.
        place: Where to go on; None to begin.
    """
    if place is None:
        ids = [id_ for id_ in activity.newest_first(user_id) if _may_hold_messages(id_)]
        place = Place(tuple(map(mark, ids[:RECENT_MAX])))
        ids.sort()
    else:
        ids = [id_ for id_ in activity.ids(user_id) if _may_hold_messages(id_)]
    return [*_recent(ids, place), *_others(ids, place)]


def _recent(ids: list[str], place: Place) -> Iterator[Step]:
    by_mark = {mark(id_): id_ for id_ in ids}
    for at in range(place.at, len(place.recent)):
        below = place.below if at == place.at else 0
        if place.recent[at] in by_mark:
            yield Step(by_mark[place.recent[at]], Place(place.recent, at, "", below))


def _others(ids: list[str], place: Place) -> Iterator[Step]:
    recent, end, last = set(place.recent), len(place.recent), place.id
    among_them = place.at == end
    for id_ in ids:
        next_ = among_them and place.below and id_ == place.id
        if mark(id_) not in recent and (id_ > place.id or next_):
            below = place.below if next_ else 0
            yield Step(id_, Place(place.recent, end, id_ if below else last, below))
            last = id_


def _may_hold_messages(conversation_id: str) -> bool:
    return not conversation_id.startswith(notices_id(""))
