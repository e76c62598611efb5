"""The same for the permissions that sensitive words need."""

from chirrup.domain.words import Action
from tests.e2e import scenarios as s
from tests.e2e.moderator import Moderator
from tests.e2e.wire import Refused


def list_loaded(stage: s.Stage, ask: s.Ask) -> s.Done:
    """Reads which list is in force, and the list, in a function that has just started."""
    s.sent(stage, ask)
    moderator = Moderator(stage.world.stack)
    moderator.watch_for(Action.FLAG)

    def done() -> None:
        moderator.renew()
        try:
            s.sent(stage, ask)
        except Refused as refusal:
            if refusal.code == "temporarily_unavailable":
                raise s.NotDone("the list cannot be read") from refusal
            raise

    return done


IN_MESSAGES = {
    ("dynamodb:GetItem", "CatalogTable WORDS"): list_loaded,
    ("s3:GetObject", "MediaBucket/words/*"): list_loaded,
}
"""What both functions that send messages need."""
