"""Search in 20,000 messages: what a plain scan finds, no more and no less, whoever asks."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.conversations import Head, Span
from chirrup.domain.finding import Criteria, terms_of
from chirrup.domain.messages import EDITED, REACTED, RECALLED, Entry, Recalled
from chirrup.domain.rights import GroupState, Role
from chirrup.ports.records import Growth, MemberChange
from chirrup.service.actor import Actor
from chirrup.service.enrolment import Enrolment
from chirrup.service.finding import Finding
from chirrup.service.reading import Reading
from chirrup.storage.entry_items import entry_item
from tests.contract.entries import T0
from tests.contract.stores import Stores
from tests.fakes import FakeClock
from tests.support.scanning import Said, Sees, scan

LENGTH = 20_000
BATCH = 25
FEW = 3
RECENT = 200
"""So far back messages are edited and recalled."""
LATIN = "lunch noon Meeting PROJECT tomorrow later Thanks Stra\u00dfe caf\u00e9 zebra".split()
CJK = "明天 見面 我們 午餐 會議 好的 謝謝 \uff71\uff72\uff7d \uff2c\uff35\uff2e\uff23\uff28".split()
USERS = ("alice", "bob", "carol", "dora")
SEES = {
    "alice": Sees([(1, None)]),
    "bob": Sees([(8_001, None)]),
    "carol": Sees([(1, 12_000)]),
    "dora": Sees([(2_000, 5_000), (15_000, None)]),
}
TURNS = {turn for sees in SEES.values() for stay in sees.stays for turn in stay if turn}
"""Where somebody comes or goes."""


@dataclass
class Timeline:
    """A group's timeline as it is stored in the end, and the log of what was said."""

    id: str
    entries: dict[int, Entry] = field(default_factory=dict)
    log: dict[int, Said] = field(default_factory=dict)
    count: int = 0

    def grow(self, dice: random.Random) -> None:
        """Add an entry."""
        seq = len(self.entries) + 1
        chance = dice.random()
        target = self.log.get(seq - dice.randint(1, RECENT))
        if seq in TURNS:
            self._put(seq, "system.group_updated", {"user_ids": []})
        elif target is None or target.recalled or chance > 0.08:
            self._say(seq, dice)
        elif chance < 0.03 and target.type == "text":
            self._edit(seq, target, _words(dice))
        elif chance < 0.05:
            self._recall(seq, target)
        else:
            self._change(seq, REACTED, target, reactions={"👍": ("bob",)})

    def _say(self, seq: int, dice: random.Random) -> None:
        words, more = _words(dice), _words(dice)
        type_, content, said = dice.choices(
            [
                ("text", {"text": words}, words),
                ("file", {"name": words, "media": "m_1", "caption": more}, f"{words}\n{more}"),
                ("image", {"media": "m_1", "caption": words}, words),
                ("custom", {"custom_type": "x", "data": {"text": words}}, ""),
            ],
            [90, 4, 3, 3],
        )[0]
        self.count += 1
        entry = self._put(seq, type_, content, sender=dice.choice(USERS), client_id=f"c{seq}")
        self.log[seq] = Said(entry.sender_id, type_, entry.sent_at, [(seq, said)])

    def _edit(self, seq: int, said: Said, words: str) -> None:
        before = self.entries[said.versions[0][0]]
        self._change(
            seq,
            EDITED,
            said,
            previous=before.content,
            content={"text": words},
            edits=before.edits + 1,
            edited_at=T0 + seq,
        )
        said.versions.append((seq, words))

    def _recall(self, seq: int, said: Said) -> None:
        self._change(seq, RECALLED, said, content={}, recalled=Recalled("alice", T0 + seq))
        said.recalled = True

    def _change(
        self, seq: int, type_: str, said: Said, *, previous: Any = None, **fields: Any
    ) -> None:
        at = said.versions[0][0]
        changed = replace(self.entries[at], revision=self.entries[at].revision + 1, **fields)
        self.entries[at] = changed
        more = {"changes": at, "revision": changed.revision, "previous": previous}
        self._put(seq, type_, {"seq": at}, **more)

    def _put(self, seq: int, type_: str, content: Any, sender: str = "alice", **more: Any) -> Entry:
        given = {"client_id": "", "sent_at": T0 + 1000 * seq, "count": self.count, **more}
        entry = Entry(self.id, seq, sender, type=type_, content=content, **given)
        self.entries[seq] = entry
        return entry


def _words(dice: random.Random) -> str:
    return " ".join(dice.choices(LATIN + CJK, k=dice.randint(1, 4)))


