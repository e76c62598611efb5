"""A world with a list of words."""

from chirrup.domain.hits import Hit
from chirrup.domain.words import Action, Word
from chirrup.service.actor import Actor
from chirrup.service.hits import WantedHits
from chirrup.service.word_list import GRACE_MS, LOOK_EVERY_MS
from tests.unit.club import Club

ADMIN = "im-admin"
WORDS = (
    Word("spam", Action.REJECT, "ads"),
    Word("darn", Action.MASK, "rude"),
    Word("法轮", Action.MASK),
    Word("kill yourself", Action.REJECT, "harm"),
    Word("bank account", Action.FLAG, "fraud"),
)


class Guarded(Club):
    """Alice's group with bob and carol, where some words are not wanted."""

    def __init__(self, *words: Word) -> None:
        super().__init__()
        self.watch_for(*(words or WORDS))

    def watch_for(self, *words: Word) -> None:
        """Put words on the list, and let that be known."""
        given = {word.form: word for word in words}
        self.moderation.words.import_(ADMIN, given, replace=False)
        self.clock.advance(LOOK_EVERY_MS + GRACE_MS)

    def hits(self) -> list[Hit]:
        """All hits, the newest first."""
        return self.moderation.hits.list(WantedHits(), None, 100)[0]

    def text_of(self, actor: Actor, words: str, **more: object) -> object:
        """What is kept of a text that is sent."""
        return self.send(actor, words, **more).entry.content["text"]  # type: ignore[arg-type]
