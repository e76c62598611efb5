"""The smallest things that need what only groups need; see `scenarios`."""

from functools import partial

from tests.e2e.scenarios import Done, Stage
from tests.e2e.wire import Json, new_id, text


def _new_group(stage: Stage) -> Json:
    wanted = {"client_id": new_id(), "name": "Book club", "member_ids": [stage.bob.id]}
    return stage.alice.api.post("/v1/groups", wanted)


def message_in_group(stage: Stage) -> Done:
    """Reads the roster of a group in which this function has told nobody anything yet."""
    group_id = _new_group(stage)["group_id"]
    message = {"conversation_id": group_id, **text("hello")}
    return partial(stage.phone.ask, "sendMessage", **message)


def group_made(stage: Stage) -> Done:
    """Reads the roster of the new group, to tell its members."""
    return partial(_new_group, stage)


def invite_revoked(stage: Stage) -> Done:
    """Deletes a link."""
    invites = f"/v1/groups/{_new_group(stage)['group_id']}/invites"
    code = stage.alice.api.post(invites, {})["code"]
    return partial(stage.alice.api.delete, f"{invites}/{code}")
