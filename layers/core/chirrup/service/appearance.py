"""What others see of a user or a group: looked through for words, and its picture shown to all."""

from collections.abc import Mapping
from typing import Any

from chirrup.domain.contents import is_media_id
from chirrup.domain.occasions import Occasion
from chirrup.ports.pictures import Pictures
from chirrup.service.screening import Screening

TEXTS = ("name", "description")
PICTURES = ("picture", "avatar")


class Appearance:
    """Looks at changes of it before they are stored."""

    def __init__(self, *, screening: Screening, pictures: Pictures) -> None:
        self._screening = screening
        self._pictures = pictures

    def checked(self, occasion: Occasion, changes: Mapping[str, Any]) -> Mapping[str, Any]:
        """The changes as they may be stored; uploads among them are visible to everybody then.

        Args:
            occasion: Who changes what.
            changes: By name; what is no text and no picture is left as it is.

        Raises:
            ChirrupError: See `ports.words.Screen` and `ports.pictures.Pictures`.
        """
        texts = {name: changes[name] for name in TEXTS if name in changes}
        kept = {**changes, **self._screening.fields(occasion, texts)}
        for picture in (changes.get(name) for name in PICTURES):
            if picture and is_media_id(picture):
                self._pictures.publish(occasion.user_id, picture, "avatar")
        return kept
