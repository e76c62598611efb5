"""A client of the HTTP API."""

import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.e2e.transcript import Transcript
from tests.e2e.wire import PATIENCE_S, Json, Refused


class Api:
    """Requests of one user, or of nobody."""

    def __init__(self, url: str, transcript: Transcript, token: str | None) -> None:
        """Talk to one installation.

        Args:
            url: `http_url` of local.json.
            transcript: For what the server says.
            token: None to come without.
        """
        self._url = urlsplit(url)
        self._transcript = transcript
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **query: object) -> Json:
        """GET with a query."""
        return self.request("GET", f"{path}?{urlencode(query)}" if query else path)

    def post(self, path: str, body: object = None) -> Json:
        """POST a JSON body, or none."""
        return self.request("POST", path, body)

    def put(self, path: str, body: object = None) -> Json:
        """PUT a JSON body, or none."""
        return self.request("PUT", path, body)

    def patch(self, path: str, body: object) -> Json:
        """PATCH with a JSON body."""
        return self.request("PATCH", path, body)

    def delete(self, path: str, **query: object) -> Json:
        """DELETE with a query."""
        return self.request("DELETE", f"{path}?{urlencode(query)}" if query else path)

    def request(self, method: str, path: str, body: object = None) -> Json:
        """The answer's JSON; empty where there is none.

        Raises:
            Refused: The status is not 2xx; the code is that of the problem document, or
                `gateway` where the gateway itself refuses.
        """
        text = None if body is None else json.dumps(body)
        status, said = self.raw(method, path, text)
        found: Json = json.loads(said) if said else {}
        if status >= 300:
            raise Refused(found.get("code", "gateway"), found.get("details", {}), status)
        return found

    def raw(self, method: str, path: str, body: str | bytes | None = None) -> tuple[int, str]:
        """Status and text of the answer to any body."""
        connection = HTTPConnection(self._url.netloc, timeout=PATIENCE_S)
        headers = self._headers | ({"Content-Type": "application/json"} if body else {})
        try:
            connection.request(method, self._url.path + path, body, headers)
            response = connection.getresponse()
            said = response.read().decode()
        finally:
            connection.close()
        media = response.headers.get_content_type()
        bare = path.partition("?")[0]
        self._transcript.answer(method, bare, response.status, media, said)
        return response.status, said


def in_chat(conversation_id: str, *more: Any) -> str:
    """The path of a conversation, or of something in it."""
    return "/".join(("/v1/conversations", *(quote(str(part)) for part in (conversation_id, *more))))
