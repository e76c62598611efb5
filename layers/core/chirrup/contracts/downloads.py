"""Downloads on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import ConversationId, Emitted, Received, Seq, Timestamp


class MediaQuery(Received):
    """Which form of it, and how."""

    conversation_id: Annotated[
        ConversationId | None,
        Field(
            description="Where you have seen it. Give it: without it only the first 100 "
            "conversations that hold it are looked through."
        ),
    ] = None
    seq: Annotated[
        Seq | None, Field(description="In which message there. It is looked at by itself then.")
    ] = None
    thumbnail: Annotated[
        bool, Field(description="The thumbnail of an image: WebP, 320 pixels at most.")
    ] = False
    redirect: Annotated[
        bool,
        Field(
            description="`false` gives the URL as JSON: a browser's `fetch` would take your token "
            "along to the bucket, which refuses it."
        ),
    ] = True


class MediaLink(Emitted):
    """Where it is downloaded, without a token."""

    url: str
    expires_at: Annotated[Timestamp, Field(description="Until when a download may begin.")]
