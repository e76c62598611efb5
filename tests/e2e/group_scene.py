"""A group and its people, on whom the table of rights is tried, over any way to ask."""

import json
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Protocol

from tests.e2e.wire import Json, new_id

MEMBERS = (
    *("admin", "member", "muted", "removed", "banned", "left"),
    *("target", "deputy", "quiet", "outlaw"),
)
"""First members, beside the owner; the last four are those to whom things are done."""
PEOPLE = ("owner", *MEMBERS, "outsider", "asker", "newcomer", "heir")
"""The heir takes the owner's place where that has made as many groups as a user may in a day."""
ACTORS = {"muted member": "muted"}
"""Of the columns that do not begin with the actor."""


class Someone(Protocol):
    """A user, in whichever test."""

    id: str

    def http(self, method: str, path: str, body: object = None) -> tuple[int, str]:
        """Ask over HTTP: status and text of the answer."""
        ...

    def frame(self, action: str, data: Json) -> Json:
        """Send a frame: the frame that answers it."""
        ...


def actor_of(column: str) -> str:
    """Who acts in a column."""
    return ACTORS.get(column, column.split(maxsplit=1)[0])


class Scene:
    """One group. What is asked for is made at once, while everybody is still in.

    Attributes:
        people: By what they are here.
    """

    def __init__(
        self,
        people: Mapping[str, Someone],
        rules: Mapping[str, object],
        stop: Callable[[str], object] | None = None,
    ) -> None:
        """Make the group.

        Args:
            people: All of `PEOPLE`.
            rules: With which it is made, beside a name.
            stop: Has the platform stop a group.
        """
        self.people = people
        self._stop = stop
        self._said: dict[str, int] = {}
        self._settled: set[str] = set()
        wanted = {"client_id": new_id(), "name": "Book club", **rules}
        wanted["member_ids"] = [people[name].id for name in MEMBERS]
        self.id: str = self.done("owner", "POST", "/v1/groups", wanted)["group_id"]

    @property
    def group(self) -> str:
        """Its path."""
        return f"/v1/groups/{self.id}"

    @property
    def chat(self) -> str:
        """The path of its conversation."""
        return f"/v1/conversations/{self.id}"

    def id_of(self, name: str) -> str:
        """The user id of somebody here."""
        return self.people[name].id

    def done(self, name: str, method: str, path: str, body: object = None) -> Json:
        """Have somebody do what works."""
        status, said = self.people[name].http(method, path, body)
        assert status < 300, f"{name} {method} {path}: {said}"
        found: Json = json.loads(said) if said else {}
        return found

    def message_of(self, name: str) -> int:
        """The seq of a message that somebody has sent; of a member's for one who is not in."""
        sender = name if name in ("owner", *MEMBERS) else "target"
        if sender not in self._said:
            message = {"client_id": new_id(), "type": "text", "content": {"text": f"I, {sender}"}}
            sent = self.done(sender, "POST", f"{self.chat}/messages", message)
            self._said[sender] = int(sent["seq"])
        return self._said[sender]

    @cached_property
    def announcement(self) -> Json:
        """One of the owner's."""
        return self.done("owner", "POST", f"{self.group}/announcements", {"text": "Hear!"})

    @property
    def pinned(self) -> int:
        """The seq of a message that is pinned."""
        seq = self.message_of("deputy")
        self.done("owner", "POST", f"{self.chat}/pins", {"seq": seq})
        return seq

    @cached_property
    def link(self) -> str:
        """The code of a link."""
        return str(self.done("owner", "POST", f"{self.group}/invites", {})["code"])

    @cached_property
    def asker(self) -> str:
        """One who has asked to come in."""
        self.done("asker", "POST", f"{self.group}/requests", {})
        return self.id_of("asker")

    @cached_property
    def deputy(self) -> str:
        """Another admin."""
        self.done("owner", "PUT", f"{self.group}/admins/{self.id_of('deputy')}")
        return self.id_of("deputy")

    @cached_property
    def quiet(self) -> str:
        """Another member who may not write."""
        self.done("owner", "PUT", f"{self.group}/mutes/{self.id_of('quiet')}", {})
        return self.id_of("quiet")

    @cached_property
    def outlaw(self) -> str:
        """Another who may not come again."""
        self.done("owner", "DELETE", f"{self.group}/members/{self.id_of('outlaw')}?ban=true")
        return self.id_of("outlaw")

    def settle(self, column: str) -> None:
        """Let happen what the column says."""
        actor = self.id_of(actor_of(column))
        steps: dict[str, tuple[Any, ...]] = {
            "admin": ("owner", "PUT", f"{self.group}/admins/{actor}"),
            "muted member": ("owner", "PUT", f"{self.group}/mutes/{actor}", {}),
            "member while all are muted": ("owner", "PATCH", self.group, {"muted_all": True}),
            "removed": ("owner", "DELETE", f"{self.group}/members/{actor}"),
            "banned": ("owner", "DELETE", f"{self.group}/members/{actor}?ban=true"),
            "left": ("left", "POST", f"{self.group}/leave"),
        }
        world = world_of(column)
        fate = world or column
        if fate in self._settled:
            return
        self._settled.add(fate)
        if world == "dissolved":
            self.done("owner", "DELETE", self.group)
        elif world == "stopped":
            assert self._stop
            self._stop(self.id)
        elif column in steps:
            self.done(*steps[column])


def world_of(column: str) -> str:
    """What has become of the whole group; empty for nothing."""
    return next((word for word in ("dissolved", "stopped", "all are muted") if word in column), "")
