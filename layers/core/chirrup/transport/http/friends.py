"""Friends over HTTP."""

from chirrup.contracts.friends import FriendChanges, FriendPage, FriendView
from chirrup.contracts.people import PeopleQuery
from chirrup.domain.errors import ErrorCode
from chirrup.service.friends import Known
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _friends(app: App, call: Call) -> FriendPage:
    found, next_ = app.friendship().friends.list(call.actor, call.query.cursor, call.query.limit)
    return FriendPage(items=[friend_view(one) for one in found], next_cursor=next_)


def _friend(app: App, call: Call) -> FriendView:
    return friend_view(app.friendship().friends.get(call.actor, call.user_id))


def _change_friend(app: App, call: Call) -> FriendView:
    changes = call.body.model_dump(exclude_unset=True)
    if "tags" in changes:
        changes["tags"] = tuple(changes["tags"])
    return friend_view(app.friendship().friends.change(call.actor, call.user_id, changes))


def _remove_friend(app: App, call: Call) -> None:
    app.friendship().friends.remove(call.actor, call.user_id)


def friend_view(known: Known) -> FriendView:
    """A friend as their friend sees them."""
    friend, profile = known.friend, known.profile
    return FriendView(
        user_id=friend.name,
        name=profile.name,
        picture=profile.picture,
        since=friend.since,
        source=friend.source,
        remark=friend.remark,
        starred=friend.starred,
        tags=list(friend.tags),
    )


_FRIEND = "/v1/friends/<user_id>"
ENDPOINTS = (
    Endpoint(
        "GET",
        "/v1/friends",
        "listFriends",
        "One's friends.",
        _friends,
        FriendPage,
        query=PeopleQuery,
    ),
    Endpoint(
        "GET",
        _FRIEND,
        "getFriend",
        "One friend.",
        _friend,
        FriendView,
        errors=(ErrorCode.NOT_FOUND,),
    ),
    Endpoint(
        "PATCH",
        _FRIEND,
        "changeFriend",
        "Change remark, star or tags.",
        _change_friend,
        FriendView,
        FriendChanges,
        errors=refusals.FRIEND,
    ),
    Endpoint(
        "DELETE",
        _FRIEND,
        "removeFriend",
        "End a friendship, on both sides; what was written stays.",
        _remove_friend,
        status=204,
        errors=refusals.REMOVE_FRIEND,
    ),
)
