"""Requests of clients, as tasks of the schedule, with what must hold of their answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.service.changing import Changed
from chirrup.service.sending import Sent
from chirrup.transport.views import sent_view, shown_views, synced_view
from tests.model.client import Client
from tests.model.replies import Request, check_changed, check_page, check_unread
from tests.model.rules import require
from tests.model.world import FINAL, Outgoing, World

PLENTY = 10**6
"""Bytes that any page has room in."""
PULLS = (50, 3, 1)
"""How many entries a client pulls at once."""
REFUSALS = {
    "send": {"idempotency_conflict", "invalid_quote", "rate_limited"},
    "recall": {"not_found", "forbidden", "recall_expired", "already_recalled", "rate_limited"},
    "edit": {"not_found", "forbidden", "edit_expired", "already_recalled", "rate_limited"},
    "react": {"not_found", "already_recalled", "rate_limited"},
    "read": {"not_found", "invalid_read_seq"},
    "hide": {"not_found"},
    "clear": {"not_found"},
    "sync": {"not_found"},
    "history": {"not_found"},
    "show": {"not_found"},
}
"""What each request may be refused with; anything else is a fault."""
GROUP_REFUSALS = {
    kind: {"not_member", "group_dissolved", "group_muted", "member_muted"} for kind in REFUSALS
} | {
    "join": {"already_member", "not_found", "rate_limited"},
    "add": {"already_member", "not_member", "group_dissolved", "rate_limited"},
    "leave": {"not_member", "owner_cannot_leave", "rate_limited"},
    "kick": {"not_member", "not_found", "group_dissolved", "admin_required", "owner_required"}
    | {"cannot_target_self", "owner_cannot_leave", "rate_limited"},
    "mute_all": {"not_member", "group_dissolved", "admin_required", "rate_limited"},
    "dissolve": {"not_member", "group_dissolved", "owner_required", "rate_limited"},
    "silence": {"not_member", "rate_limited"},
}
"""What it may be refused with besides, in a group."""
GROUP_REFUSALS["send"] |= {"admin_required", "invalid_request"}
GROUP_REFUSALS |= {
    "mute": GROUP_REFUSALS["kick"],
    "unmute": GROUP_REFUSALS["kick"],
    "promote": GROUP_REFUSALS["kick"],
}


class Requests:
    """What clients ask, beside looking around."""

    def __init__(self, world: World) -> None:
        self._world = world

    def connect(self, client: Client) -> None:
        """Open a socket, and sync as the rules say."""
        number = len(self._world.schedule.trace)
        client.connection = f"{client.name}-{number}"
        self.sync(client)

    def submit(self, client: Client, message: Outgoing, *, marked: bool = True) -> None:
        """Send a message, once more perhaps."""
        message.attempts += 1
        again = message.attempts > 1 and (marked or not message.unmarked)
        draft = replace(message.draft, attempt=message.attempts if again else 1)
        draft_attempts = message.attempts
        world = self._world
        world.ledger.sending(client.user, draft)
        # One that overlaps another of its attempts may be refused while that one is stored.
        alone = message.running == 0
        message.running += 1

        def request(log: Request) -> Sent:
            try:
                sent = world.sending.send(world.actor(client), draft)
            except ChirrupError as error:
                if error.code in FINAL and alone and message.attempts == draft_attempts:
                    world.ledger.refused(client.user, draft, world.state())
                raise
            finally:
                message.running -= 1
            world.ledger.sent(log, draft, sent, world.state())
            return sent

        def answered(sent: Sent) -> None:
            message.settled = True
            client.acknowledged(draft, sent_view(sent))

        def refused(code: ErrorCode) -> None:
            if code is ErrorCode.IDEMPOTENCY_CONFLICT:
                world.ledger.conflicting(client.user, draft)
            message.settled = message.settled or code in FINAL

        self.ask("send", client, request, answered, refused)

    def change(self, kind: str, client: Client, change: Callable[[], Changed]) -> None:
        """Change a message; the answer names a seq that the client may have to pull."""

        def request(log: Request) -> Changed:
            changed = change()
            check_changed(log, changed, self._world.state())
            return changed

        def answered(changed: Changed) -> None:
            client.last_seq = max(client.last_seq, changed.change_seq or 0)

        self.ask(kind, client, request, answered)

    def sync(self, client: Client, budget: int = PLENTY) -> None:
        """Sync, then pull until there is no hole."""
        world = self._world

        def request(log: Request) -> None:
            actor = world.actor(client)
            cursors = {world.room.id: client.cursor}
            conversations, _ = world.reading.sync(actor, cursors, None, budget=budget)
            after = world.state()
            for one in map(synced_view, conversations):
                if one.conversation_id == world.room.id:
                    check_page(log, one.messages, after)
                    check_unread(log, after, one)
                    client.synced(one)
            while client.hole:
                log.before = world.state()
                self.pull(client, log, budget)

        self.ask("sync", client, request)

    def pull(self, client: Client, log: Request, budget: int = PLENTY) -> None:
        """Fill the first hole."""
        world, start = self._world, client.cursor
        limit = PULLS[world.tape.below(len(PULLS))]
        page = world.reading.history(
            world.actor(client), world.room.id, after_seq=start, limit=limit, budget=budget
        )
        views = shown_views(page.entries)
        check_page(log, views, world.state())
        client.pulled(start, views)
        if client.cursor == start:
            require(not page.entries, "a pull brings the client on", start=start)
            client.last_seq = start

    def ask(
        self,
        kind: str,
        client: Client,
        request: Callable[[Request], Any],
        answered: Callable[[Any], None] = lambda _: None,
        refused: Callable[[ErrorCode], None] = lambda _: None,
    ) -> None:
        """Begin a task that asks the server and gives the client the answer, if it is there."""
        world = self._world
        log = Request(client.user, world.state())
        connection = client.connection

        def run() -> None:
            code: ErrorCode | None = None
            result: Any = None
            try:
                result = request(log)
            except ChirrupError as error:
                code = error.code
                known = (
                    code in REFUSALS.get(kind, ())
                    or (world.room.group and code in GROUP_REFUSALS[kind])
                    or (code is ErrorCode.TEMPORARILY_UNAVAILABLE and log.unavailable)
                )
                require(known, "only documented refusals", kind=kind, error=error.details)
            world.schedule.point("reply" if code is None else f"refusal {code}")
            if client.connection != connection:
                return
            if code is None:
                answered(result)
            else:
                refused(code)

        number = len(world.schedule.trace)
        world.schedule.begin(f"{kind}-{number} of {client.name}", run, log)
