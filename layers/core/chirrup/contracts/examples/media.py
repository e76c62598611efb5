"""Examples of uploads and downloads on the wire."""

from chirrup.contracts.downloads import MediaLink, MediaQuery
from chirrup.contracts.examples.values import AT, Example, Examples
from chirrup.contracts.uploads import NewUpload, UploadPart, UploadTicket, UploadView

_ID = "m_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
_SUM = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
_BUCKET = "https://media.s3.us-east-1.amazonaws.com"
_IMAGE: Example = {"purpose": "image", "content_type": "image/jpeg", "size": 5_242_880}
_PART: Example = {
    "number": 1,
    "first_byte": 0,
    "size": 16_777_216,
    "url": f"{_BUCKET}/media/{_ID}?partNumber=1&X-Amz-Signature=…",
    "headers": {"content-length": "16777216", "x-amz-checksum-sha256": _SUM},
}
EXAMPLES: Examples = {
    NewUpload: [
        {"client_id": "01JD4Q9W3E8T5Y7Z2X6C4V1B0N", **_IMAGE, "sha256": [_SUM], "name": "cat.jpg"}
    ],
    UploadPart: [_PART],
    UploadTicket: [
        {
            "media_id": _ID,
            "expires_at": AT + 3_600_000,
            "method": "post",
            "url": _BUCKET,
            "fields": {"key": f"media/{_ID}", "Content-Type": "image/jpeg", "policy": "…"},
        },
        {"media_id": _ID, "expires_at": AT + 3_600_000, "method": "parts", "parts": [_PART]},
    ],
    UploadView: [
        {"media_id": _ID, **_IMAGE, "name": "cat.jpg", "expires_at": AT + 82_800_000},
        {"media_id": _ID, **_IMAGE},
    ],
    MediaQuery: [
        {"conversation_id": "p_alice~bob"},
        {"thumbnail": True, "redirect": False},
    ],
    MediaLink: [
        {"url": f"{_BUCKET}/media/{_ID}?X-Amz-Signature=…", "expires_at": AT + 300_000},
    ],
}
