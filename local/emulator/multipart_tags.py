"""Gap: the tags of an upload in parts are lost.

S3 keeps what the upload was begun with, and tags the object with it.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

_ID = re.compile(rb"<UploadId>([^<]+)</UploadId>")


def install(ministack: Any) -> None:
    s3 = ministack.s3
    create, complete = s3._create_multipart_upload, s3._complete_multipart_upload

    def create_with_tags(bucket: str, key: str, headers: Mapping[str, str]) -> Any:
        answer = create(bucket, key, headers)
        found = _ID.search(answer[2])
        if found and (tags := headers.get("x-amz-tagging")):
            s3._multipart_uploads[found[1].decode()]["tags"] = dict(parse_qsl(tags))
        return answer

    def complete_with_tags(
        bucket: str,
        key: str,
        body: bytes,
        query: Mapping[str, Any],
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        upload = s3._multipart_uploads.get(s3._qp(query, "uploadId")) or {}
        answer = complete(bucket, key, body, query, headers)
        if answer[0] < 300 and "tags" in upload:  # noqa: PLR2004
            stored = s3._buckets[bucket]["objects"][key]
            s3._object_tags[bucket, key, stored.get("version_id")] = upload["tags"]
            if s3.S3_PERSIST:
                s3._persist_object(bucket, key, stored)
        return answer

    s3._create_multipart_upload = create_with_tags
    s3._complete_multipart_upload = complete_with_tags
