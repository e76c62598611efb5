"""What each action does: local things at once, requests as tasks of the schedule."""

from collections.abc import Callable
from dataclasses import replace

from chirrup.service.actor import Actor
from chirrup.transport.http.views import conversation_view
from chirrup.transport.views import shown_views
from tests.model.actions import MINUTE_MS, Action
from tests.model.client import Client
from tests.model.replies import (
    Request,
    check_gone,
    check_page,
    check_unread,
    count_unread,
)
from tests.model.requests import PLENTY, Requests
from tests.model.rules import require
from tests.model.state import GROUP, USERS
from tests.model.world import World, other_payload

MENTIONS = (("bob",), ("carol",), ("alice",), ("all",), ("alice", "bob"), ("all", "carol"))
BUDGETS = (PLENTY, 1_500, 5_000)
WAITS_MS = (1_000, 10_000, 4 * MINUTE_MS, 6 * MINUTE_MS, 11 * MINUTE_MS)


class Player:
    """Plays actions in a world."""

    def __init__(self, world: World, requests: Requests) -> None:
        self._world = world
        self._requests = requests

    def play(self, action: Action) -> None:
        """Begin an action."""
        world = self._world
        world.clock.time += 50
        client = world.clients[action.device % len(world.clients)]
        if action.kind == "wait":
            world.schedule.end_all()
            world.clock.time += WAITS_MS[action.pick % len(WAITS_MS)]
        elif action.kind == "disconnect":
            client.connection = None
            client.inbox.clear()
        elif client.connection is None:
            self._requests.connect(client)
        elif action.kind in ("deliver", "lose"):
            self._arrive(client, action)
        else:
            getattr(self, f"_{action.kind}")(client, action.pick, action.flag)

    def _send(self, client: Client, pick: int, flag: int) -> None:
        world = self._world
        last = world.state().last_seq
        quote = 1 + (pick * 7 + flag) % last if last and flag % 4 == 3 else None
        message = world.compose(client, pick, quote, to=flag % 2 == 0)
        self._requests.submit(client, message)

    def _mention(self, client: Client, pick: int, flag: int) -> None:
        world = self._world
        named = MENTIONS[flag % len(MENTIONS)]
        message = world.compose(client, pick, None, to=False, mentions=named)
        self._requests.submit(client, message)

    def _join(self, client: Client, *_: int) -> None:
        """A user comes in by the door."""
        world = self._world
        self._govern("join", client, lambda me: world.groups.joining.ask(me, GROUP, None, None))

    def _add(self, client: Client, pick: int, _: int) -> None:
        world, others = self._world, [USERS[pick % len(USERS)]]
        self._govern("add", client, lambda me: world.groups.membership.invite(me, GROUP, others))

    def _leave(self, client: Client, *_: int) -> None:
        world = self._world
        self._govern("leave", client, lambda me: world.groups.membership.leave(me, GROUP))

    def _kick(self, client: Client, pick: int, _: int) -> None:
        other, membership = USERS[pick % len(USERS)], self._world.groups.membership
        self._govern("kick", client, lambda me: membership.remove(me, GROUP, other, ban=False))

    def _mute(self, client: Client, pick: int, _: int) -> None:
        other, membership = USERS[pick % len(USERS)], self._world.groups.membership
        self._govern("mute", client, lambda me: membership.mute(me, GROUP, other, None))

    def _unmute(self, client: Client, pick: int, _: int) -> None:
        other, membership = USERS[pick % len(USERS)], self._world.groups.membership
        self._govern("unmute", client, lambda me: membership.unmute(me, GROUP, other))

    def _mute_all(self, client: Client, _: int, flag: int) -> None:
        changes = {"muted_all": flag > 9}
        service = self._world.groups.groups
        self._govern("mute_all", client, lambda me: service.change(me, GROUP, changes))

    def _promote(self, client: Client, pick: int, flag: int) -> None:
        other, leading = USERS[pick % len(USERS)], self._world.groups.leading
        act = leading.add_admin if flag % 3 else leading.remove_admin
        self._govern("promote", client, lambda me: act(me, GROUP, other))

    def _dissolve(self, client: Client, pick: int, _: int) -> None:
        service = self._world.groups.groups
        if pick % 4 == 0:
            self._govern("dissolve", client, lambda me: service.dissolve(me, GROUP))

    def _silence(self, client: Client, _: int, flag: int) -> None:
        """A user mutes the group for themselves: mentions come as notices."""
        settings = self._world.conversations
        changes = {"muted": flag < 12}
        self._govern("silence", client, lambda me: settings.change_settings(me, GROUP, changes))

    def _govern(self, kind: str, client: Client, act: Callable[[Actor], object]) -> None:
        """A change of the group; what it has done shows in the timeline, which rules hold."""
        actor = self._world.actor(client)
        self._requests.ask(kind, client, lambda _: act(actor))

    def _resend(self, client: Client, pick: int, flag: int) -> None:
        """A retry: most often of the last ones; now and then with another payload."""
        mine = [message for message in self._world.outgoing if message.user == client.user]
        if not mine:
            return
        message = mine[-1 - (pick if flag % 2 else pick % 3) % len(mine)]
        if flag == 15:
            other = replace(message, draft=other_payload(message.draft))
            self._requests.submit(client, other)
        else:
            self._requests.submit(client, message, marked=flag % 4 < 2)

    def _recall(self, client: Client, pick: int, flag: int) -> None:
        seq = self._target(client, pick, own=flag > 1)
        world, changing, actor = self._world, self._world.changing, self._world.actor(client)
        self._requests.change("recall", client, lambda: changing.recall(actor, world.room.id, seq))

    def _edit(self, client: Client, pick: int, flag: int) -> None:
        seq = self._target(client, pick, own=flag > 1)
        content = {"text": f"<{seq}/{len(self._world.schedule.trace)}>"}
        world, changing, actor = self._world, self._world.changing, self._world.actor(client)
        self._requests.change(
            "edit", client, lambda: changing.edit(actor, world.room.id, seq, content)
        )

    def _react(self, client: Client, pick: int, flag: int) -> None:
        seq = self._target(client, pick, own=False)
        world, changing, actor = self._world, self._world.changing, self._world.actor(client)
        reaction, add = "👍🎉"[flag % 2], flag > 3
        self._requests.change(
            "react", client, lambda: changing.react(actor, world.room.id, seq, reaction, add=add)
        )

    def _read(self, client: Client, pick: int, flag: int) -> None:
        world = self._world
        seq = max(1, (client.last_seq if flag > 3 else world.state().last_seq + 1) - pick // 3)

        def request(log: Request) -> None:
            read = world.receipts.read(world.actor(client), world.room.id, seq)
            after = world.state()
            ends = range(min(seq, log.before.head_seq), max(after.last_seq, seq) + 1)
            counts = [count_unread(log, after, read.read_seq, end) for end in ends]
            require(read.read_seq >= seq, "a cursor moves as far as asked", read=read, seq=seq)
            exact = any(read.unread in count for count in counts)
            require(exact, "unread is exact after reading", read=read, counts=counts)

        self._requests.ask("read", client, request)

    def _hide(self, client: Client, pick: int, _: int) -> None:
        world, seq = self._world, self._target(client, pick, own=False)

        def request(_: Request) -> None:
            world.conversations.delete_message_for_me(world.actor(client), world.room.id, seq)
            hidden = world.state().settings_of(client.user).hidden
            require(seq in hidden, "deleted for me is hidden", seq=seq, hidden=hidden)

        self._requests.ask("hide", client, request)

    def _clear(self, client: Client, *_: int) -> None:
        world = self._world

        def request(log: Request) -> None:
            world.conversations.delete_for_me(world.actor(client), world.room.id)
            cleared = world.state().cleared(client.user)
            seen = [seq for seq in log.before.visible(client.user) if seq <= log.before.head_seq]
            require(cleared >= max(seen, default=0), "all is deleted for me", cleared=cleared)

        self._requests.ask("clear", client, request)

    def _sync(self, client: Client, pick: int, _: int) -> None:
        self._requests.sync(client, BUDGETS[pick % len(BUDGETS)])

    def _history(self, client: Client, pick: int, flag: int) -> None:
        """Fill a hole or look for news, or else scroll about."""
        world = self._world

        def request(log: Request) -> None:
            if client.hole or flag > 9:
                self._requests.pull(client, log)
                return
            page = world.reading.history(
                world.actor(client),
                world.room.id,
                before_seq=pick + 1 if flag % 2 else None,
                limit=1 + flag,
                budget=BUDGETS[pick % len(BUDGETS)],
            )
            check_page(log, shown_views(page.entries), world.state())

        self._requests.ask("history", client, request)

    def _show(self, client: Client, _: int, flag: int) -> None:
        """Look at the conversation, alone or in the list."""
        world = self._world

        def request(log: Request) -> None:
            actor = world.actor(client)
            if flag % 2:
                listed, _ = world.conversations.list(actor, None, 100)
                views = [view for view in listed if view.conversation.id == world.room.id]
            else:
                views = [world.conversations.get(actor, world.room.id)]
            after = world.state()
            for view in map(conversation_view, views):
                check_gone(log, view)
                check_unread(log, after, view)

        self._requests.ask("show", client, request)

    def _arrive(self, client: Client, action: Action) -> None:
        """A push arrives, in any order, perhaps to come again; or it is lost."""
        if client.inbox:
            at = action.pick % len(client.inbox)
            again = action.kind == "deliver" and action.flag == 15
            event = client.inbox[at] if again else client.inbox.pop(at)
            if action.kind == "deliver":
                client.pushed(event)

    def _target(self, client: Client, pick: int, *, own: bool) -> int:
        """The seq of a message, most often."""
        messages = [
            seq
            for seq, entry in self._world.state().entries.items()
            if (entry.countable or pick == 15) and (not own or entry.sender_id == client.user)
        ]
        return messages[-1 - pick % len(messages)] if messages else 1
