"""Members over HTTP."""

from chirrup.contracts.members import MemberPage, MemberQuery, MemberView
from chirrup.service.access import own_group
from chirrup.service.members import Listed
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _of_conversation(app: App, call: Call) -> MemberPage:
    return _page(app, call, call.conversation_id)


def _of_group(app: App, call: Call) -> MemberPage:
    return _page(app, call, own_group(call.group_id).id)


def _page(app: App, call: Call, conversation_id: str) -> MemberPage:
    query = call.query
    listed, next_ = app.rooms().members.list(call.actor, conversation_id, query.cursor, query.limit)
    now = app.messaging().clock.now()
    return MemberPage(items=[member_view(one, now) for one in listed], next_cursor=next_)


def member_view(listed: Listed, now: int) -> MemberView:
    """A member; a mute that is over by now (ms since epoch) is none."""
    member, profile = listed.member, listed.profile
    return MemberView(
        user_id=member.user_id,
        name=profile.name if profile else None,
        picture=profile.picture if profile else None,
        role=member.role,
        nickname=member.nickname,
        since_seq=member.since,
        muted_until=member.muted_until if member.muted_until > now else None,
    )


ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/conversations/<conversation_id>/members",
        "listMembers",
        "Who is in a conversation.",
        _of_conversation,
        MemberPage,
        query=MemberQuery,
        errors=refusals.MEMBERS,
    ),
    Endpoint(
        "GET",
        "/v1/groups/<group_id>/members",
        "listGroupMembers",
        "Who is in a group.",
        _of_group,
        MemberPage,
        query=MemberQuery,
        errors=refusals.OF_GROUP,
    ),
)
