"""Members of groups over HTTP."""

from chirrup.contracts.conversations import PageQuery
from chirrup.contracts.group_members import (
    BanPage,
    InvitedView,
    Invitees,
    Muting,
    OwnStayChanges,
    Removal,
)
from chirrup.contracts.groups import GroupView
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.group_views import ban_view, group_view


def _invite(app: App, call: Call) -> InvitedView:
    membership = app.groups().membership
    invited = membership.invite(call.actor, call.group_id, call.body.user_ids)
    return InvitedView(added=list(invited.added), awaiting=list(invited.awaiting))


def _remove(app: App, call: Call) -> None:
    app.groups().membership.remove(call.actor, call.group_id, call.user_id, ban=call.query.ban)


def _leave(app: App, call: Call) -> None:
    app.groups().membership.leave(call.actor, call.group_id)


def _rename(app: App, call: Call) -> GroupView:
    if call.user_id != call.actor.user_id:
        raise ChirrupError(ErrorCode.FORBIDDEN)
    if "nickname" in call.body.model_fields_set:
        app.groups().membership.rename(call.actor, call.group_id, call.body.nickname)
    own = app.groups().groups.get(call.actor, call.group_id)
    return group_view(own, app.messaging().clock.now())


def _bans(app: App, call: Call) -> BanPage:
    bans, next_ = app.groups().membership.bans(
        call.actor, call.group_id, call.query.cursor, call.query.limit
    )
    return BanPage(items=[ban_view(ban) for ban in bans], next_cursor=next_)


def _lift_ban(app: App, call: Call) -> None:
    app.groups().membership.lift_ban(call.actor, call.group_id, call.user_id)


def _mute(app: App, call: Call) -> None:
    app.groups().membership.mute(call.actor, call.group_id, call.user_id, call.body.seconds)


def _unmute(app: App, call: Call) -> None:
    app.groups().membership.unmute(call.actor, call.group_id, call.user_id)


_GROUP = "/v1/groups/<group_id>"
_MEMBER = _GROUP + "/members/<user_id>"
_MUTE = _GROUP + "/mutes/<user_id>"
_REMOVE = (
    *refusals.GOVERN,
    ErrorCode.ADMIN_REQUIRED,
    ErrorCode.OWNER_REQUIRED,
    ErrorCode.NOT_FOUND,
)
ENDPOINTS = (
    Endpoint(
        "POST",
        _GROUP + "/members",
        "inviteToGroup",
        "Bring users into the group, or have those in charge decide.",
        _invite,
        InvitedView,
        Invitees,
        errors=(
            *refusals.GOVERN,
            ErrorCode.ADMIN_REQUIRED,
            ErrorCode.ALREADY_MEMBER,
            ErrorCode.FORBIDDEN,
            *refusals.BRINGING,
        ),
    ),
    Endpoint(
        "DELETE",
        _MEMBER,
        "removeFromGroup",
        "Remove a member, for good if `ban` is true; oneself: leave.",
        _remove,
        query=Removal,
        status=204,
        errors=(*_REMOVE, ErrorCode.OWNER_CANNOT_LEAVE),
    ),
    Endpoint(
        "POST",
        _GROUP + "/leave",
        "leaveGroup",
        "Leave the group.",
        _leave,
        status=204,
        errors=(ErrorCode.NOT_MEMBER, ErrorCode.OWNER_CANNOT_LEAVE, ErrorCode.RATE_LIMITED),
    ),
    Endpoint(
        "PATCH",
        _MEMBER,
        "changeOwnMembership",
        "Set what one wants to be called in the group.",
        _rename,
        GroupView,
        OwnStayChanges,
        errors=(*refusals.GOVERN, ErrorCode.FORBIDDEN, ErrorCode.SENSITIVE_WORD),
    ),
    Endpoint(
        "GET",
        _GROUP + "/bans",
        "listGroupBans",
        "Those who were removed for good.",
        _bans,
        BanPage,
        query=PageQuery,
        errors=(ErrorCode.NOT_MEMBER, ErrorCode.ADMIN_REQUIRED),
    ),
    Endpoint(
        "DELETE",
        _GROUP + "/bans/<user_id>",
        "liftGroupBan",
        "Let somebody who was removed for good come again.",
        _lift_ban,
        status=204,
        errors=(*refusals.GOVERN, ErrorCode.ADMIN_REQUIRED, ErrorCode.NOT_FOUND),
    ),
    Endpoint(
        "PUT",
        _MUTE,
        "muteMember",
        "Stop a member from writing.",
        _mute,
        body=Muting,
        status=204,
        errors=(*_REMOVE, ErrorCode.CANNOT_TARGET_SELF),
    ),
    Endpoint(
        "DELETE",
        _MUTE,
        "unmuteMember",
        "Let a member write again.",
        _unmute,
        status=204,
        errors=(*_REMOVE, ErrorCode.CANNOT_TARGET_SELF),
    ),
)
