"""What may be uploaded."""

import re
from collections.abc import Sequence

from chirrup.domain.contents import MEDIA_BYTES_MAX
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.media_parts import parts_of
from chirrup.domain.media_refusals import not_allowed
from chirrup.domain.media_types import UPLOADED_AS, Purpose

_SHA256 = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")
"""32 bytes in base64, written the one way that S3 writes them."""


def check_declared(purpose: Purpose, content_type: str, size: int, sha256: Sequence[str]) -> None:
    """Refuse what may not be uploaded.

    Raises:
        ChirrupError: `media_not_allowed` for a type that the purpose does not know,
            `payload_too_large`, `invalid_request` for checksums that cannot be.
    """
    allowed = UPLOADED_AS[purpose]
    if allowed is not None and content_type not in allowed:
        raise not_allowed("content_type", allowed=sorted(allowed))
    limit = MEDIA_BYTES_MAX[purpose]
    if size > limit:
        raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=limit)
    wanted = len(parts_of(size)) or 1
    if len(sha256) != wanted or not all(map(_SHA256.fullmatch, sha256)):
        raise ChirrupError(
            ErrorCode.INVALID_REQUEST, field="sha256", problem="is not valid", expected=wanted
        )
