"""The items of the conversations table, as the domain has them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from typing import Any

from pynamodb.expressions.update import Action

from chirrup.domain.conversations import Head, Member, Preview, Settings, Span
from chirrup.domain.last_of import LastOf
from chirrup.domain.messages import encode_json
from chirrup.domain.rates import Rate
from chirrup.domain.recent import Recent
from chirrup.domain.rights import GroupState, Role
from chirrup.storage.dynamo import Key
from chirrup.storage.failures import Raw
from chirrup.storage.models import HEAD, MEMBER, SETTINGS, HeadItem, MemberItem, SettingsItem


def view_keys(conversation_id: str, user_id: str) -> list[Key]:
    """Where head, settings and member are, in the order in which an exact view reads them."""
    return [
        (HeadItem, conversation_id, HEAD),
        (SettingsItem, conversation_id, SETTINGS + user_id),
        (MemberItem, conversation_id, MEMBER + user_id),
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
        last_of=_last_of(item.last_of),
        preview=preview,
        alls=int(item.alls or 0),
        group=GroupState(*json.loads(item.group)) if item.group else None,
        roster=int(item.roster or 0),
    )


def last_of_text(last_of: LastOf) -> str:
    """As it stands on the head: floor, its time, then user, seq and time of each; times in s."""
    flat = [part for key, (seq, at) in last_of.seqs.items() for part in (key, seq, -(-at // 1000))]
    return encode_json([last_of.floor, -(-last_of.floor_at // 1000), *flat]).decode()


def group_text(state: GroupState) -> str:
    """As it stands on the head: the values only, in the order of their definition."""
    return encode_json(list(astuple(state))).decode()


def stays_text(stays: Sequence[Span]) -> str:
    """As they stand on a member item."""
    return ",".join(f"{first}-{last}" for first, last in stays)


def _last_of(text: str | None) -> LastOf:
    if not text:
        return LastOf()
    floor, floor_at, *flat = json.loads(text)
    parts = zip(flat[::3], flat[1::3], flat[2::3], strict=True)
    return LastOf({key: (seq, at * 1000) for key, seq, at in parts}, floor, floor_at * 1000)


def _stays(text: str | None) -> tuple[Span, ...]:
    pairs = [stay.split("-") for stay in text.split(",")] if text else []
    return tuple(Span(int(first), int(last)) for first, last in pairs)


def member_of(item: MemberItem) -> Member:
    """The member in an item."""
    return Member(
        conversation_id=item.conversation_id,
        user_id=item.user_id,
        read_seq=int(item.read_seq),
        read_count=int(item.read_count),
        read_alls=int(item.read_alls or 0),
        cleared_seq=int(item.cleared_seq or 0),
        muted_by_peer=bool(item.muted_by_peer),
        friends=bool(item.friends),
        blocked_by_peer=bool(item.blocked_by_peer),
        blocking_peer=bool(item.blocking_peer),
        role=Role(item.role) if item.role else None,
        since=int(item.since or 1),
        joined_seq=int(item.joined_seq or 0),
        left_seq=int(item.left_seq or 0),
        left_count=int(item.left_count or 0),
        left_alls=int(item.left_alls or 0),
        left_name=item.left_name,
        stays=_stays(item.stays),
        muted_until=int(item.muted_until or 0),
        banned=bool(item.banned),
        nickname=item.nickname,
        acl=int(item.acl or 0),
        pair=int(item.pair or 0),
        touched_at=int(item.touched_at or 0),
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
        hidden_alls=frozenset(map(int, item.hidden_alls or ())),
        mentioned=frozenset(map(int, item.mentioned or ())),
        remark=item.remark,
        touched_at=int(item.touched_at or 0),
    )


def advance_actions(head: Head) -> list[Action]:
    """What moves a head on, alone or in the transaction of a change."""
    actions: list[Action] = [
        HeadItem.last_seq.set(head.last_seq),
        HeadItem.running.set(head.count),
        HeadItem.last_of.set(last_of_text(head.last_of)),
    ]
    if head.alls:
        actions.append(HeadItem.alls.set(head.alls))
    if head.preview:
        shown = head.preview
        actions.append(HeadItem.preview_seq.set(shown.seq))
        preview = [shown.sender_id, shown.type, shown.sent_at, shown.excerpt, shown.recalled]
        actions.append(HeadItem.preview.set(encode_json(preview).decode()))
    return actions


def member_actions(user_id: str, changes: Mapping[str, Any]) -> list[Action]:
    """What changes fields of a member item, and makes it if it does not exist."""
    attributes = MemberItem.get_attributes()
    given = {"user_id": user_id, **changes}
    if "stays" in given:
        given["stays"] = stays_text(given["stays"] or ()) or None
    actions: list[Action] = [
        attributes[name].remove() if value is None else attributes[name].set(value)
        for name, value in given.items()
    ]
    for name in {"read_seq", "read_count"} - given.keys():
        actions.append(attributes[name].set(attributes[name] | 0))
    return actions
