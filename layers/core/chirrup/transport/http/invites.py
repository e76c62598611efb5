"""Links into groups over HTTP."""

from chirrup.contracts.conversations import PageQuery
from chirrup.contracts.invites import InvitePage, InviteView, NewInvite
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.invites import is_code
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint
from chirrup.transport.http.group_views import invite_view


def _new_link(app: App, call: Call) -> InviteView:
    link = app.groups().invites.create(
        call.actor, call.group_id, call.body.expires_in_s, call.body.max_uses
    )
    return invite_view(link)


def _links(app: App, call: Call) -> InvitePage:
    links, next_ = app.groups().invites.list(
        call.actor, call.group_id, call.query.cursor, call.query.limit
    )
    return InvitePage(items=[invite_view(link) for link in links], next_cursor=next_)


def _revoke(app: App, call: Call) -> None:
    code = call.path["code"]
    if not is_code(code):
        raise ChirrupError(ErrorCode.INVALID_REQUEST, field="code", problem="is not valid")
    app.groups().invites.revoke(call.actor, call.group_id, code)


_LINKS = "/v1/groups/<group_id>/invites"
ENDPOINTS = (
    Endpoint(
        "POST",
        _LINKS,
        "createGroupInvite",
        "Make a link into the group.",
        _new_link,
        InviteView,
        NewInvite,
        status=201,
        errors=(*refusals.IN_CHARGE, ErrorCode.CONFLICT),
    ),
    Endpoint(
        "GET",
        _LINKS,
        "listGroupInvites",
        "The links that are good.",
        _links,
        InvitePage,
        query=PageQuery,
        errors=refusals.LOOK,
    ),
    Endpoint(
        "DELETE",
        _LINKS + "/<code>",
        "revokeGroupInvite",
        "Make a link worthless.",
        _revoke,
        status=204,
        errors=refusals.IN_CHARGE,
    ),
)
