"""Channels as users have them: the list, subscribing, unsubscribing."""

from collections.abc import Sequence
from dataclasses import dataclass

from chirrup.domain.audiences import Audience
from chirrup.domain.channels import CHANNELS, CHUNK_MAX, Channel, enrolled
from chirrup.domain.conversations import End, Head, Member, Settings, end_of, unread
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.events import ConversationUpdated
from chirrup.domain.ids import channel_id, parse_conversation_id
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports import Dispatcher
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import MemberChange, MemberGone, Put, Records
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.enrolment import Enrolment


@dataclass(frozen=True, slots=True)
class OwnChannel:
    """A channel as one user sees it.

    Attributes:
        subscribed: The user is in it.
        muted: As the user has set it.
        unread: Exact; 0 for one who is not in it.
    """

    channel: Channel
    subscribed: bool
    muted: bool
    unread: int


class Channels:
    """What users do with channels, beside reading them."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        dispatcher: Dispatcher,
        committing: Committing,
        enrolment: Enrolment,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._dispatcher = dispatcher
        self._committing = committing
        self._enrolment = enrolment

    def _own(self, actor: Actor, channels: Sequence[Channel]) -> list[OwnChannel]:
        if not channels:
            return []
        ids = {channel.name: channel_id(channel.name) for channel in channels}
        views = self._conversations.views_of(actor.user_id, list(ids.values()))
        new = [
            ids[channel.name]
            for channel in channels
            if channel.for_everyone
            and views[ids[channel.name]][1] is None
            and self._enrolment.enrol(parse_conversation_id(ids[channel.name]), actor.user_id)
        ]
        views |= self._conversations.views_of(actor.user_id, new) if new else {}
        return [_own(channel, *views[ids[channel.name]]) for channel in channels]

    def list(
        self, actor: Actor, after: str | None, limit: int
    ) -> tuple[list[OwnChannel], str | None]:
        """A page of the channels that are enabled, by code, and the code to go on from.

        A page may hold fewer than the limit, and yet not be the last.
        """
        channels, next_ = self._records.page(Channel, CHANNELS, after, limit)
        return self._own(actor, [one for one in channels if one.enabled]), next_

    def get(self, actor: Actor, code: str) -> OwnChannel:
        """One channel; one that is disabled is there only for those who are in it.

        Raises:
            ChirrupError: `not_found`.
        """
        (own,) = self._own(actor, [channel_of(self._records, code)])
        if not own.channel.enabled and not own.subscribed:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return own

    def subscribe(self, actor: Actor, code: str) -> OwnChannel:
        """Be told what a channel says from now on; all that it has said can be read.

        Who is in already stays so.

        Raises:
            ChirrupError: `not_found`, `channel_disabled`, `rate_limited`; `conflict` when it has
                as many subscribers as it can have.
        """

        def build(attempt: Attempt) -> bool:
            channel = channel_of(self._records, code)
            id_ = channel_id(code)
            head = attempt.head(id_) or Head(id_)
            _, member, settings = self._conversations.view(id_, actor.user_id)
            if member is not None or (channel.for_everyone and channel.enabled):
                return False
            if not channel.enabled:
                raise ChirrupError(ErrorCode.CHANNEL_DISABLED)
            chunk = self._chunk(id_, actor.user_id)
            if len(chunk.since) >= CHUNK_MAX:
                raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_subscribers")
            # Of two requests of this user one meets the other's part of the roster.
            added = chunk.with_user(actor.user_id, 1, muted=settings.muted)
            end = End(head.last_seq, head.count, head.alls)
            attempt.write(MemberChange(id_, actor.user_id, enrolled(end)), Put(added))
            return True

        if self._committing.run(build):
            self._tell(actor, code, subscribed=True)
        return self.get(actor, code)

    def unsubscribe(self, actor: Actor, code: str) -> None:
        """Be told no more; who is not in stays so.

        Raises:
            ChirrupError: `not_found`, `rate_limited`; `forbidden` where everybody is in.
        """

        def build(attempt: Attempt) -> bool:
            if channel_of(self._records, code).for_everyone:
                raise ChirrupError(ErrorCode.FORBIDDEN, reason="everyone")
            id_ = channel_id(code)
            chunk = self._chunk(id_, actor.user_id)
            if self._conversations.member(id_, actor.user_id) is None:
                return False
            attempt.write(MemberGone(id_, actor.user_id), Put(chunk.without(actor.user_id)))
            return True

        if self._committing.run(build):
            self._tell(actor, code, subscribed=False)

    def _chunk(self, id_: str, user_id: str) -> RosterChunk:
        name = chunk_of(user_id)
        known = self._records.get(RosterChunk, id_, name)
        return known or RosterChunk(owner=id_, name=name)

    def _tell(self, actor: Actor, code: str, *, subscribed: bool) -> None:
        """Tell the user's other devices, which have to begin with the channel, or to drop it."""
        event = ConversationUpdated(channel_id(code), {"subscribed": subscribed})
        self._dispatcher.dispatch([event], Audience((actor.user_id,)))


def channel_of(records: Records, code: str) -> Channel:
    """A channel.

    Raises:
        ChirrupError: `not_found`.
    """
    channel = records.get(Channel, CHANNELS, code)
    if channel is None:
        raise ChirrupError(ErrorCode.NOT_FOUND)
    return channel


def _own(
    channel: Channel, head: Head | None, member: Member | None, settings: Settings
) -> OwnChannel:
    if member is None:
        return OwnChannel(channel, subscribed=False, muted=settings.muted, unread=0)
    end = end_of(head or Head(channel_id(channel.name)), member)
    return OwnChannel(
        channel, subscribed=True, muted=settings.muted, unread=unread(end, member, settings)
    )