@pytest.fixture
def timeline(stores: Stores, group: str) -> Timeline:
    """20,000 entries in a store, with all who see something of them."""
    timeline, dice = Timeline(group), random.Random(20)  # noqa: S311 - no secret
    while len(timeline.entries) < LENGTH:
        timeline.grow(dice)
    state = GroupState("Everybody", len(USERS))
    begin = Growth(timeline.entries[1], Head(group, 1, 1, group=state))
    members = [MemberChange(group, user, _stays(SEES[user])) for user in USERS]
    stores.records.commit([begin, *members])
    _fill(stores, [timeline.entries[seq] for seq in range(2, LENGTH + 1)])
    stores.conversations.advance(Head(group, LENGTH, timeline.count, group=state))
    for seq in SEES["alice"].hidden:
        stores.conversations.hide(group, "alice", seq, unread=False, mentions_all=False, now=T0)
    return timeline


SEES["alice"].hidden.update(range(3, LENGTH, 401))
SEES["dora"].cleared = 2_500


def _stays(sees: Sees) -> dict[str, Any]:
    (*earlier, (since, left)) = sees.stays
    spans = tuple(Span(first, last) for first, last in earlier)
    fields = {"since": since, "acl": since, "stays": spans, "cleared_seq": sees.cleared}
    if left:
        return fields | {"left_seq": left}
    return fields | {"role": Role.MEMBER}


def _fill(stores: Stores, entries: list[Entry]) -> None:
    if stores.dynamo is None:
        for entry in entries:
            assert stores.timeline.append(entry) is None
        return
    client: Any = stores.dynamo.connection.client
    for at in range(0, len(entries), BATCH):
        items = [entry_item(entry, 0).serialize() for entry in entries[at : at + BATCH]]
        puts = [{"PutRequest": {"Item": item}} for item in items]
        answer = client.batch_write_item(RequestItems={"messages": puts})
        assert not answer["UnprocessedItems"]


class Asked:
    """The search on the stores."""

    def __init__(self, stores: Stores, timeline: Timeline) -> None:
        self._group = timeline.id
        clock = FakeClock()
        self._finding = Finding(
            finder=stores.finder,
            activity=stores.activity,
            timeline=stores.timeline,
            conversations=stores.conversations,
            reading=Reading(
                timeline=stores.timeline,
                conversations=stores.conversations,
                enrolment=Enrolment(
                    timeline=stores.timeline,
                    conversations=stores.conversations,
                    records=stores.records,
                    users=stores.users,
                    clock=clock,
                    side_by_side=one_by_one,
                ),
                clock=clock,
                side_by_side=one_by_one,
            ),
            clock=clock,
            side_by_side=one_by_one,
        )

    def found(self, user: str, words: str = "", **more: Any) -> Iterator[int]:
        """Seqs that a user finds, page by page, in the order of the pages."""
        criteria, cursor = Criteria(terms_of(words), **more), None
        while True:
            results = self._finding.search(
                Actor(user), criteria, self._group, cursor, limit=50, budget=2_000_000
            )
            yield from (shown.entry.seq for shown in results.messages)
            if results.place is None:
                return
            cursor = results.place.text()


WORDS = ("明天 zebra", "STRASSE noon", "アイス 見", "xyz")


@pytest.mark.parametrize("stores", ["fake"], indirect=True)
def test_members_newcomers_and_leavers_find_what_a_plain_scan_finds(
    stores: Stores, timeline: Timeline
) -> None:
    asked = Asked(stores, timeline)
    for user, sees in SEES.items():
        for words in WORDS:
            wanted = scan(timeline.log, sees, words)
            assert list(asked.found(user, words)) == wanted, (user, words)
            assert (len(wanted) > FEW) == (words != "xyz")
        by_bob = scan(timeline.log, sees, "lunch", senders=["bob"])
        assert list(asked.found(user, "lunch", sender_id="bob")) == by_bob
        files = scan(timeline.log, sees, types=["file"])
        assert list(asked.found(user, type="file")) == files
        times = range(T0 + 1000 * 7_000, T0 + 1000 * 16_000)
        between = scan(timeline.log, sees, "zebra", times=times)
        found = asked.found(user, "zebra", since=times.start, until=times.stop)
        assert list(found) == between


@pytest.mark.parametrize("stores", ["moto"], indirect=True)
def test_so_they_do_in_a_table(stores: Stores, timeline: Timeline) -> None:
    """Words so rare that a page looks at all that it may: moto takes its time for each query."""
    asked = Asked(stores, timeline)
    for user, words in (
        ("alice", "明天 zebra lunch"),
        ("bob", "午餐 caf\u00e9 noon"),
        ("carol", "會 later PROJ"),
    ):
        wanted = scan(timeline.log, SEES[user], words)
        assert list(asked.found(user, words)) == wanted, (user, words)
        assert len(wanted) > FEW
