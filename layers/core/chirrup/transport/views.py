"""From what the services return to the wire."""

from collections.abc import Sequence

from chirrup.contracts.conversations import ConversationView, PreviewView
from chirrup.contracts.messages import ChangeAck, MessageView, ReadAck, SentAck, SyncedConversation
from chirrup.contracts.users import ProfileView
from chirrup.contracts.views import message_view
from chirrup.ports import Profile
from chirrup.service.changing import Changed
from chirrup.service.conversations import Read, View
from chirrup.service.reading import Shown, Synced
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


def synced_view(synced: Synced) -> SyncedConversation:
    """A conversation in a sync."""
    return SyncedConversation(
        conversation_id=synced.conversation.id,
        kind=synced.conversation.kind,
        last_seq=synced.last_seq,
        read_seq=synced.read_seq,
        unread=synced.unread,
        visible_from_seq=synced.visible_from_seq,
        messages=shown_views(synced.entries),
    )


def conversation_view(view: View) -> ConversationView:
    """A conversation as its user sees it."""
    head, member, settings, preview = view.head, view.member, view.settings, view.head.preview
    visible = preview is not None and preview.seq > member.cleared_seq
    hidden = preview is not None and preview.seq in settings.hidden
    return ConversationView(
        conversation_id=head.conversation_id,
        kind=view.conversation.kind,
        peer_id=view.conversation.peer_of(member.user_id),
        last_seq=head.last_seq,
        read_seq=member.read_seq,
        peer_read_seq=view.peer_read_seq,
        unread=view.unread,
        visible_from_seq=member.cleared_seq + 1,
        preview=PreviewView(
            seq=preview.seq,
            sender_id=preview.sender_id,
            type=preview.type,
            sent_at=preview.sent_at,
            excerpt=preview.excerpt,
            recalled=preview.recalled,
        )
        if preview and visible and not hidden
        else None,
        muted=settings.muted,
        pinned=settings.pinned,
        archived=settings.archived,
        marked_unread=settings.marked_unread,
        draft=settings.draft,
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


def profile_view(profile: Profile) -> ProfileView:
    """A user."""
    return ProfileView(
        user_id=profile.user_id,
        name=profile.name,
        picture=profile.picture,
        created_at=profile.created_at,
    )
