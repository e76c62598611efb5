"""Whom an event goes to, and how a large audience is cut into pages."""

from dataclasses import dataclass, field, replace

PAGE = 1_000
"""Recipients of a page, about: what one worker pushes to in a third of a second when each answer
takes 15 ms. Smaller ones cost more invocations, larger ones last longer; see
`benchmarks/results/`."""
PAGES_MAX = 64
"""A roster has 64 chunks, and a page holds at least one of them whole; tables are scanned in as
many segments."""


@dataclass(frozen=True, slots=True)
class Page:
    """One of several parts that an audience is cut into; together they are all of it.

    Attributes:
        number: From 0.
        of: How many there are.
    """

    number: int
    of: int

    def chunks(self, count: int) -> range:
        """Which of `count` chunks belong to this page; each belongs to one."""
        return range(self.number * count // self.of, (self.number + 1) * count // self.of)


WHOLE = Page(0, 1)


@dataclass(frozen=True, slots=True)
class Members:
    """Those members of a group, or subscribers of a channel, who may see what an event shows.

    Attributes:
        conversation_id: The group or the channel.
        roster: `Head.roster` of a group when the event was stored, and the event's seq in a
            channel: an older roster will not do.
        seq: The lowest seq that the event shows: who sees only later ones is not told.
        above: Only those who see no seq up to this one; 0 for all.
        size: How many members the group had, about; it only decides how the audience is cut.
    """

    conversation_id: str
    roster: int
    seq: int
    above: int = 0
    size: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an event goes to.

    Attributes:
        user_ids: All devices of these users.
        but_connection: The connection that caused the event, which gets its answer as a reply.
        muted: Users among them who have muted the conversation: pushed to, but flagged.
        members: And all devices of these members of a group; with `everyone`, all whose roster
            tells is who has muted the channel.
        but_user: No device of this user.
        everyone: And all devices of everybody who is online.
        page: The part of it that is meant.
    """

    user_ids: tuple[str, ...] = ()
    but_connection: str | None = None
    muted: tuple[str, ...] = ()
    members: Members | None = None
    but_user: str | None = None
    everyone: bool = False
    page: Page = WHOLE

    @property
    def size(self) -> int | None:
        """How many users it may be; None when nobody knows."""
        if self.everyone:
            return None
        return len(self.user_ids) + (self.members.size if self.members else 0)

    def pages(self) -> "list[Audience]":
        """The same audience in pages of about a thousand users, online or not.

        Nobody stands on two pages, save who is named beside a group that they are in as well. What
        is a page already is not cut again.
        """
        if self.page.of > 1:
            return [self]
        size = self.size
        count = PAGES_MAX if size is None else max(1, min(PAGES_MAX, -(-size // PAGE)))
        if count == 1:
            return [self]
        return [
            replace(
                self,
                user_ids=self.user_ids[number::count],
                muted=tuple(set(self.muted) & set(self.user_ids[number::count])),
                page=Page(number, count),
            )
            for number in range(count)
        ]
