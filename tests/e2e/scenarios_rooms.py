"""For the permissions that members and announcements need: see `scenarios`."""

from functools import partial
from urllib.parse import quote

from tests.e2e.scenarios import Done, Stage
from tests.e2e.wire import new_id


def _group(stage: Stage) -> str:
    """The path of a group of Alice's."""
    made = stage.alice.api.post("/v1/groups", {"client_id": new_id(), "name": "Book club"})
    return f"/v1/groups/{quote(made['group_id'])}"


def members_of_group(stage: Stage) -> Done:
    """Reads a page of members."""
    return partial(stage.alice.api.get, f"{_group(stage)}/members")


def announcement_deleted(stage: Stage) -> Done:
    """Takes one off the board."""
    board = f"{_group(stage)}/announcements"
    made = stage.alice.api.post(board, {"text": "Hear!"})
    return partial(stage.alice.api.delete, f"{board}/{made['announcement_id']}")
