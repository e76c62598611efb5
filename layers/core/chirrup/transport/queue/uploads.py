"""Objects that were uploaded, as the bucket tells a queue of them."""

import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from chirrup.domain.contents import is_media_id
from chirrup.service.thumbnails import Thumbnails
from chirrup.transport.queue.fanout import Answer

_log = logging.getLogger(__name__)

FOLDER = "media/"


class Arrivals:
    """Works batches off, and says which messages are to be brought again."""

    def __init__(self, *, thumbnails: Thumbnails) -> None:
        self._thumbnails = thumbnails

    def handle(self, event: dict[str, Any]) -> Answer:
        """Work off all messages of an event; one that fails keeps no other from its work."""
        failed = [one["messageId"] for one in event["Records"] if not self._done(one)]
        return {"batchItemFailures": [{"itemIdentifier": id_} for id_ in failed]}

    def _done(self, message: dict[str, Any]) -> bool:
        try:
            for media_id in _uploads(message["body"]):
                self._thumbnails.arrived(media_id)
        except Exception:
            # Its queue brings it again, and gives it to the dead letters in the end.
            _log.exception(
                "an upload was not worked off", extra={"message_id": message["messageId"]}
            )
            return False
        return True


def _uploads(body: str) -> Iterator[str]:
    """Ids of the uploads that a message tells of; none in the bucket's own test message."""
    told = json.loads(body)
    if told.get("Event") == "s3:TestEvent":
        return
    for record in told["Records"]:
        # S3 writes keys as forms do.
        key = unquote_plus(record["s3"]["object"]["key"])
        media_id = key.removeprefix(FOLDER)
        if key.startswith(FOLDER) and is_media_id(media_id):
            yield media_id
