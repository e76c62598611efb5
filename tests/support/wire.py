"""Where the AWS SDK hands its requests to the network: what is answered, or lost, there.

The SDK's own retries and the translation of its errors are thus the real ones.
"""

import json
from collections.abc import Iterator
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError

from chirrup.storage.dynamo import Dynamo

Outcome = Exception | tuple[int, bytes]
"""What becomes of a request: an error of the network, or an answer with its status."""


class Body:
    """The body of an answer, as the SDK reads it."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self) -> Iterator[bytes]:
        """All of it."""
        yield self._content


class Wire:
    """A network that does what it is told; the last outcome goes on for ever.

    Attributes:
        requests: Bodies of the requests, in order.
    """

    def __init__(self, *outcomes: Outcome) -> None:
        self._outcomes = list(outcomes)
        self.requests: list[Any] = []

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """As botocore's HTTP session does."""
        assert isinstance(request.body, bytes)
        self.requests.append(json.loads(request.body))
        outcome = self._outcomes.pop(0) if len(self._outcomes) > 1 else self._outcomes[0]
        if isinstance(outcome, Exception):
            raise outcome
        status, body = outcome
        return AWSResponse(request.url, status, HTTPHeaders(), Body(body))

    def under(self, dynamo: Dynamo) -> None:
        """Take the place of the network under a client."""
        endpoint_of(dynamo).http_session = self


class LostAnswers:
    """A real network that loses the answers of the first requests, which were carried out."""

    def __init__(self, network: Any, lost: int = 1) -> None:
        self._network = network
        self._lost = lost

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """As botocore's HTTP session does."""
        answer: AWSResponse = self._network.send(request)
        if self._lost:
            self._lost -= 1
            _ = answer.content
            raise ReadTimeoutError(endpoint_url=request.url)
        return answer


def endpoint_of(dynamo: Dynamo) -> Any:
    """The part of a client that owns the network; botocore has no public name for it."""
    client: Any = dynamo.connection.client
    return client._endpoint


def answered(body: dict[str, Any]) -> Outcome:
    """A request that succeeds."""
    return 200, json.dumps(body).encode()


def refused(code: str, status: int = 400, **more: Any) -> Outcome:
    """A request that DynamoDB refuses."""
    kind = f"com.amazonaws.dynamodb.v20120810#{code}"
    return status, json.dumps({"__type": kind, "message": "no", **more}).encode()


def cancelled(*codes: str, **item: Any) -> Outcome:
    """A transaction that is cancelled, with a reason for each part; the first one's item."""
    reasons: list[dict[str, Any]] = [{"Code": code} for code in codes]
    reasons[0].update(item)
    return refused("TransactionCanceledException", CancellationReasons=reasons)
