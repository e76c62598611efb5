"""Gap: a form that uploads an object may carry a checksum and tags, which are not looked at.

S3 takes nothing but what has the checksum, keeps it with the object, and tags the object.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any
from xml.etree import ElementTree

CHECKSUM = "x-amz-checksum-sha256"
_given: ContextVar[str | None] = ContextVar("_given", default=None)


def tags_of(xml: str) -> dict[str, str]:
    """The tags that the field `tagging` of a form gives."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - of our own forms, on this machine
    texts = [[one.text or "" for one in tag] for tag in root.iter() if tag.tag.endswith("Tag")]
    return {text[0]: text[1] for text in texts}


def install(ministack: Any) -> None:
    s3 = ministack.s3
    post, build = s3._post_object, s3._build_object_record

    def post_as_the_form_says(bucket: str, body: bytes, headers: Mapping[str, str]) -> Any:
        form = {
            name.lower(): value
            for name, _, _, value in s3._parse_multipart_form(headers.get("content-type", ""), body)
        }
        checksum = form.get(CHECKSUM, b"").decode() or None
        if checksum and checksum != s3._compute_s3_checksum("SHA256", form.get("file", b"")):
            return s3._error("BadDigest", "The SHA256 you specified did not match.", 400)
        token = _given.set(checksum)
        try:
            answer = post(bucket, body, headers)
        finally:
            _given.reset(token)
        if answer[0] < 300 and "tagging" in form:  # noqa: PLR2004
            key = form["key"].decode()
            stored = s3._buckets[bucket]["objects"][key]
            s3._object_tags[bucket, key, stored.get("version_id")] = tags_of(
                form["tagging"].decode()
            )
            if s3.S3_PERSIST:
                s3._persist_object(bucket, key, stored)
        return answer

    def build_with_checksum(*args: Any, **kwargs: Any) -> Any:
        record = build(*args, **kwargs)
        checksum = _given.get()
        if checksum:
            record["checksums"] = {**record["checksums"], "SHA256": checksum}
        return record

    s3._post_object = post_as_the_form_says
    s3._build_object_record = build_with_checksum
