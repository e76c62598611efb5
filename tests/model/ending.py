"""The end of a history: everything comes to rest, and everybody must have the same timeline."""

from chirrup.contracts.messages import MessageView
from chirrup.contracts.views import message_view
from chirrup.service.actor import Actor
from chirrup.transport.http.views import conversation_view
from chirrup.transport.views import shown_views, synced_view
from tests.model.client import Client
from tests.model.replies import Request, check_page, check_unread
from tests.model.requests import Requests
from tests.model.rules import require
from tests.model.state import USERS, State
from tests.model.world import World

ROUNDS = 20


def come_to_rest(world: World, requests: Requests, *, resend_all: bool) -> None:
    """No more crashes: what runs ends, what is unanswered is sent again if it shall be."""
    world.schedule.calm = True
    _run_all(world)
    world.network.come_to_rest()
    for _ in range(ROUNDS if resend_all else 0):
        waiting = [message for message in world.outgoing if not message.settled]
        if not waiting:
            break
        for message in waiting:
            world.clock.time += 10_000
            client = next(one for one in world.clients if one.user == message.user)
            if client.connection is None:
                requests.connect(client)
                _run_all(world)
            requests.submit(client, message)
            _run_all(world)
    if resend_all:
        left = [message for message in world.outgoing if not message.settled]
        require(not left, "a retry succeeds in the end", left=left)
    for client in world.clients:
        while client.inbox and world.tape.chance(200):
            client.pushed(client.inbox.pop(world.tape.below(len(client.inbox))))
        client.inbox.clear()
        requests.connect(client)
        _run_all(world)


def check_ending(world: World) -> None:
    """Hold what every client has, and what a new one gets, against the table."""
    state = world.state()
    world.ledger.check(state)
    for user in USERS:
        if state.head and state.visible(user):
            _check_reads(world, state, user)
    for client in world.clients:
        _check_client(world, state, client)


def _run_all(world: World) -> None:
    while world.schedule.tasks:
        world.schedule.turn(world.schedule.tasks[0])


def _check_reads(world: World, state: State, user: str) -> None:
    """History is the table as the user may see it; sync and list count exactly."""
    actor, request = Actor(user), Request(user, state)
    page = world.reading.history(actor, world.room.id, after_seq=0, limit=200, budget=10**9)
    views = shown_views(page.entries)
    check_page(request, views, state)
    seen = [view.seq for view in views]
    require(seen == state.sees(user), "history is whole", seen=seen, is_=state.sees(user))
    hidden = state.settings_of(user).hidden
    for view in views:
        entry = state.entries[view.seq]
        if view.seq in hidden:
            require(view.hidden and not view.content, "hidden for me", view=view)
            continue
        if state.members[user].left_seq and _changed_outside(state, view.seq, seen):
            continue
        expected = _expected(state, view.seq, user)
        require(view == expected, "history is the table", view=view, entry=entry)
    synced, _ = world.reading.sync(actor, {}, None, budget=10**9)
    found = [one for one in map(synced_view, synced) if one.conversation_id == world.room.id]
    for one in found:
        check_page(request, one.messages, state)
        end = max(state.visible(user))
        require(one.last_seq == end, "sync shows the end", sync=one, is_=end)
        check_unread(request, state, one)
    require(found or not state.last_seq, "sync shows the conversation", found=found)
    check_unread(request, state, conversation_view(world.conversations.get(actor, world.room.id)))


def _expected(state: State, seq: int, user: str) -> MessageView:
    """An entry as it stands in the table, seen by a user."""
    entry = state.entries[seq]
    changed = None
    unseen = state.settings_of(user).hidden
    if entry.changes and entry.changes not in unseen and entry.changes in state.sees(user):
        changed = _expected(state, entry.changes, user)
    view = message_view(entry)
    quoted = state.entries[entry.quote.seq] if entry.quote else None
    seen = quoted is None or quoted.seq in state.visible(user)
    if view.quote and quoted and (quoted.recalled or not seen):
        view = view.model_copy(update={"quote": view.quote.model_copy(update={"excerpt": None})})
    return view.model_copy(update={"changed": changed})


def _changed_outside(state: State, seq: int, sees: list[int]) -> bool:
    """Whether what an entry shows was changed while its reader was not in.

    That is the message, or the one that a change shows, and what it quotes. Then only reads show it
    as it is: whoever is not in is told of nothing.
    """
    message = state.entries[seq].changes or seq
    quote = state.entries[message].quote
    about = {message, quote.seq if quote else message}
    return any(
        change not in sees for change, entry in state.entries.items() if entry.changes in about
    )


def _check_client(world: World, state: State, client: Client) -> None:
    """A client has all that is settled, and what it has is what the table holds."""
    name = client.name
    sees, hidden = state.sees(client.user), state.settings_of(client.user).hidden
    settled = [seq for seq in sees if seq <= state.head_seq]
    has_all = not settled or client.cursor >= settled[-1]
    require(has_all, "a client has all", name=name, cursor=client.cursor, sees=sees)
    foreign = client.timeline.keys() - state.visible(client.user)
    require(not foreign, "a client has nothing from outside", name=name, foreign=foreign)
    for seq in (one for one in sees if one <= client.cursor):
        require(seq in client.timeline, "a client has each", name=name, seq=seq)
        view = client.timeline[seq]
        if seq in hidden or state.entries[seq].changes is not None:
            continue
        if _changed_outside(state, seq, sees):
            continue
        expected = _expected(state, seq, client.user)
        require(view == expected, "a client has the table's", name=name, view=view, is_=expected)
