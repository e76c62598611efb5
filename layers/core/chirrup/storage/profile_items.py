"""Profiles as items, and what the index of names holds of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chirrup.domain.names import normalised, place_of
from chirrup.ports import Profile
from chirrup.storage.models import PROFILE, ProfileItem


def to_profile(item: ProfileItem) -> Profile:
    """The profile of an item; `listed` and `presence_hidden` stand there only where they differ."""
    return Profile(
        user_id=item.user_id,
        name=item.name,
        picture=item.picture,
        created_at=int(item.created_at),
        listed=item.listed is not False,
        presence_hidden=item.presence_hidden is True,
    )


def to_item(profile: Profile) -> ProfileItem:
    """The item of a profile."""
    given = {"name": profile.name, "created_at": profile.created_at, **_optional(profile)}
    return ProfileItem(
        user_id=profile.user_id,
        item=PROFILE,
        **{name: value for name, value in given.items() if value is not None},
    )


def changes_of(known: Profile, changes: Mapping[str, Any]) -> list[Action]:
    """What a change writes: what is named, and where the user stands in the index then."""
    changed = replace(known, **changes)
    attributes = ProfileItem.get_attributes()
    given = {**_optional(changed), "name": changed.name}
    indexed = {"name_initial", "name_key"} if changes.keys() & {"name", "listed"} else set()
    return [
        attributes[name].remove() if given[name] is None else attributes[name].set(given[name])
        for name in sorted(changes.keys() | indexed)
    ]


def as_known(known: Profile) -> Condition:
    """That what the index is made of is still as it was read."""
    listed = ProfileItem.listed
    same = listed.does_not_exist() if known.listed else listed == known.listed
    condition: Condition = (ProfileItem.name == known.name) & same
    return condition


def _optional(profile: Profile) -> dict[str, Any]:
    """Attributes that an item may lack; an unlisted user has none of those that make the index."""
    name = normalised(profile.name)
    indexed = profile.listed and name != ""
    return {
        "picture": profile.picture,
        "listed": None if profile.listed else False,
        "presence_hidden": True if profile.presence_hidden else None,
        "name_initial": name[0] if indexed else None,
        "name_key": place_of(profile.name, profile.user_id) if indexed else None,
    }
