"""How much a user may upload."""

from dataclasses import dataclass, replace
from typing import ClassVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.records import Owned, Record

HOUR_MS = 60 * 60 * 1000
UPLOADS_AN_HOUR = 300


@dataclass(frozen=True, slots=True)
class UploadQuota(Record):
    """What one user has uploaded; its `owner` is the user.

    Attributes:
        hour: The hour (since the epoch) that `made` counts.
        made: Uploads declared in it.
    """

    KIND: ClassVar[str] = "UPLOADS"
    OF: ClassVar[Owned] = "user"

    hour: int = 0
    made: int = 0

    def with_upload(self, now: int) -> "UploadQuota":
        """The same and an upload declared now (ms since epoch).

        Raises:
            ChirrupError: `rate_limited` when there were too many in this hour.
        """
        hour = now // HOUR_MS
        made = self.made if self.hour == hour else 0
        if made >= UPLOADS_AN_HOUR:
            wait = (hour + 1) * HOUR_MS - now
            raise ChirrupError(
                ErrorCode.RATE_LIMITED, retry_after_ms=wait, reason="uploads_an_hour"
            )
        return replace(self, hour=hour, made=made + 1)
