"""What is stored of a message where that is more than what was sent, or must be looked up first."""

from collections.abc import Callable, Iterator

from chirrup.domain.contents import (
    MEDIA_FIELDS,
    MERGED_DEPTH_MAX,
    is_media_id,
    media_in,
    merged_depth,
)
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.messages import CONTENT_BYTES_MAX, Entry, Forwarded, Json, encode_json
from chirrup.ports.attachments import Attaching, Attachment, Purpose
from chirrup.service.cards import Cards
from chirrup.service.emoji import Emoji
from chirrup.service.material_reading import MaterialReading
from chirrup.service.senders import Composed, Draft, Sender
from chirrup.service.sources import Place, Sources


class Composing:
    """Looks up what messages refer to, and has their conversations hold what they hold."""

    def __init__(
        self,
        *,
        sources: Sources,
        cards: Cards,
        attaching: Attaching,
        emoji: Emoji,
        materials: MaterialReading,
    ) -> None:
        self._sources = sources
        self._cards = cards
        self._attaching = attaching
        self._emoji = emoji
        self._materials = materials

    def compose(self, sender: Sender, draft: Draft) -> Composed:
        """What is stored of a message that its sender may send.

        Raises:
            ChirrupError: `media_not_found`, `media_not_allowed`; `not_found` with the field that
                names what is not there for the sender; `payload_too_large`, `invalid_request`.
        """
        return _COMPOSE[draft.type](self, sender, draft)

    def _uploads(self, sender: Sender, draft: Draft) -> Composed:
        attachments = list(_attachments(draft.type, draft.content))
        if attachments:
            conversation_id = sender.conversation.id
            self._attaching.attach(
                sender.member.user_id, attachments, conversation_id, sender.head.last_seq + 1
            )
        return Composed(draft.type, draft.content)

    def _card(self, sender: Sender, draft: Draft) -> Composed:
        kind, target_id = draft.content["kind"], draft.content["target_id"]
        return Composed(draft.type, self._cards.fill(sender.member.user_id, kind, target_id))

    def _emoji_of(self, sender: Sender, draft: Draft) -> Composed:
        asked, user_id = draft.content, sender.member.user_id
        if face_id := asked.get("face_id"):
            found = self._emoji.face(user_id, face_id)
        else:
            found = self._emoji.find(user_id, asked["pack_id"], asked["emoji_id"])
        shown = {name: value for name, value in found._asdict().items() if value is not None}
        return self._passed_on(sender, Composed(draft.type, {**asked, **shown}))

    def _merged(self, sender: Sender, draft: Draft) -> Composed:
        places = [Place(**item) for item in draft.content["items"]]
        found = self._sources.read(sender.member.user_id, places)
        for number, place in enumerate(places):
            if place not in found:
                raise ChirrupError(ErrorCode.NOT_FOUND, field=f"content.items.{number}")
        items = [_snapshot(found[place]) for place in places]
        content = {"title": draft.content["title"], "items": items}
        if merged_depth(draft.type, content) > MERGED_DEPTH_MAX:
            raise ChirrupError(
                ErrorCode.INVALID_REQUEST, field="content.items", problem="is merged too often"
            )
        return self._passed_on(sender, Composed(draft.type, content))

    def _forward(self, sender: Sender, draft: Draft) -> Composed:
        place = Place(**draft.content)
        entry = self._sources.read(sender.member.user_id, [place]).get(place)
        if entry is None:
            raise ChirrupError(ErrorCode.NOT_FOUND, field="content.seq")
        first = entry.forwarded or Forwarded(*place, entry.sender_id, entry.sent_at)
        return self._passed_on(sender, Composed(entry.type, _said(entry), first))

    def _material(self, sender: Sender, draft: Draft) -> Composed:
        material = self._materials.seen(sender.member.user_id, draft.content["material_id"])
        if material is None:
            raise ChirrupError(ErrorCode.NOT_FOUND, field="content.material_id")
        return Composed(draft.type, material.content)

    def _passed_on(self, sender: Sender, composed: Composed) -> Composed:
        """The same, once the conversation holds what it shows."""
        if len(encode_json(composed.content)) > CONTENT_BYTES_MAX:
            raise ChirrupError(ErrorCode.PAYLOAD_TOO_LARGE, limit_bytes=CONTENT_BYTES_MAX)
        if media := media_in(composed.type, composed.content):
            self._attaching.pass_on(media, sender.conversation.id, sender.head.last_seq + 1)
        return composed


_COMPOSE: dict[str, Callable[[Composing, Sender, Draft], Composed]] = {
    **dict.fromkeys(("image", "voice", "video", "file"), Composing._uploads),
    "card": Composing._card,
    "emoji": Composing._emoji_of,
    "merged": Composing._merged,
    "material": Composing._material,
    "forward": Composing._forward,
}


def _attachments(type_: str, content: Json) -> Iterator[Attachment]:
    """The uploads that a message names; where it names URLs there is nothing to look up."""
    for name in MEDIA_FIELDS[type_]:
        media = content.get(name)
        if media is None or not is_media_id(media):
            continue
        if name == "media":
            purpose: Purpose = type_  # type: ignore[assignment]
            yield Attachment(
                media, purpose, content["size"], content.get("mime"), content.get("name")
            )
        else:
            yield Attachment(media, "image")


def _said(entry: Entry) -> Json:
    """What a message says to those whom it is passed on to: nobody is mentioned once more."""
    return {name: value for name, value in entry.content.items() if name != "mentions"}


def _snapshot(entry: Entry) -> Json:
    return {
        "sender_id": entry.sender_id,
        "type": entry.type,
        "content": _said(entry),
        "sent_at": entry.sent_at,
    }
