"""Finding, whatever has happened: held against a plain scan that shares none of its code."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.finding import Criteria, terms_of
from chirrup.service.actor import Actor
from tests.support.scanning import Said, Sees, scan
from tests.unit.grouping import GROUP, add, make, remove
from tests.unit.making import text
from tests.unit.world import ALICE, World

WORDS = ("lunch", "LUNCH", "Noon", "明天", "見面", "Stra\u00dfe", "\uff21\uff22", "x")


def found(
    world: World, user: str, words: str, where: str | None, limit: int, **more: Any
) -> list[int]:
    """The seqs that a user finds, page by page."""
    seqs: list[int] = []
    cursor: str | None = None
    criteria = Criteria(terms_of(words), **more)
    while True:
        results = world.finding.search(
            Actor(user), criteria, where, cursor, limit=limit, budget=1_000_000
        )
        assert len(results.messages) <= limit
        seqs += [shown.entry.seq for shown in results.messages]
        if results.place is None:
            return seqs
        cursor = results.place.text()


class Story:
    """A group in which things happen, and the log of a second opinion.

    Attributes:
        log: What was said.
        sees: What each user may see.
    """

    def __init__(self) -> None:
        self.world = World()
        self.log: dict[int, Said] = {}
        make(self.world, "bob")
        self.sees = {"alice": Sees([(1, None)]), "bob": Sees([(1, None)])}

    @property
    def end(self) -> int:
        """The last seq."""
        return max(self.world.tables.entries[GROUP])

    def say(self, user: str, words: str) -> None:
        """Send a text, if the user is in."""
        if self.sees[user].left is None:
            self.world.send(Actor(user), words, conversation_id=GROUP)
            self.log[self.end] = Said(user, "text", self.world.clock.time, [(self.end, words)])

    def edit(self, seq: int, words: str) -> None:
        """Give a text another one, if its sender may and still sees it."""
        said = self.log.get(seq)
        sees = said and self.sees[said.sender]
        if said and sees and not said.recalled and sees.left is None and sees.shows(seq):
            changing = self.world.messaging.changing
            changing.edit(Actor(said.sender), GROUP, seq, text(words))
            said.versions.append((self.end, words))

    def recall(self, seq: int) -> None:
        """Have alice, who owns the group, take a message back, if she still sees it."""
        if seq in self.log and not self.log[seq].recalled and self.sees["alice"].shows(seq):
            self.world.messaging.changing.recall(ALICE, GROUP, seq)
            self.log[seq].recalled = True

    def hide(self, user: str, seq: int) -> None:
        """Delete a message for one user."""
        if seq in self.log and self.sees[user].shows(seq):
            self.world.messaging.conversations.delete_message_for_me(Actor(user), GROUP, seq)
            self.sees[user].hidden.add(seq)

    def clear(self, user: str) -> None:
        """Delete everything for one user."""
        sees = self.sees[user]
        self.world.messaging.conversations.delete_for_me(Actor(user), GROUP)
        sees.cleared = sees.left or self.end

    def move(self, user: str) -> None:
        """Let a user leave, or come in again."""
        sees = self.sees.setdefault(user, Sees([]))
        if sees.stays and sees.left is None:
            remove(self.world, user)
            sees.stays[-1] = (sees.stays[-1][0], self.end)
        else:
            add(self.world, user)
            sees.stays.append((self.end, None))


_SEQ = st.integers(2, 40)
_TEXT = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
_ACTS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(["alice", "bob"]), _TEXT),
    st.tuples(st.just("say"), st.sampled_from(["alice", "bob"]), _TEXT),
    st.tuples(st.just("edit"), _SEQ, _TEXT),
    st.tuples(st.just("recall"), _SEQ),
    st.tuples(st.just("hide"), st.sampled_from(["alice", "bob"]), _SEQ),
    st.tuples(st.just("clear"), st.just("bob")),
    st.tuples(st.just("move"), st.sampled_from(["bob", "carol"])),
)


@given(
    acts=st.lists(_ACTS, min_size=10, max_size=40),
    words=_TEXT,
    limit=st.integers(1, 4),
    affords=st.integers(1, 9),
)
def test_whatever_happens_everybody_finds_what_a_plain_scan_finds(
    acts: list[tuple[Any, ...]], words: str, limit: int, affords: int
) -> None:
    story = Story()
    for name, *given_ in acts:
        getattr(story, name)(*given_)
    story.world.finder.affords = affords
    for user, sees in story.sees.items():
        for sought in (words, words.split(maxsplit=1)[0].swapcase()[:3]):
            wanted = scan(story.log, sees, sought)
            for where in (GROUP, None):
                assert found(story.world, user, sought, where, limit) == wanted
        by_alice = found(story.world, user, "", GROUP, limit, sender_id="alice")
        assert by_alice == scan(story.log, sees, senders=["alice"])
