"""Who looks after the list of words of the deployed stack; its routes come with the administration.

Words stay on the list while the tests run, so each test has its own, which no other says.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from chirrup.clock import SystemClock
from chirrup.domain.hits import Hit
from chirrup.domain.words import Action, Word
from chirrup.service.hits import WantedHits
from chirrup.storage.dynamo import Dynamo
from chirrup.storage.objects import S3Objects, client
from chirrup.storage.records import DynamoRecords
from chirrup.transport.words import moderation
from local.places import REGION, STACK
from tests.e2e.stack import Stack

SENDING = ("http-api", "ws-message")


class Moderator:
    """Puts words on the list, and sees what was found."""

    def __init__(self, stack: Stack) -> None:
        self._functions = stack.aws("lambda")
        endpoint = stack.local["endpoint_url"]
        with _all_rights():
            catalog = {"catalog": stack.resources["CatalogTable"]}
            dynamo = Dynamo(catalog, region=REGION, endpoint_url=endpoint)
            s3 = client(dynamo.session, endpoint_url=endpoint)
        bucket = stack.resources["MediaBucket"]
        self.cases = moderation(
            records=DynamoRecords(dynamo), objects=S3Objects(s3, bucket), clock=SystemClock()
        )

    def watch_for(self, action: Action) -> str:
        """A new word on the list."""
        # Letters alone: a word of letters and digits would be one word all the same.
        word = "".join(chr(ord("a") + int(digit, 16)) for digit in uuid4().hex[:12])
        self.cases.words.add("e2e", Word(word, action))
        return word

    def renew(self) -> None:
        """Have the next requests met by functions that have just started."""
        for name in SENDING:
            function = f"{STACK}-{name}"
            kept = self._functions.get_function_configuration(FunctionName=function)["Environment"]
            renewed = {**kept["Variables"], "RENEWED": uuid4().hex}
            self._functions.update_function_configuration(
                FunctionName=function, Environment={"Variables": renewed}
            )

    def hits(self, user_id: str) -> list[Hit]:
        """What was found of a user's, the newest first."""
        return self.cases.hits.list(WantedHits(user_id=user_id), None, 100)[0]


@contextmanager
def _all_rights() -> Iterator[None]:
    """Credentials of the account's owner, for clients that are made here."""
    given = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    before = dict(os.environ)
    os.environ.update(given)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
