"""Ids of hits, which say when they were: so one is found again by its id, and by its time."""

from datetime import UTC, datetime, timedelta

from chirrup.domain.records import Name

HIT_ID = r"h_\d{13}_[0-9a-f]{24}"
_LAST_MS = 9_999_999_999_999


def name_of(hit_id: str) -> Name:
    """Where the hit with this id is kept: by month, so that no partition grows without end."""
    return Name(owner_at(time_of(hit_id)), hit_id)


def owner_at(at: int) -> str:
    """What keeps the hits of a time (ms since epoch)."""
    return f"HIT#{datetime.fromtimestamp(at / 1000, UTC):%Y-%m}"


def owners_between(since: int, until: int) -> list[str]:
    """What keeps the hits between two times (ms since epoch), the newest first."""
    owners = [owner_at(until)]
    first = datetime.fromtimestamp(until / 1000, UTC).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    while first.timestamp() * 1000 > since:
        first = (first - timedelta(days=1)).replace(day=1)
        owners.append(owner_at(int(first.timestamp() * 1000)))
    return owners


def id_at(at: int, key: str) -> str:
    """The id of a hit; in ascending order, ids begin with the newest, as pages of records do."""
    return f"h_{_LAST_MS - at:013}_{key}"


def time_of(hit_id: str) -> int:
    """When the hit with this id was (ms since epoch)."""
    return _LAST_MS - int(hit_id.split("_")[1])


def noted(key: str) -> str:
    """What keeps that texts were noted."""
    return f"HIT#NOTED#{key}"
