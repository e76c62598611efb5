"""Change the send mode of a running stack as docs/how-to/send-modes.md tells operators to."""

from collections.abc import Callable

from local.carriers import Carriers
from local.errors import LocalError
from local.places import say
from local.processes import wait_until

EMPTY_TIMEOUT_S = 300.0
NONE, LOCAL = "none", "local"
"""No mode before; the mode that has no carrier."""


def change(
    now: str,
    was: tuple[str, str] | None,
    *,
    deploy: Callable[[str], None],
    empty: Callable[[str], None],
) -> None:
    """Deploy, with what the mode before carries with still there until it is empty.

    What was interrupted is taken up where it was.

    Args:
        now: The send mode that is wanted.
        was: `SendMode` and `PreviousSendMode` of the stack that stands; None if none does.
        deploy: Deploys with this `PreviousSendMode`.
        empty: Waits until the carriers of a mode are empty.

    Raises:
        LocalError: One of them does.
    """
    if was is not None:
        mode, previous = was
        if previous not in (NONE, LOCAL, mode, now):
            empty(previous)
        if mode not in (LOCAL, now):
            say(f"Changing the send mode from {mode} to {now} …")
            deploy(mode)
            empty(mode)
    # Said, since what is not said stays as it was.
    deploy(NONE)


def wait_until_empty(carriers: Carriers, mode: str) -> None:
    """Wait until all jobs of a send mode are worked off.

    Raises:
        LocalError: Some are not, or lie among the dead letters, which would go with their queue.
    """
    queues = carriers.queues(mode).values()
    if not wait_until(lambda: not carriers.waiting(queues), timeout_s=EMPTY_TIMEOUT_S):
        raise LocalError(
            f"Jobs still wait in the queues of {mode}.",
            mend="look into functions.log for what fails, and start again",
        )
    dead = carriers.waiting(carriers.dead_letters_of(mode).values())
    if dead:
        raise LocalError(
            f"{dead} dead letters lie in the queues of {mode}, and would go with them.",
            mend="send them again with `make redrive`, delete what is no job, and start again",
        )
