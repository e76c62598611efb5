"""From what the services return to shapes that only HTTP has."""

from chirrup.contracts.conversations import ConversationView, PreviewView
from chirrup.contracts.devices import DeviceView
from chirrup.contracts.presence import PresenceView
from chirrup.contracts.users import MeView, ProfileView
from chirrup.domain.connections import Connection
from chirrup.ports import Profile
from chirrup.service.conversations import View
from chirrup.service.presence import Seen
from chirrup.transport.views import group_brief, left_of


def conversation_view(view: View) -> ConversationView:
    """A conversation as its user sees it."""
    head, member, settings, preview = view.head, view.member, view.settings, view.head.preview
    # Who has left a group is shown none: it may have been changed since.
    visible = preview is not None and member.sees(preview.seq) and not member.left_seq
    hidden = preview is not None and preview.seq in settings.hidden
    return ConversationView(
        conversation_id=head.conversation_id,
        kind=view.conversation.kind,
        peer_id=view.conversation.peer_of(member.user_id),
        last_seq=view.end.seq,
        read_seq=member.read_seq,
        peer_read_seq=view.peer_read_seq,
        unread=view.unread,
        mentions=view.mentions or None,
        visible_from_seq=member.visible_from,
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
        remark=settings.remark,
        left=left_of(view.conversation, member),
        group=group_brief(head.group, member) if head.group else None,
    )


def profile_view(profile: Profile) -> ProfileView:
    """A user."""
    return ProfileView(
        user_id=profile.user_id,
        name=profile.name,
        picture=profile.picture,
        created_at=profile.created_at,
    )


def me_view(profile: Profile) -> MeView:
    """Oneself."""
    return MeView(
        **dict(profile_view(profile)),
        listed=profile.listed,
        presence_hidden=profile.presence_hidden,
    )


def device_view(connection: Connection) -> DeviceView:
    """A device; its connection id is nobody's business."""
    return DeviceView(
        device=connection.device,
        connected_at=connection.connected_at,
        expires_at=connection.expires_at,
    )


def presence_view(seen: Seen) -> PresenceView:
    """Whether a user is online."""
    return PresenceView(user_id=seen.user_id, online=seen.online, last_seen=seen.last_seen)
