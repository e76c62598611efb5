"""Play a conversation, a picture and a group of alice, bob and carol: `python -m local.demo`."""

import asyncio
import sys
import time
import uuid
from argparse import ArgumentParser
from typing import Any

from websockets.exceptions import InvalidHandshake

from local.chat import Client, Missing, Refused
from local.errors import LocalError
from local.group_demo import GroupPlay
from local.media_demo import MediaPlay
from local.places import Places, add_state_dir, complain, say
from local.stack import read_local
from local.tokens import password_of, sign_in

COLOURS = {"alice": "\033[36m", "bob": "\033[33m", "carol": "\033[35m"}
# Seconds; typing is pushed at most once in that time.
TYPING_S = 3.0
FAINT, PLAIN = "\033[2m", "\033[0m"


class Stage:
    """Prints who does and who sees what."""

    def __init__(self, *, pause_s: float, frames: bool) -> None:
        self._pause_s = pause_s
        self._frames = frames
        self._colour = sys.stdout.isatty()

    async def scene(self, title: str) -> None:
        """Begin a part; the pause lets people follow."""
        await asyncio.sleep(self._pause_s)
        say(f"\n{title}")

    def watch(self, name: str, way: str, frame: str) -> None:
        """A frame on the wire."""
        if self._frames:
            shown = f"{name:<5}{way} {frame}"
            say(f"{FAINT}{shown}{PLAIN}" if self._colour else shown)

    def tell(self, name: str, what: str) -> None:
        """One thing that happened to one of the two."""
        shown = f"{name:<5}"
        if self._colour:
            shown = f"{COLOURS.get(name, '')}{shown}{PLAIN}"
        say(f"  {shown}  {what}")


class Play:
    """The conversation; each act fails when what it waits for does not come."""

    def __init__(self, local: dict[str, Any], stage: Stage) -> None:
        self._local = local
        self._stage = stage
        self._ids = {name: user["user_id"] for name, user in local["users"].items()}
        self.tokens: dict[str, str] = {}
        self.conversation = ""

    async def enter(self, name: str) -> Client:
        """Sign in and connect."""
        stage = self._stage
        password = password_of(self._local, name)
        tokens = await asyncio.to_thread(sign_in, self._local, name, password)
        self.tokens[name] = tokens["IdToken"]
        client = await Client.open(name, self._local["ws_url"], tokens["IdToken"], stage.watch)
        stage.tell(name, "is online")
        return client

    async def send(self, sender: Client, text: str, *receivers: Client) -> int:
        """Send a text; its ack and the pushes to the others must come.

        Returns:
            The message's seq.
        """
        other = self._ids["bob" if sender.name == "alice" else "alice"]
        began = time.perf_counter()
        ack = await sender.ask(
            "sendMessage",
            to=other,
            client_id=str(uuid.uuid4()),
            type="text",
            content={"text": text},
        )
        took = (time.perf_counter() - began) * 1000
        self.conversation, seq = ack["conversation_id"], int(ack["seq"])
        self._stage.tell(sender.name, f"sends     “{text}”   (seq {seq}, acked in {took:.0f} ms)")
        for receiver in receivers:
            event = await receiver.expect("message.created", lambda e: e["seq"] == seq)
            self._stage.tell(receiver.name, f"receives  “{event['message']['content']['text']}”")
        return seq

    async def talk(self, alice: Client, bob: Client) -> int:
        """A greeting, typing, an answer, a read receipt; the answer's seq."""
        stage = self._stage
        await stage.scene("They talk")
        await self.send(alice, "Hi Bob, are you there?", bob)
        await self._type(bob, alice)
        answer = await self.send(bob, "Yes! Lunch at noon?", alice)
        await stage.scene("Alice reads it, Bob is told")
        read = await alice.ask("readConversation", conversation_id=self.conversation, seq=answer)
        stage.tell("alice", f"has read up to seq {read['read_seq']}, {read['unread']} unread")
        await bob.expect("receipt.read", lambda e: e["read_seq"] == read["read_seq"])
        stage.tell("bob", "sees      read by alice")
        return answer

    async def change(self, alice: Client, bob: Client, answer: int) -> None:
        """An edit, a reaction, a recall; each shows on the other side."""
        stage, where = self._stage, self.conversation
        await stage.scene("Bob edits, Alice reacts, Bob recalls")
        content = {"text": "Yes! Lunch at half past twelve?"}
        await bob.ask("editMessage", conversation_id=where, seq=answer, content=content)
        seen = await self._updated(alice, answer, lambda m: bool(m.get("edited_at")))
        stage.tell("alice", f"sees      “{seen['content']['text']}” (edited)")
        await alice.ask("addReaction", conversation_id=where, seq=answer, reaction="👍")
        await self._updated(bob, answer, lambda m: "👍" in str(m.get("reactions")))
        stage.tell("bob", "sees      👍 by alice")
        slip = await self.send(bob, "my password is hunter2", alice)
        await bob.ask("recallMessage", conversation_id=where, seq=slip)
        gone = await self._updated(alice, slip, lambda m: bool(m.get("recalled")))
        if "hunter2" in str(gone):
            raise Missing("the recalled text is still there")
        stage.tell("alice", "sees      bob has recalled a message")

    async def catch_up(self, alice: Client, bob: Client) -> Client:
        """Bob misses two messages and gets them by one sync; his new connection."""
        stage = self._stage
        await stage.scene("Bob goes offline, Alice goes on")
        before = await bob.ask("sync")
        cursors = {c["conversation_id"]: c["last_seq"] for c in before["conversations"]}
        await bob.close()
        stage.tell("bob", "is offline")
        sent = [await self.send(alice, text) for text in ("Half past is fine.", "See you!")]
        await stage.scene("Bob is back and asks for what he missed")
        bob = await self.enter("bob")
        missed = await bob.ask("sync", cursors=cursors)
        ours = [c for c in missed["conversations"] if c["conversation_id"] == self.conversation]
        messages = ours[0]["messages"] if ours else []
        if [m["seq"] for m in messages] != sent:
            raise Missing(f"bob's sync has not just the two messages {sent}: {messages}")
        for message in messages:
            stage.tell("bob", f"catches up on “{message['content']['text']}”")
        stage.tell("bob", f"has {ours[0]['unread']} unread")
        read = await bob.ask("readConversation", conversation_id=self.conversation, seq=sent[-1])
        await alice.expect("receipt.read", lambda e: e["read_seq"] == sent[-1])
        stage.tell("alice", f"sees      read by bob, who has {read['unread']} unread now")
        return bob

    async def _type(self, typist: Client, watcher: Client) -> None:
        """One is told at most each three seconds, so right after another demo the first is not."""
        who = self._ids[typist.name]
        await typist.ask("typing", conversation_id=self.conversation)
        try:
            await watcher.expect("typing", lambda e: e["user_id"] == who, patience_s=TYPING_S)
        except Missing:
            await typist.ask("typing", conversation_id=self.conversation)
            await watcher.expect("typing", lambda e: e["user_id"] == who)
        self._stage.tell(watcher.name, f"sees      {typist.name} is typing …")

    async def _updated(self, client: Client, seq: int, is_so: Any) -> dict[str, Any]:
        event = await client.expect(
            "message.updated", lambda e: e["message"]["seq"] == seq and is_so(e["message"])
        )
        found: dict[str, Any] = event["message"]
        return found


