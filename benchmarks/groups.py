"""What a message costs in groups of different sizes: its sending, and telling the members."""

from functools import partial
from itertools import count

from benchmarks.meter import Bill
from benchmarks.operations import ALICE, TEXT, ulid
from benchmarks.report import Row
from benchmarks.world import World, world
from chirrup.domain.audiences import Audience
from chirrup.domain.conversations import Head
from chirrup.domain.ids import group_id, parse_conversation_id
from chirrup.domain.messages import Entry
from chirrup.domain.rights import GroupState, Role
from chirrup.domain.rosters import RosterChunk, chunk_of
from chirrup.ports.records import MemberChange, Put
from chirrup.service.access import audience_of
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt
from chirrup.service.senders import Draft

SIZES = (10, 500, 10_000)
SENDS = 5


def rows() -> list[Row]:
    """Units of a message by the size of its group, equal within half a unit."""
    found: list[Row] = []
    sent: list[tuple[float, float]] = []
    with world() as one:
        for size in SIZES:
            id_ = _make(one, size)
            _send(one, id_, "01JD4Q9W3E8T5Y7Z2X6C4V1B0N")
            handed, told = _bills(one, id_)
            writes = _mean([bill.writes for bill in handed])
            reads = _mean([bill.reads for bill in handed])
            sent.append((writes, reads))
            found += [
                Row(f"group of {size:,}: text of 0.6 KB, writes", writes, "WRU", 3),
                Row(f"group of {size:,}: reads before it is dispatched", reads, "RRU", 2.5),
                Row(
                    f"group of {size:,}: reads to find all sockets, in the mode local",
                    round(_mean([bill.reads for bill in told]) - reads, 2),
                    "RRU",
                    note="half a unit a member, none for the roster while nobody comes or goes",
                ),
            ]
    totals = [writes + reads for writes, reads in sent]
    spread = max(totals) - min(totals)
    found.append(Row("groups of 10 to 10,000: units of a send differ by", spread, "units", 0.5))
    return found


def _bills(one: World, id_: str) -> tuple[list[Bill], list[Bill]]:
    """Sends as far as the dispatch, and sends with the pushes to all members."""
    ids = (ulid(1_790_000_100_000 + 8_000 * number) for number in count())
    told = [one.meter.measure(lambda: _send(one, id_, next(ids))) for _ in range(SENDS)]
    with one.only_dispatched():
        handed = [one.meter.measure(lambda: _send(one, id_, next(ids))) for _ in range(SENDS)]
    return handed, told


def _make(one: World, size: int) -> str:
    """A group of alice's, with her alone online.

    Of the others only their places in the roster are made: a send reads and writes no more of them.
    """
    id_ = group_id(ALICE, f"of {size}")
    others = [f"{at:08d}-1e55-4b0a-8f0d-6f1e9a7b3c02" for at in range(size - 1)]
    since: dict[str, dict[str, int]] = {}
    for user in (ALICE, *others):
        since.setdefault(chunk_of(user), {})[user] = 1
    one.messaging.committing.run(partial(_found, id_, size, since.pop(chunk_of(ALICE))))
    for name, users in since.items():
        one.records.commit([Put(RosterChunk(owner=id_, name=name, since=users))])
    return id_


def _found(id_: str, size: int, since: dict[str, int], attempt: Attempt) -> None:
    group = GroupState("Everybody", size)
    told = {"user_ids": [ALICE]}
    entry = attempt.grow(
        id_, ALICE, "system.group_created", told, _everybody, group=group, new_roster=True
    )
    attempt.write(MemberChange(id_, ALICE, {"role": Role.OWNER, "since": 1, "acl": entry.seq}))
    attempt.write(Put(RosterChunk(owner=id_, name=chunk_of(ALICE), since=since)))


def _everybody(head: Head, entry: Entry) -> Audience:
    # Nobody is told while the group is made: that would be looked up for nothing.
    conversation = parse_conversation_id(head.conversation_id)
    return Audience() if entry.governs else audience_of(conversation, head, entry.seq)


def _send(one: World, id_: str, client_id: str) -> None:
    one.messaging.sending.send(Actor(ALICE), Draft(client_id, "text", {"text": TEXT}, id_))


def _mean(figures: list[float]) -> float:
    return round(sum(figures) / len(figures), 2)
