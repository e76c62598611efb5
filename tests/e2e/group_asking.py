"""The ways to ask in the table of rights: what comes of it, and the same of no group at all."""

import json
from typing import NamedTuple

from tests.e2e.group_scene import Someone
from tests.e2e.wire import Json

NOWHERE = "g_01JD4Q9W3E8T5Y7Z2X6C4V1B0N"
"""Such an id a group could have; none has it."""


class Call(NamedTuple):
    """A request over HTTP."""

    method: str
    path: str
    body: Json | None = None

    def ask(self, who: Someone) -> tuple[str, str]:
        """What it comes to, and all that is said, less the request's id."""
        status, said = self._tried(who)
        found: Json = json.loads(said) if said else {}
        found.pop("request_id", None)
        return found["code"] if status >= 300 else "ok", f"{status} {json.dumps(found)}"

    def _tried(self, who: Someone) -> tuple[int, str]:
        return who.http(self.method, self.path, self.body)

    def elsewhere(self, group_id: str) -> "Call":
        """The same about a group that does not exist."""
        return self._replace(path=self.path.replace(group_id, NOWHERE))


class Frame(NamedTuple):
    """A request over the WebSocket."""

    action: str
    data: Json

    def ask(self, who: Someone) -> tuple[str, str]:
        """What it comes to, and all that is said."""
        answer = who.frame(self.action, self.data)
        answer.pop("id", None)
        code = answer["error"]["code"] if answer["type"] == "error" else "ok"
        return code, json.dumps(answer)

    def elsewhere(self, group_id: str) -> "Frame":
        """The same about a group that does not exist."""
        return self._replace(data=json.loads(json.dumps(self.data).replace(group_id, NOWHERE)))


class Search(NamedTuple):
    """A list, in all of whose pages the group is looked for.

    Attributes:
        what: `sync`, over `socket` or not; `/v1/conversations`, `/v1/groups`.
    """

    what: str
    group_id: str
    socket: bool = False

    def ask(self, who: Someone) -> tuple[str, str]:
        """Whether it is there."""
        page: str | None = None
        while True:
            answer = self._page(who, page)
            for one in answer["conversations" if self.what == "sync" else "items"]:
                if self.group_id in (one.get("conversation_id"), one.get("group_id")):
                    return "listed as left" if one.get("left") else "listed", ""
            page = answer.get("next_page", answer.get("next_cursor"))
            if page is None:
                return "not listed", ""

    def _page(self, who: Someone, page: str | None) -> Json:
        if self.socket:
            acked: Json = who.frame("sync", {"page": page} if page else {})["data"]
            return acked
        if self.what == "sync":
            _, said = who.http("POST", "/v1/sync", {"page": page} if page else {})
        else:
            _, said = who.http(
                "GET", f"{self.what}?limit=100" + (f"&cursor={page}" if page else "")
            )
        found: Json = json.loads(said)
        return found

    def elsewhere(self, _: str) -> "Search":
        """The same for a group that does not exist."""
        return self._replace(group_id=NOWHERE)


Request = Call | Frame | Search
