"""All that is done with uploads, on fakes, for those who put the use cases together by hand."""

from collections.abc import Callable
from typing import Any, NamedTuple

from chirrup.ports import Clock
from chirrup.ports.conversations import Conversations
from chirrup.ports.media import Picture
from chirrup.ports.records import Records
from chirrup.ports.timelines import Timeline
from chirrup.recognition import recognise
from chirrup.service.attaching import Attaching
from chirrup.service.confirming import Confirming
from chirrup.service.downloads import Downloads
from chirrup.service.showing import Showing
from chirrup.service.thumbnails import Thumbnails
from chirrup.service.uploads import Uploads
from tests.fakes import FakeMedia, FakeTables


class UploadCases(NamedTuple):
    """The bucket, and the use cases."""

    bucket: FakeMedia
    confirming: Confirming
    attaching: Attaching
    uploads: Uploads
    downloads: Downloads
    thumbnails: Thumbnails


def upload_cases(
    tables: FakeTables,
    *,
    records: Records,
    conversations: Conversations,
    timeline: Timeline,
    clock: Clock,
    make_small: Callable[[bytes], Picture | None] = lambda _: None,
) -> UploadCases:
    """Put the use cases together."""
    bucket = FakeMedia(tables)
    shared: dict[str, Any] = {"records": records, "objects": bucket, "clock": clock}
    confirming = Confirming(recognise=recognise, **shared)
    shared["confirming"] = confirming
    showing = Showing(conversations=conversations, timeline=timeline)
    return UploadCases(
        bucket=bucket,
        confirming=confirming,
        attaching=Attaching(**shared),
        uploads=Uploads(parts=bucket, links=bucket, **shared),
        downloads=Downloads(records=records, showing=showing, links=bucket, clock=clock),
        thumbnails=Thumbnails(make_small=make_small, **shared),
    )
