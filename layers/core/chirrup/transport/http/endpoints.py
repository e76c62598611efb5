"""The endpoints of the function http_api: all but those that uploads go through."""

from chirrup.transport.http import (
    announcements,
    blocks,
    conversations,
    devices,
    emoji,
    friend_requests,
    friends,
    group_members,
    groups,
    invites,
    joining,
    members,
    messages,
    pins,
    presence,
    receipts,
    search,
    users,
)
from chirrup.transport.http.endpoint import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    *users.ENDPOINTS,
    *devices.ENDPOINTS,
    *presence.ENDPOINTS,
    *friend_requests.ENDPOINTS,
    *friends.ENDPOINTS,
    *blocks.ENDPOINTS,
    *conversations.ENDPOINTS,
    *messages.ENDPOINTS,
    *groups.ENDPOINTS,
    *group_members.ENDPOINTS,
    *joining.ENDPOINTS,
    *invites.ENDPOINTS,
    *members.ENDPOINTS,
    *receipts.ENDPOINTS,
    *pins.ENDPOINTS,
    *announcements.ENDPOINTS,
    *emoji.ENDPOINTS,
    *search.ENDPOINTS,
)
