"""Objects in S3."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session

from chirrup.domain.errors import ChirrupError, ErrorCode

CONFIG = Config(
    connect_timeout=1,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
    signature_version="s3v4",
    # The checksums that matter are declared by whoever uploads; others would cost CPU only.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    s3={"us_east_1_regional_endpoint": "regional"},
)
MISSING = ("NoSuchKey", "404")


def client(session: Session, *, endpoint_url: str | None = None) -> BaseClient:
    """A client of S3, by the region and the credentials of the environment.

    Args:
        session: One that has made a client before, which spares 70 ms.
        endpoint_url: Another endpoint than AWS's own.
    """
    return session.create_client("s3", config=CONFIG, endpoint_url=endpoint_url)


class S3Objects:
    """Implements `ports.objects.Objects`."""

    def __init__(self, s3: Any, bucket: str) -> None:  # noqa: ANN401 - botocore's
        self._s3 = s3
        self._bucket = bucket

    def put(self, key: str, body: bytes, content_type: str) -> None:
        """See `ports.objects.Objects`."""
        with translated():
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type)

    def get(self, key: str) -> bytes | None:
        """See `ports.objects.Objects`."""
        with translated():
            try:
                found = self._s3.get_object(Bucket=self._bucket, Key=key)
            except ClientError as error:
                if is_missing(error):
                    return None
                raise
            body: bytes = found["Body"].read()
            return body

    def delete(self, key: str) -> None:
        """See `ports.objects.Objects`."""
        with translated():
            self._s3.delete_object(Bucket=self._bucket, Key=key)


def is_missing(error: ClientError) -> bool:
    """Whether S3 says that there is no such object."""
    return error.response["Error"]["Code"] in MISSING


@contextmanager
def translated() -> Iterator[None]:
    """Failures of S3 in our words.

    Raises:
        ChirrupError: `temporarily_unavailable` when S3 could not be asked, or was too busy.
    """
    try:
        yield
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0) >= 500:  # noqa: PLR2004
            raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE) from error
        raise
    except BotoCoreError as error:
        raise ChirrupError(ErrorCode.TEMPORARILY_UNAVAILABLE) from error
