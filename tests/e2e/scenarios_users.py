"""The smallest things that need a permission on the table of users; see `scenarios`."""

from functools import partial

from local.processes import wait_until
from tests.e2e.scenarios import Done, NotDone, Stage
from tests.e2e.wire import PATIENCE_S


def presence(stage: Stage) -> Done:
    """Looks who of those asked for is a friend."""
    return partial(stage.alice.api.get, "/v1/presence", user_ids=stage.bob.id)


def search(stage: Stage) -> Done:
    """Finds users by name."""
    return partial(stage.alice.api.get, "/v1/users", name="a")


def friends(stage: Stage) -> Done:
    """Lists the friends."""
    return partial(stage.alice.api.get, "/v1/friends")


def emoji(stage: Stage) -> Done:
    """Lists packs of emoji."""
    return partial(stage.alice.api.get, "/v1/emoji-packs")


def withdrawal(stage: Stage) -> Done:
    """Deletes a request."""
    stage.alice.api.post("/v1/friend-requests", {"user_id": stage.bob.id})
    return partial(stage.alice.api.delete, f"/v1/friend-requests/{stage.bob.id}")


def leaving_noted(stage: Stage) -> Done:
    """Notes when the user was seen last."""
    stage.desk.ask("ping")

    def last_seen() -> int:
        (one,) = stage.bob.api.get("/v1/presence", user_ids=stage.bob.id)["items"]
        return int(one["last_seen"])

    def failures() -> int:
        return stage.world.stack.runs("ws-disconnect")["FAILED"]

    def done() -> None:
        before, opened = failures(), last_seen()
        stage.desk.close()
        wait_until(
            lambda: last_seen() > opened or failures() > before, timeout_s=PATIENCE_S, every_s=0.05
        )
        if last_seen() == opened:
            raise NotDone("not noted")

    return done
