"""The part of the demo that plays in a group: made, joined, announced, mentioned, read."""

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING

from local.asking import Json, asked
from local.chat import Client

if TYPE_CHECKING:
    from local.demo import Stage


class GroupPlay:
    """Three people in a group; each act fails when what it waits for does not come."""

    def __init__(self, local: Json, stage: "Stage", tokens: dict[str, str]) -> None:
        """Use these.

        Args:
            local: The content of local.json.
            stage: Where it is shown.
            tokens: Of alice, bob and carol, by name.
        """
        self._url = str(local["http_url"])
        self._ids = {name: user["user_id"] for name, user in local["users"].items()}
        self._stage = stage
        self._tokens = tokens
        self.group = ""

    async def play(self, alice: Client, bob: Client, carol: Client) -> None:
        """All acts."""
        await self.make(bob)
        await self.join(alice, bob, carol)
        await self.announce(bob, carol)
        seq = await self.mention(alice, bob, carol)
        await self.read(bob, carol, seq)
        await self.dissolve(bob)

    async def make(self, bob: Client) -> None:
        """Alice makes a group with bob in it, who is told."""
        await self._stage.scene("Alice makes a group with Bob")
        new = {"client_id": str(uuid.uuid4()), "name": "Book club", "join_mode": "approval"}
        made = await self._ask("alice", "POST", "", {**new, "member_ids": [self._ids["bob"]]})
        self.group = made["group_id"]
        self._stage.tell("alice", f"makes     the group “{made['name']}”")
        await self._entry(bob, "system.group_created")
        self._stage.tell("bob", "sees      that he is in it")

    async def join(self, alice: Client, bob: Client, carol: Client) -> None:
        """Carol asks to come in; alice finds that among her notices, and lets her in."""
        await self._stage.scene("Carol asks to join, Alice lets her in")
        await self._ask("carol", "POST", f"/{self.group}/requests", {"text": "I read a lot."})
        asked = await self._told(alice, "notice.group_request_received")
        self._stage.tell("alice", f"is asked  “{asked['content']['text']}”")
        await self._ask("alice", "POST", f"/{self.group}/requests/{self._ids['carol']}/accept")
        for one in (bob, carol):
            await self._entry(one, "system.group_member_joined")
        self._stage.tell("bob", "sees      that carol has joined")

    async def announce(self, bob: Client, carol: Client) -> None:
        """Alice announces something to all."""
        await self._stage.scene("Alice announces")
        text = "We meet on Thursday."
        await self._ask(
            "alice", "POST", f"/{self.group}/announcements", {"text": text, "top": True}
        )
        self._stage.tell("alice", f"announces “{text}”")
        for one in (bob, carol):
            told = await self._entry(one, "system.group_announcement")
            self._stage.tell(one.name, f"sees      “{told['content']['text']}”")

    async def mention(self, alice: Client, bob: Client, carol: Client) -> int:
        """Bob mentions carol, alice mentions all; the last seq."""
        await self._stage.scene("Bob mentions Carol, Alice mentions all")
        await self._send(bob, "Carol, do you bring the book?", [self._ids["carol"]], carol)
        seq = await self._send(alice, "And cake, all of you!", ["all"], carol)
        where = f"/v1/conversations/{self.group}"
        seen = await self._raw("carol", "GET", where)
        counts = f"{seen['unread']} unread, {seen['mentions']} of them mention her"
        self._stage.tell("carol", f"has       {counts}")
        return seq

    async def read(self, bob: Client, carol: Client, seq: int) -> None:
        """Carol and bob read; alice sees who has."""
        await self._stage.scene("Carol and Bob read, Alice looks who has")
        for one in (carol, bob):
            await one.ask("readConversation", conversation_id=self.group, seq=seq)
        where = f"/v1/conversations/{self.group}/receipts/{seq}?read=true"
        who = await self._raw("alice", "GET", where)
        names = {user_id: name for name, user_id in self._ids.items()}
        readers = " and ".join(sorted(names[one["user_id"]] for one in who["items"]))
        counts = f"{who['read_count']} of {who['total']}"
        self._stage.tell("alice", f"sees      read by {readers}, {counts}")

    async def dissolve(self, bob: Client) -> None:
        """Alice ends the group; what was written stays."""
        await self._stage.scene("Alice dissolves the group")
        await self._ask("alice", "DELETE", f"/{self.group}")
        await self._entry(bob, "system.group_dissolved")
        self._stage.tell("bob", "sees      that the group is dissolved; he can still read it")

    async def _send(self, sender: Client, text: str, mentions: list[str], reader: Client) -> int:
        ack = await sender.ask(
            "sendMessage",
            conversation_id=self.group,
            client_id=str(uuid.uuid4()),
            type="text",
            content={"text": text, "mentions": mentions},
        )
        seq = int(ack["seq"])
        await reader.expect("message.created", lambda e: e["seq"] == seq)
        self._stage.tell(sender.name, f"sends     “{text}”")
        return seq

    async def _entry(self, client: Client, type_: str) -> Json:
        return await self._told(client, type_, lambda e: e["conversation_id"] == self.group)

    async def _told(
        self, client: Client, type_: str, matches: Callable[[Json], bool] = lambda _: True
    ) -> Json:
        event = await client.expect(
            "message.created", lambda e: e["message"]["type"] == type_ and matches(e)
        )
        found: Json = event["message"]
        return found

    async def _ask(self, name: str, method: str, path: str, body: object = None) -> Json:
        given = {} if body is None and method == "POST" else body
        return await self._raw(name, method, f"/v1/groups{path}", given)

    async def _raw(self, name: str, method: str, path: str, body: object = None) -> Json:
        return await asked(self._url, self._tokens, name, method, path, body)
