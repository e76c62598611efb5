"""Broken variants of what groups add to the design; see `mutants`."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chirrup.domain import membership
from chirrup.domain.conversations import Member
from chirrup.domain.last_of import LastOf
from chirrup.domain.messages import Entry
from chirrup.domain.rates import Rate
from chirrup.ports.records import Growth, MentionNoted, Write
from chirrup.service import access, quoting, sending
from chirrup.service.receipts import Receipts
from chirrup.service.settling import Settling
from tests.fakes import FakeConversations, FakeRecords

Patch = pytest.MonkeyPatch


def rights_checked_once(patch: Patch) -> None:
    """A put that runs into a change of the group does not check again."""
    check = sending.Sending._check
    seen: list[object] = []

    def once(service: Any, conversation: Any, head: Any, member: Any, draft: Any, now: int) -> Rate:
        if draft in seen:
            rate: Rate = member.rate.charged(now)
            return rate
        seen.append(draft)
        return check(service, conversation, head, member, draft, now)

    patch.setattr(sending.Sending, "_check", once)


def member_older_than_a_change(patch: Patch) -> None:
    """A send does not notice that its member was changed after it was read."""
    patch.setattr(LastOf, "newer_than", lambda *_: False)


def forgotten_by_the_head(patch: Patch) -> None:
    """The head does not tell what it has forgotten."""
    after = LastOf.after
    patch.setattr(LastOf, "after", lambda *args: replace(after(*args), floor=0))


def sender_settled_first(patch: Patch) -> None:
    """Those who are named are noted after the sender is settled."""
    settling_of = Settling.own

    def own(service: Settling, entry: Entry, member: Member, rate: Rate | None) -> None:
        unnamed = replace(entry, content={"text": entry.content["text"]})
        settling_of(service, unnamed, member, rate)
        service._mentions(entry)

    patch.setattr(Settling, "own", own)


def nobody_noted_in_passing(patch: Patch) -> None:
    """A message that others settle is not noted for those whom it names."""
    passed = Settling.passed

    def unnamed(service: Settling, entries: Any, member: Member | None = None) -> None:
        content = {"text": ""}
        passed(
            service, [replace(e, content=content) if e.countable else e for e in entries], member
        )

    patch.setattr(Settling, "passed", unnamed)


def told_again(patch: Patch) -> None:
    """A mention is told in the notices whether it was told before or not."""
    fits = FakeRecords._fits

    def always(stores: FakeRecords, write: Write) -> bool:
        return isinstance(write, MentionNoted) or fits(stores, write)

    patch.setattr(FakeRecords, "_fits", always)
    found = FakeConversations.mentioned

    def forgetful(stores: FakeConversations, conversation_id: str, user_ids: Any) -> Any:
        return {
            user: (member, replace(settings, mentioned=frozenset()))
            for user, (member, settings) in found(stores, conversation_id, user_ids).items()
        }

    patch.setattr(FakeConversations, "mentioned", forgetful)


def stays_forgotten(patch: Patch) -> None:
    """Who comes in again sees nothing of the stays before."""
    joined = membership.joined

    def anew(*args: Any) -> dict[str, Any]:
        return {**joined(*args), "stays": ()}

    patch.setattr(membership, "joined", anew)


def read_on_after_leaving(patch: Patch) -> None:
    """Who has left sees what comes after."""
    left = membership.left

    def stayed(*args: Any, **options: Any) -> dict[str, Any]:
        return {**left(*args, **options), "left_seq": None}

    patch.setattr(membership, "left", stayed)


def unread_from_the_beginning(patch: Patch) -> None:
    """Who comes in begins with everything unread that was there before."""
    joined = membership.joined

    def behind(*args: Any) -> dict[str, Any]:
        return {**joined(*args), "read_count": 0, "read_alls": 0}

    patch.setattr(membership, "joined", behind)


def changed_without_looking(patch: Patch) -> None:
    """A change of the group is stored whatever else was changed since it was read."""
    fits = FakeRecords._fits

    def blind(stores: FakeRecords, write: Write) -> bool:
        return fits(stores, write) if isinstance(write, Growth) else True

    patch.setattr(FakeRecords, "_fits", blind)
    patch.setattr("chirrup.domain.messages.Entry.governs", property(lambda _: False))


def told_to_everybody(patch: Patch) -> None:
    """A push goes to all who are in, whenever they have joined."""
    audience_of = access.audience_of

    def all_of_them(conversation: Any, head: Any, seq: int, **options: Any) -> Any:
        return audience_of(conversation, head, 10**9, **options)

    for module in (sending,):
        patch.setattr(module, "audience_of", all_of_them)
    patch.setattr("chirrup.service.changing.audience_of", all_of_them)


def excerpts_for_everybody(patch: Patch) -> None:
    """A quote shows its excerpt to those who were not in when it was written."""
    patch.setattr(quoting, "without_excerpt", lambda entry: entry)


def mentions_never_read(patch: Patch) -> None:
    """Mentions are forgotten before they are read."""

    def forget(service: Receipts, conversation: Any, member: Member, settings: Any) -> None:
        if settings.mentioned:
            service._conversations.forget_mentions(
                conversation.id, member.user_id, list(settings.mentioned)
            )

    patch.setattr(Receipts, "_forget_mentions", forget)


GROUP_MUTANTS: dict[Callable[[Patch], None], str] = {
    rights_checked_once: "kick leave mute_all mute",
    member_older_than_a_change: "kick leave add mute unmute",
    forgotten_by_the_head: "kick add mute unmute promote",
    sender_settled_first: "mention",
    nobody_noted_in_passing: "mention",
    told_again: "mention resend silence",
    stays_forgotten: "leave join",
    read_on_after_leaving: "leave",
    unread_from_the_beginning: "leave join add",
    changed_without_looking: "kick join leave add",
    told_to_everybody: "edit join add leave",
    excerpts_for_everybody: "history sync join",
    mentions_never_read: "mention read show",
}
"""What to do most of, so that rare faults show soon."""
