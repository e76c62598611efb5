"""What each operation costs in DynamoDB: units, and round trips one after another."""

from itertools import count
from typing import TYPE_CHECKING

from benchmarks.meter import Bill
from benchmarks.report import Row
from benchmarks.world import World, world
from chirrup.domain.ids import private_id
from chirrup.service.actor import Actor
from chirrup.service.senders import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

ALICE = "5f0c6b1e-8a39-4d1f-9c6e-2f7f4f1c0a01"
BOB = "c2b7d9a4-1e55-4b0a-8f0d-6f1e9a7b3c02"
"""Ids as long as Cognito's, so that items are as big as in life."""
CHAT = private_id(ALICE, BOB)
TEXT = "x" * 560
"""A message of 0.7 KB with its content's JSON and its keys; see the budget."""
SENDS = 40
FRIENDS = 100


def rows() -> list[Row]:
    """All operations, with the budgets that there are."""
    with world() as one:
        for user in (ALICE, BOB):
            one.add_user(user)
        return [*_sending(one), *_others(one), *_lists(one)]


def _sending(one: World) -> list[Row]:
    ids = (ulid(1_790_000_000_000 + 8_000 * number) for number in count())
    first = one.meter.measure(lambda: _send(one, next(ids), "hi"))
    bills = [one.meter.measure(lambda: _send(one, next(ids), TEXT)) for _ in range(SENDS)]
    fresh = next(ids)
    _send(one, fresh, TEXT)
    again = one.meter.measure(lambda: _send(one, fresh, TEXT))
    return [
        *_figures("first message of a chat", first),
        Row(
            f"text of 0.6 KB, writes (mean of {SENDS})",
            _mean([bill.writes for bill in bills]),
            "WRU",
            3,
        ),
        Row("text of 0.6 KB, reads (mean)", _mean([bill.reads for bill in bills]), "RRU", 2.5),
        Row("text of 0.6 KB, round trips (most)", max(b.rounds for b in bills), "", 4),
        *_figures("retry of a stored text", again),
    ]


def _others(one: World) -> list[Row]:
    alice, bob = Actor(ALICE), Actor(BOB)
    wanted: list[tuple[str, Callable[[], object]]] = [
        ("edit", lambda: one.messaging.changing.edit(alice, CHAT, 3, {"text": "edited"})),
        ("reaction", lambda: one.messaging.changing.react(bob, CHAT, 3, "👍", add=True)),
        ("recall", lambda: one.messaging.changing.recall(alice, CHAT, 42)),
        ("read to the end", lambda: one.messaging.receipts.read(bob, CHAT, 45)),
        ("typing", lambda: one.messaging.conversations.typing(alice, CHAT)),
        (
            "history of 20",
            lambda: one.messaging.reading.history(bob, CHAT, limit=20, budget=96_000),
        ),
        (
            "sync without news",
            lambda: one.messaging.reading.sync(bob, {CHAT: 45}, None, budget=96_000),
        ),
    ]
    return [row for name, run in wanted for row in _figures(name, one.meter.measure(run))]


def _lists(one: World) -> list[Row]:
    for number in range(FRIENDS - 1):
        friend = f"friend-{number:03d}"
        one.add_user(friend)
        draft = Draft(f"hello-{number}", "text", {"text": "hello"}, to=ALICE)
        one.messaging.sending.send(Actor(friend), draft)
    bill = one.meter.measure(lambda: one.messaging.conversations.list(Actor(ALICE), None, FRIENDS))
    calls = sum(bill.calls.values())
    return [
        Row(f"conversation list of {FRIENDS} with unread, calls", calls, "", 4),
        Row(f"conversation list of {FRIENDS}, reads", bill.reads, "RRU"),
    ]


def _send(one: World, client_id: str, text: str) -> None:
    one.messaging.sending.send(Actor(ALICE), Draft(client_id, "text", {"text": text}, CHAT))


def _figures(name: str, bill: Bill) -> list[Row]:
    note = f"{bill.writes:g} WRU, {bill.reads:g} RRU, " + ", ".join(
        f"{times} {call}" for call, times in bill.calls.items()
    )
    return [Row(f"{name}, round trips", bill.rounds, "", note=note)]


def _mean(figures: list[float]) -> float:
    return round(sum(figures) / len(figures), 2)


def ulid(ms: int) -> str:
    """A ULID of this time; what follows the time is of no importance here."""
    digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    time = "".join(digits[ms >> shift & 31] for shift in range(45, -1, -5))
    return time + "0" * 16
