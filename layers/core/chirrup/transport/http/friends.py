"""Friends, requests for friendship, and blocks over HTTP."""

from chirrup.contracts.friends import (
    BlockPage,
    BlockView,
    FriendChanges,
    FriendPage,
    FriendRequestAcceptance,
    FriendRequestPage,
    FriendRequestQuery,
    FriendRequestRejection,
    FriendRequestView,
    FriendView,
    NewBlock,
    NewFriendRequest,
    PeopleQuery,
)
from chirrup.domain.errors import ErrorCode
from chirrup.domain.friends import FriendRequestOut
from chirrup.service.between import Asking
from chirrup.service.blocks import Blocked
from chirrup.service.friend_requests import Request
from chirrup.service.friends import Known
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _ask(app: App, call: Call) -> FriendRequestView:
    body = call.body
    asking = Asking(text=body.text, remark=body.remark, source=body.source)
    return _request_view(app.friendship().requests.ask(call.actor, body.user_id, asking))


def _requests(app: App, call: Call) -> FriendRequestPage:
    query = call.query
    found, next_ = app.friendship().requests.list(
        call.actor, query.direction, query.cursor, query.limit
    )
    return FriendRequestPage(items=[_request_view(one) for one in found], next_cursor=next_)


def _accept(app: App, call: Call) -> FriendView:
    requests = app.friendship().requests
    return _friend_view(requests.accept(call.actor, call.user_id, call.body.remark))


def _reject(app: App, call: Call) -> None:
    app.friendship().requests.reject(call.actor, call.user_id, call.body.reason)


def _withdraw(app: App, call: Call) -> None:
    app.friendship().requests.withdraw(call.actor, call.user_id)


def _friends(app: App, call: Call) -> FriendPage:
    found, next_ = app.friendship().friends.list(call.actor, call.query.cursor, call.query.limit)
    return FriendPage(items=[_friend_view(one) for one in found], next_cursor=next_)


def _friend(app: App, call: Call) -> FriendView:
    return _friend_view(app.friendship().friends.get(call.actor, call.user_id))


def _change_friend(app: App, call: Call) -> FriendView:
    changes = call.body.model_dump(exclude_unset=True)
    if "tags" in changes:
        changes["tags"] = tuple(changes["tags"])
    return _friend_view(app.friendship().friends.change(call.actor, call.user_id, changes))


def _remove_friend(app: App, call: Call) -> None:
    app.friendship().friends.remove(call.actor, call.user_id)


def _blocks(app: App, call: Call) -> BlockPage:
    found, next_ = app.friendship().blocks.list(call.actor, call.query.cursor, call.query.limit)
    return BlockPage(items=[_block_view(one) for one in found], next_cursor=next_)


def _block(app: App, call: Call) -> BlockView:
    return _block_view(app.friendship().blocks.add(call.actor, call.user_id))


def _new_block(app: App, call: Call) -> BlockView:
    return _block_view(app.friendship().blocks.add(call.actor, call.body.user_id))


def _unblock(app: App, call: Call) -> None:
    app.friendship().blocks.remove(call.actor, call.user_id)


def _request_view(request: Request) -> FriendRequestView:
    record, profile = request.record, request.profile
    return FriendRequestView(
        user_id=record.name,
        name=profile.name,
        picture=profile.picture,
        direction=request.direction,
        status=request.status,
        text=record.text,
        source=record.source,
        remark=record.remark if isinstance(record, FriendRequestOut) else None,
        asked_at=record.asked_at,
        expires_at=record.ends_at,
    )


def _friend_view(known: Known) -> FriendView:
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


def _block_view(blocked: Blocked) -> BlockView:
    block, profile = blocked.block, blocked.profile
    return BlockView(
        user_id=block.name, name=profile.name, picture=profile.picture, since=block.since
    )


_REQUEST = "/v1/friend-requests/<user_id>"
_FRIEND = "/v1/friends/<user_id>"
_BLOCK = "/v1/blocks/<user_id>"
ENDPOINTS = (
    Endpoint(
        "POST",
        "/v1/friend-requests",
        "askFriend",
        "Ask somebody for friendship; asking again refreshes the request.",
        _ask,
        FriendRequestView,
        NewFriendRequest,
        status=201,
        errors=refusals.ASK_FRIEND,
    ),
    Endpoint(
        "GET",
        "/v1/friend-requests",
        "listFriendRequests",
        "Requests to you, or of your own.",
        _requests,
        FriendRequestPage,
        query=FriendRequestQuery,
    ),
    Endpoint(
        "POST",
        _REQUEST + "/accept",
        "acceptFriend",
        "Accept somebody's request.",
        _accept,
        FriendView,
        FriendRequestAcceptance,
        errors=refusals.ACCEPT_FRIEND,
    ),
    Endpoint(
        "POST",
        _REQUEST + "/reject",
        "rejectFriend",
        "Reject somebody's request.",
        _reject,
        body=FriendRequestRejection,
        status=204,
        errors=refusals.REJECT_FRIEND,
    ),
    Endpoint(
        "DELETE",
        _REQUEST,
        "withdrawFriendRequest",
        "Withdraw one's own request.",
        _withdraw,
        status=204,
        errors=refusals.WITHDRAW_REQUEST,
    ),
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
    Endpoint(
        "GET", "/v1/blocks", "listBlocks", "Whom one blocks.", _blocks, BlockPage, query=PeopleQuery
    ),
    Endpoint(
        "POST",
        "/v1/blocks",
        "addBlock",
        "Block somebody, friend or stranger.",
        _new_block,
        BlockView,
        NewBlock,
        status=201,
        errors=refusals.BLOCK,
    ),
    Endpoint(
        "PUT",
        _BLOCK,
        "putBlock",
        "Block somebody, friend or stranger.",
        _block,
        BlockView,
        errors=refusals.BLOCK,
    ),
    Endpoint(
        "DELETE",
        _BLOCK,
        "removeBlock",
        "End a block; what was before is restored.",
        _unblock,
        status=204,
        errors=refusals.UNBLOCK,
    ),
)
