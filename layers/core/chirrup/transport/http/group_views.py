"""Groups, their requests and links, from what the services return to the wire."""

from chirrup.contracts.group_members import BanView
from chirrup.contracts.groups import GroupView, OwnStay
from chirrup.contracts.invites import InviteView
from chirrup.contracts.joining import RequestView
from chirrup.domain.groups import Ban
from chirrup.domain.invites import Invite
from chirrup.domain.joining import REQUEST_MS, JoinRequest
from chirrup.domain.rights import Role
from chirrup.service.groups import OwnGroup


def group_view(own: OwnGroup, now: int) -> GroupView:
    """A group as its member sees it.

    Args:
        own: The group.
        now: Milliseconds since the epoch; a mute that has ended is not told.
    """
    state, profile, member = own.state, own.profile, own.member
    return GroupView(
        group_id=profile.owner,
        name=state.name,
        avatar=profile.avatar,
        description=profile.description,
        owner_id=profile.leader_id,
        admin_ids=list(profile.admin_ids),
        size=state.size,
        join_mode=profile.join_mode.value,
        history=profile.history.value,
        member_invite=profile.member_invite,
        slow_s=state.slow_s,
        muted_all=state.muted_all,
        dissolved=state.dissolved,
        banned=state.banned,
        created_at=profile.created_at,
        me=OwnStay(
            role=member.role or Role.MEMBER,
            nickname=member.nickname,
            muted_until=member.muted_until if member.muted_until > now else None,
            since_seq=member.since,
        ),
    )


def ban_view(ban: Ban) -> BanView:
    """One who was banned."""
    return BanView(user_id=ban.name, by=ban.by, at=ban.at)


def request_view(request: JoinRequest) -> RequestView:
    """An open request."""
    return RequestView(
        user_id=request.name,
        text=request.text,
        invited_by=request.invited_by,
        asked_at=request.asked_at,
        expires_at=request.asked_at + REQUEST_MS,
    )


def invite_view(link: Invite) -> InviteView:
    """A link."""
    return InviteView(
        code=link.name,
        by=link.by,
        made_at=link.made_at,
        expires_at=link.ends_at,
        max_uses=link.max_uses,
        uses=link.uses,
    )
