"""The part of the demo with a picture: uploaded, sent, opened, forwarded, found."""

import asyncio
import hashlib
import io
import urllib.request
import uuid
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from PIL import Image

from local.asking import Json, asked
from local.chat import Client, Missing, Refused

if TYPE_CHECKING:
    from local.demo import Stage

SIDE = 256
BOUNDARY = "----chirrup-demo"
CAPTION = "Sunset over the lake"


class MediaPlay:
    """Alice shows Bob a picture, who shows it to Carol."""

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

    async def play(self, alice: Client, bob: Client, carol: Client) -> None:
        """All acts."""
        picture = _sunset()
        media_id = await self.upload(picture)
        place = await self.send(alice, bob, media_id, picture)
        await self.forward(bob, carol, media_id, place, picture)
        await self.find()

    async def upload(self, picture: bytes) -> str:
        """Alice sends a picture to the bucket; the id of the upload."""
        await self._stage.scene("Alice uploads a picture")
        declared = {
            "client_id": str(uuid.uuid4()),
            "purpose": "image",
            "content_type": "image/png",
            "size": len(picture),
            "sha256": [b64encode(hashlib.sha256(picture).digest()).decode()],
        }
        ticket = await self._ask("alice", "POST", "/v1/uploads", declared)
        status = await asyncio.to_thread(_post, ticket["url"], ticket["fields"], picture)
        self._stage.tell("alice", f"uploads   {len(picture):,} bytes straight to S3 ({status})")
        return str(ticket["media_id"])

    async def send(self, alice: Client, bob: Client, media_id: str, picture: bytes) -> Json:
        """She sends it, Bob opens it; where the message stands."""
        await self._stage.scene("She sends it to Bob, who opens it")
        content = {
            "media": media_id,
            "width": SIDE,
            "height": SIDE,
            "size": len(picture),
            "caption": CAPTION,
        }
        place = await self._message(alice, "bob", "image", content)
        self._stage.tell("alice", f"sends     a picture, “{CAPTION}”")
        seen = await bob.expect("message.created", lambda e: e["seq"] == place["seq"])
        await self._open("bob", seen["message"]["content"]["media"], picture)
        return place

    async def forward(
        self, bob: Client, carol: Client, media_id: str, place: Json, picture: bytes
    ) -> None:
        """Carol cannot open it until Bob forwards it to her."""
        await self._stage.scene("Carol cannot open it, until Bob forwards it")
        try:
            await self._link("carol", media_id)
        except Refused:
            self._stage.tell("carol", "is refused: she sees no message with it")
        else:
            raise Missing("carol got a link to a picture that nobody has shown her")
        sent = await self._message(bob, "carol", "forward", place)
        self._stage.tell("bob", "forwards  it to carol")
        seen = await carol.expect(
            "message.created",
            lambda e: (e["conversation_id"], e["seq"]) == (sent["conversation_id"], sent["seq"]),
        )
        names = {user_id: name for name, user_id in self._ids.items()}
        first = names[seen["message"]["forwarded_from"]["sender_id"]]
        self._stage.tell("carol", f"sees      a picture, forwarded, first sent by {first}")
        await self._open("carol", media_id, picture)

    async def find(self) -> None:
        """Bob looks for it."""
        await self._stage.scene("Bob searches for “lake”")
        found = await self._ask("bob", "GET", "/v1/search?q=lake&type=image")
        captions = [one["content"]["caption"] for one in found["messages"]]
        if CAPTION not in captions:
            raise Missing("bob's search does not find the picture")
        self._stage.tell("bob", f"finds     “{captions[0]}”")

    async def _message(self, sender: Client, to: str, type_: str, content: Json) -> Json:
        ack = await sender.ask(
            "sendMessage",
            to=self._ids[to],
            client_id=str(uuid.uuid4()),
            type=type_,
            content=content,
        )
        return {"conversation_id": ack["conversation_id"], "seq": int(ack["seq"])}

    async def _open(self, name: str, media_id: str, picture: bytes) -> None:
        body = await asyncio.to_thread(_get, await self._link(name, media_id))
        if body != picture:
            raise Missing(f"{name} got other bytes than were uploaded")
        self._stage.tell(name, f"opens     it: {len(body):,} bytes, by a link good for 5 minutes")

    async def _link(self, name: str, media_id: str) -> str:
        found = await self._ask(name, "GET", f"/v1/media/{media_id}?redirect=false")
        return str(found["url"])

    async def _ask(self, name: str, method: str, path: str, body: object = None) -> Json:
        return await asked(self._url, self._tokens, name, method, path, body)


def _sunset() -> bytes:
    """A picture that no other play has sent: bytes that are known are not uploaded twice."""
    sky = Image.linear_gradient("L").resize((SIDE, SIDE))
    empty = Image.new("L", (SIDE, SIDE), uuid.uuid4().int % 64)
    out = io.BytesIO()
    Image.merge("RGB", (sky, sky.point(lambda tone: tone // 3), empty)).save(out, "PNG")
    return out.getvalue()


def _post(url: str, fields: dict[str, Any], body: bytes) -> int:
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"\r\n\r\n')
    form = "".join(parts).encode() + body + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    request = urllib.request.Request(url, form, {"Content-Type": kind})  # noqa: S310 - ours
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        status: int = answer.status
        return status


def _get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=60) as answer:  # noqa: S310 - as it was given
        body: bytes = answer.read()
        return body
