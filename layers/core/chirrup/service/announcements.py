"""Announcements: what the owner and admins tell a whole group, and keep."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from chirrup.domain.announcements import ANNOUNCEMENTS_MAX, Announcement, announcement_id
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.group_entries import GroupEntry
from chirrup.domain.groups import GroupProfile
from chirrup.domain.ids import Conversation
from chirrup.domain.messages import ANNOUNCEMENT, Entry, Json
from chirrup.domain.occasions import Occasion
from chirrup.domain.rights import Act, check_act, check_alive
from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.access import absent, active_view, audience_of, own_group
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.screening import Screening


@dataclass(frozen=True, slots=True)
class Announced:
    """An announcement, and whether it is the one on top."""

    announcement: Announcement
    top: bool


class Announcements:
    """Announcements; each change is an entry of the group's timeline, stored with it."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        committing: Committing,
        screening: Screening,
        clock: Clock,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._committing = committing
        self._screening = screening
        self._clock = clock

    def list(
        self, actor: Actor, group_id: str, after: str | None, limit: int
    ) -> tuple[list[Announced], str | None]:
        """A page of a group's announcements, the newest first, and the id to go on from.

        Raises:
            ChirrupError: `invalid_request`, `not_member`.
        """
        group = own_group(group_id)
        active_view(self._conversations, group, actor.user_id, self._clock.now())
        page, next_ = self._records.page(Announcement, group.id, after, limit)
        top = self._profile(group).announcement_id
        return [Announced(one, one.name == top) for one in page], next_

    def announce(self, actor: Actor, group_id: str, text: str, *, top: bool) -> Announced:
        """Tell the group something, and keep it; said again at once, it is told once.

        Args:
            actor: The owner or an admin.
            group_id: Whom to tell.
            text: 1-2048 characters, checked.
            top: In the place of the one on top.

        Raises:
            ChirrupError: `invalid_request`, `not_member`, `admin_required`, `group_dissolved`,
                `group_banned`, `sensitive_word`; `conflict` when there are too many already.
        """
        group = own_group(group_id)

        def build(attempt: Attempt) -> Announced:
            profile = self._scene(attempt, actor, group)
            said = self._screened(actor, group, text)
            kept, more = self._records.page(Announcement, group.id, None, ANNOUNCEMENTS_MAX)
            if kept and kept[0].repeats(said, actor.user_id, attempt.now):
                return Announced(kept[0], kept[0].name == profile.announcement_id)
            # A page may end early, at 1 MB; so large a board has room no more.
            if len(kept) >= ANNOUNCEMENTS_MAX or more is not None:
                raise ChirrupError(
                    ErrorCode.CONFLICT, reason="too_many_announcements", limit=ANNOUNCEMENTS_MAX
                )
            entry = _said(attempt, actor, group, announcement_id, said, top=top)
            made = Announcement(
                owner=group.id,
                name=announcement_id(entry.seq),
                text=said,
                author_id=actor.user_id,
                created_at=attempt.now,
                seq=entry.seq,
            )
            attempt.write(Put(made))
            if top:
                attempt.write(Put(replace(profile, announcement_id=made.name)))
            return Announced(made, top)

        return self._committing.run(build)

    def change(
        self,
        actor: Actor,
        group_id: str,
        id_: str,
        *,
        text: str | None = None,
        top: bool | None = None,
    ) -> Announced:
        """Give an announcement another text, which tells the group again, or put it on top.

        Args:
            actor: The owner or an admin.
            group_id: Of which group.
            id_: Which.
            text: The new one; None leaves it.
            top: Whether it is the one on top; None leaves that.

        Raises:
            ChirrupError: What `announce` refuses, save `conflict`; `not_found`.
        """
        group = own_group(group_id)

        def build(attempt: Attempt) -> Announced:
            profile = self._scene(attempt, actor, group)
            known = self._known(group, id_)
            was_top = profile.announcement_id == id_
            now_top = was_top if top is None else top
            said = known.text if text is None else self._screened(actor, group, text)
            if said != known.text:
                entry = _said(attempt, actor, group, lambda _: id_, said, top=now_top)
                known = replace(known, text=said, seq=entry.seq, edited_at=attempt.now)
                attempt.write(Put(known))
            elif now_top != was_top:
                _updated(attempt, actor, group, {"announcement_id": id_, "top": now_top})
            if now_top != was_top:
                attempt.write(Put(replace(profile, announcement_id=id_ if now_top else "")))
            return Announced(known, now_top)

        return self._committing.run(build)

    def delete(self, actor: Actor, group_id: str, id_: str) -> None:
        """Take an announcement off the board; its entry stays in the timeline.

        Raises:
            ChirrupError: What `announce` refuses, save `conflict`; `not_found`.
        """
        group = own_group(group_id)

        def build(attempt: Attempt) -> None:
            profile = self._scene(attempt, actor, group)
            known = self._known(group, id_)
            _updated(attempt, actor, group, {"announcement_id": id_, "deleted": True})
            attempt.write(Delete(known))
            if profile.announcement_id == id_:
                attempt.write(Put(replace(profile, announcement_id="")))

        self._committing.run(build)

    def _scene(self, attempt: Attempt, actor: Actor, group: Conversation) -> GroupProfile:
        """The profile of a group in which the user may announce now; the head is read first."""
        attempt.head(group.id)
        head, member, _ = active_view(self._conversations, group, actor.user_id, attempt.now)
        if head.group:
            check_alive(head.group)
        check_act(Act.ANNOUNCE, member.role)
        return self._profile(group)

    def _screened(self, actor: Actor, group: Conversation, text: str) -> str:
        return self._screening.text(Occasion(actor.user_id, "announcement", group.id), "text", text)

    def _profile(self, group: Conversation) -> GroupProfile:
        profile = self._records.get(GroupProfile, group.id)
        if profile is None:
            raise absent(group)
        return profile

    def _known(self, group: Conversation, id_: str) -> Announcement:
        known = self._records.get(Announcement, group.id, id_)
        if known is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return known


def _said(
    attempt: Attempt,
    actor: Actor,
    group: Conversation,
    id_of: Callable[[int], str],
    text: str,
    *,
    top: bool,
) -> Entry:
    def content(seq: int) -> Json:
        return {"announcement_id": id_of(seq), "text": text, "top": top}

    return _grown(attempt, actor, group, ANNOUNCEMENT, content)


def _updated(attempt: Attempt, actor: Actor, group: Conversation, content: Json) -> None:
    _grown(attempt, actor, group, GroupEntry.UPDATED, lambda _: content)


def _grown(
    attempt: Attempt,
    actor: Actor,
    group: Conversation,
    type_: str,
    content: Callable[[int], Json],
) -> Entry:
    return attempt.grow(
        group.id,
        actor.user_id,
        type_,
        lambda seq: {**content(seq), "user_ids": []},
        lambda head, entry: audience_of(group, head, entry.seq),
    )
