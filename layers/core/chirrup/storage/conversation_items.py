"""The items of the conversations table, as the domain has them."""

import json
from collections.abc import Mapping, Sequence

from chirrup.domain.conversations import Head, Member, Preview, Settings
from chirrup.domain.rates import Rate
from chirrup.domain.recent import Recent
from chirrup.storage.dynamo import Key
from chirrup.storage.failures import Raw
from chirrup.storage.models import HEAD, MEMBER, SETTINGS, HeadItem, MemberItem, SettingsItem


def view_keys(conversation_id: str, user_id: str) -> list[Key]:
    """Where the items of a `view` are."""
    return [
        (HeadItem, conversation_id, HEAD),
        (MemberItem, conversation_id, MEMBER + user_id),
        (SettingsItem, conversation_id, SETTINGS + user_id),
    ]


def by_item(raw: Sequence[Raw]) -> dict[tuple[str, str], Raw]:
    """Raw items by conversation and sort key."""
    return {(item["conversation_id"]["S"], item["item"]["S"]): item for item in raw}


def view_of(
    found: Mapping[tuple[str, str], Raw], conversation_id: str, user_id: str
) -> tuple[Head | None, Member | None, Settings]:
    """Head, member and settings among raw items; settings that were never made are the defaults."""
    head = found.get((conversation_id, HEAD))
    member = found.get((conversation_id, MEMBER + user_id))
    settings = found.get((conversation_id, SETTINGS + user_id))
    return (
        head_of(HeadItem.from_raw_data(head)) if head else None,
        member_of(MemberItem.from_raw_data(member)) if member else None,
        settings_of(SettingsItem.from_raw_data(settings)) if settings else Settings(),
    )


def head_of(item: HeadItem) -> Head:
    """The head in an item."""
    preview = None
    if item.preview:
        sender_id, type_, sent_at, excerpt, recalled = json.loads(item.preview)
        preview = Preview(int(item.preview_seq), sender_id, type_, sent_at, excerpt, recalled)
    return Head(
        conversation_id=item.conversation_id,
        last_seq=int(item.last_seq),
        count=int(item.running),
        last_of={user: int(seq) for user, seq in item.last_of.attribute_values.items()},
        preview=preview,
    )


def member_of(item: MemberItem) -> Member:
    """The member in an item."""
    return Member(
        conversation_id=item.conversation_id,
        user_id=item.user_id,
        read_seq=int(item.read_seq),
        read_count=int(item.read_count),
        cleared_seq=int(item.cleared_seq or 0),
        muted_by_peer=bool(item.muted_by_peer),
        friends=bool(item.friends),
        rate=Rate(int(item.rate_due or 0), int(item.rate_minute or 0), int(item.rate_sent or 0)),
        recent=Recent(frozenset(item.recent or ()), int(item.recent_since or 0)),
    )


def settings_of(item: SettingsItem) -> Settings:
    """The settings in an item."""
    return Settings(
        muted=bool(item.muted),
        pinned=bool(item.pinned),
        archived=bool(item.archived),
        marked_unread=bool(item.marked_unread),
        draft=item.draft,
        hidden=frozenset(map(int, item.hidden or ())),
        hidden_unread=frozenset(map(int, item.hidden_unread or ())),
    )
