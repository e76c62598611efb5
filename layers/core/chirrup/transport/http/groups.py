"""Groups over HTTP."""

from chirrup.contracts.conversations import PageQuery
from chirrup.contracts.groups import GroupChanges, GroupPage, GroupView, NewGroup, NewOwner
from chirrup.domain.errors import ErrorCode
from chirrup.domain.groups import History, JoinMode
from chirrup.service.groups import NewGroup as Wanted
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.group_views import group_view


def _get(app: App, call: Call) -> GroupView:
    own = app.groups().groups.get(call.actor, call.group_id)
    return group_view(own, app.messaging().clock.now())


def _create(app: App, call: Call) -> GroupView:
    body: NewGroup = call.body
    wanted = Wanted(
        client_id=body.client_id,
        name=body.name,
        member_ids=body.member_ids,
        avatar=body.avatar,
        description=body.description,
        join_mode=JoinMode(body.join_mode) if body.join_mode else None,
        history=History(body.history) if body.history else None,
        member_invite=body.member_invite,
    )
    own = app.groups().groups.create(call.actor, wanted)
    return group_view(own, app.messaging().clock.now())


def _list(app: App, call: Call) -> GroupPage:
    groups, next_ = app.groups().groups.list(call.actor, call.query.cursor, call.query.limit)
    now = app.messaging().clock.now()
    return GroupPage(items=[group_view(own, now) for own in groups], next_cursor=next_)


def _change(app: App, call: Call) -> GroupView:
    changes = call.body.model_dump(exclude_unset=True)
    if not changes:
        return _get(app, call)
    for name, kind in (("join_mode", JoinMode), ("history", History)):
        if name in changes:
            changes[name] = kind(changes[name])
    own = app.groups().groups.change(call.actor, call.group_id, changes)
    return group_view(own, app.messaging().clock.now())


def _dissolve(app: App, call: Call) -> None:
    app.groups().groups.dissolve(call.actor, call.group_id)


def _transfer(app: App, call: Call) -> GroupView:
    app.groups().leading.transfer(call.actor, call.group_id, call.body.user_id)
    return _get(app, call)


def _add_admin(app: App, call: Call) -> GroupView:
    app.groups().leading.add_admin(call.actor, call.group_id, call.user_id)
    return _get(app, call)


def _remove_admin(app: App, call: Call) -> GroupView:
    app.groups().leading.remove_admin(call.actor, call.group_id, call.user_id)
    return _get(app, call)


_ALL = "/v1/groups"
_ONE = "/v1/groups/<group_id>"
ENDPOINTS = (
    Endpoint(
        "POST",
        _ALL,
        "createGroup",
        "Make a group; the same again gives the same group.",
        _create,
        GroupView,
        NewGroup,
        status=201,
        errors=(
            ErrorCode.IDEMPOTENCY_CONFLICT,
            *refusals.BRINGING,
            ErrorCode.NOT_MEMBER,
            *refusals.APPEARANCE,
        ),
    ),
    Endpoint(
        "GET",
        _ALL,
        "listGroups",
        "The groups that one is in.",
        _list,
        GroupPage,
        query=PageQuery,
    ),
    Endpoint(
        "GET",
        _ONE,
        "getGroup",
        "One of one's groups.",
        _get,
        GroupView,
        errors=(ErrorCode.NOT_MEMBER,),
    ),
    Endpoint(
        "PATCH",
        _ONE,
        "changeGroup",
        "Change name, avatar, description, ways in, slow mode, history, or mute all.",
        _change,
        GroupView,
        GroupChanges,
        errors=(*refusals.IN_CHARGE, *refusals.APPEARANCE),
    ),
    Endpoint(
        "DELETE",
        _ONE,
        "dissolveGroup",
        "End the group; its members can still read it.",
        _dissolve,
        status=204,
        errors=(
            ErrorCode.NOT_MEMBER,
            ErrorCode.GROUP_DISSOLVED,
            ErrorCode.OWNER_REQUIRED,
            ErrorCode.RATE_LIMITED,
        ),
    ),
    Endpoint(
        "PUT",
        _ONE + "/owner",
        "transferGroup",
        "Hand the group over to another member.",
        _transfer,
        GroupView,
        NewOwner,
        errors=refusals.LEAD,
    ),
    Endpoint(
        "PUT",
        _ONE + "/admins/<user_id>",
        "addGroupAdmin",
        "Make a member an admin.",
        _add_admin,
        GroupView,
        errors=(*refusals.LEAD, ErrorCode.CONFLICT),
    ),
    Endpoint(
        "DELETE",
        _ONE + "/admins/<user_id>",
        "removeGroupAdmin",
        "Make an admin a plain member.",
        _remove_admin,
        GroupView,
        errors=refusals.LEAD,
    ),
)
