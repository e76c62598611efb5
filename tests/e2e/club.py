"""A group of one test, and what its people do in it."""

from typing import Any

from tests.e2e.people import Person
from tests.e2e.wire import Json, new_id


class Club:
    """A group.

    Attributes:
        id: Of the group, and of its conversation.
    """

    def __init__(self, owner: Person, *members: Person, **more: Any) -> None:
        wanted = {
            "client_id": new_id(),
            "name": "Book club",
            "member_ids": [member.id for member in members],
            **more,
        }
        self.id: str = owner.api.post("/v1/groups", wanted)["group_id"]

    def path(self, *more: str) -> str:
        """The path of the group, or of something in it."""
        return "/".join(("/v1/groups", self.id, *more))

    def of(self, person: Person) -> Json:
        """The group as somebody sees it."""
        return person.api.get(self.path())

    def entries(self, person: Person) -> list[Json]:
        """The timeline as somebody sees it."""
        found: list[Json] = person.api.get(f"/v1/conversations/{self.id}/messages", limit=200)[
            "messages"
        ]
        return found

    def types(self, person: Person) -> list[str]:
        """What kinds of entries somebody sees."""
        return [entry["type"].removeprefix("system.group_") for entry in self.entries(person)]