async def play(local: dict[str, Any], stage: Stage) -> None:
    """The whole of it.

    Args:
        local: The content of local.json.
        stage: Where it is shown.

    Raises:
        Missing: Something expected did not arrive.
        Refused: A frame was answered with an error.
    """
    acts = Play(local, stage)
    say("Alice and Bob connect")
    alice, bob = await acts.enter("alice"), await acts.enter("bob")
    answer = await acts.talk(alice, bob)
    await acts.change(alice, bob, answer)
    bob = await acts.catch_up(alice, bob)
    carol = await acts.enter("carol")
    await MediaPlay(local, stage, acts.tokens).play(alice, bob, carol)
    await GroupPlay(local, stage, acts.tokens).play(alice, bob, carol)
    for client in (alice, bob, carol):
        await client.close()


def main(arguments: list[str] | None = None) -> int:
    """Play it; 0 when all that had to arrive did."""
    parser = ArgumentParser(prog="python -m local.demo", description=__doc__)
    parser.add_argument("--frames", action="store_true", help="show every frame on the wire too")
    parser.add_argument("--pause", type=float, default=0.8, help="seconds between the scenes")
    add_state_dir(parser)
    given = parser.parse_args(arguments)
    try:
        local = read_local(Places(given.state_dir))
        asyncio.run(play(local, Stage(pause_s=given.pause, frames=given.frames)))
    except LocalError as error:
        complain(str(error))
        return 1
    except (Missing, Refused) as error:
        complain(f"\nThe demo failed: {error}.")
        return 1
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        return 1
    except (InvalidHandshake, OSError) as error:
        complain(f"\nThe demo could not connect: {error}. Does the stack run? (make stack)")
        return 1
    say("\nEverything arrived.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
