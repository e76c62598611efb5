"""What users are told of requests to come into groups, in their own timelines."""

from chirrup.domain.messages import Json
from chirrup.service.committing import Attempt
from chirrup.service.governing import Group

REQUEST_RECEIVED = "notice.group_request_received"
REQUEST_HANDLED = "notice.group_request_handled"


def tell_in_charge(attempt: Attempt, group: Group, sender_id: str, content: Json) -> None:
    """Tell the owner and the admins that somebody wants to come in."""
    for user_id in group.profile.in_charge:
        attempt.notify(user_id, sender_id, REQUEST_RECEIVED, {"group_id": group.id, **content})
