"""From what the services return to the wire."""

from collections.abc import Sequence

from chirrup.contracts.messages import (
    ChangeAck,
    MessageView,
    ReadAck,
    SentAck,
)
from chirrup.contracts.sync import GroupBrief, SettingsView, SyncedConversation
from chirrup.contracts.views import message_view
from chirrup.domain.conversations import Member, Settings
from chirrup.domain.ids import Conversation, Kind
from chirrup.domain.rights import GroupState
from chirrup.service.changing import Changed
from chirrup.service.pages import Shown, Synced
from chirrup.service.receipts import Read
from chirrup.service.sending import Sent


def shown_view(shown: Shown) -> MessageView:
    """An entry as one user may see it."""
    if not shown.hidden:
        return message_view(shown.entry, shown.changed)
    entry = shown.entry
    return MessageView(
        conversation_id=entry.conversation_id,
        seq=entry.seq,
        client_id=entry.client_id,
        sender_id=entry.sender_id,
        type=entry.type,
        content={},
        sent_at=entry.sent_at,
        hidden=True,
    )


def shown_views(entries: Sequence[Shown]) -> list[MessageView]:
    """Entries as one user may see them."""
    return [shown_view(shown) for shown in entries]


def left_of(conversation: Conversation, member: Member) -> bool | None:
    """True for a group that the user has left or was removed from."""
    return (conversation.kind is Kind.GROUP and member.role is None) or None


def group_brief(state: GroupState, member: Member) -> GroupBrief:
    """What a list shows of a group; who has left learns no more of it than its name then."""
    if member.role is None:
        return GroupBrief(name=member.left_name or state.name)
    return GroupBrief(
        name=state.name,
        size=state.size,
        muted_all=state.muted_all,
        slow_s=state.slow_s,
        dissolved=state.dissolved,
        banned=state.banned,
    )


def settings_view(settings: Settings) -> SettingsView:
    """What a user has set for a conversation."""
    return SettingsView(
        muted=settings.muted,
        pinned=settings.pinned,
        archived=settings.archived,
        marked_unread=settings.marked_unread,
        draft=settings.draft,
        remark=settings.remark,
        hidden_seqs=sorted(settings.hidden) or None,
    )


def synced_view(synced: Synced) -> SyncedConversation:
    """A conversation in a sync."""
    return SyncedConversation(
        conversation_id=synced.conversation.id,
        kind=synced.conversation.kind,
        last_seq=synced.last_seq,
        read_seq=synced.member.read_seq,
        unread=synced.unread,
        mentions=synced.mentions or None,
        visible_from_seq=synced.member.visible_from,
        left=left_of(synced.conversation, synced.member),
        group=group_brief(synced.group, synced.member) if synced.group else None,
        settings=settings_view(synced.settings),
        messages=shown_views(synced.entries),
    )


def sent_view(sent: Sent) -> SentAck:
    """The answer to a send."""
    entry = sent.entry
    return SentAck(
        conversation_id=entry.conversation_id,
        seq=entry.seq,
        sent_at=entry.sent_at,
        duplicate=sent.duplicate,
    )


def changed_view(changed: Changed) -> ChangeAck:
    """The answer to a recall, an edit or a reaction."""
    return ChangeAck(
        conversation_id=changed.entry.conversation_id,
        seq=changed.entry.seq,
        change_seq=changed.change_seq,
    )


def read_view(read: Read) -> ReadAck:
    """The answer to a moved cursor."""
    return ReadAck(conversation_id=read.conversation_id, read_seq=read.read_seq, unread=read.unread)
