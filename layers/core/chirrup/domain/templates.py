"""Templates: the words of notifications, into which a business system fills its data."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.ids import hashed_id
from chirrup.domain.records import Owned, Record

TEMPLATE_ID = r"[a-z][a-z0-9_]{0,63}"
FIELD = r"[a-z][a-z0-9_]{0,31}"
TEXT_MAX = 1024
VALUE_MAX = 255
FIELDS_MAX = 16
TEMPLATES = "TEMPLATES"
"""The owner of all templates."""
_FIELDS = re.compile(rf"\{{({FIELD})\}}")


@dataclass(frozen=True, slots=True)
class Template(Record):
    """A template; its `name` is its id.

    Attributes:
        text: With `{field}` where data is filled in; other braces stand for themselves.
    """

    KIND: ClassVar[str] = "TEMPLATE"
    OF: ClassVar[Owned] = "catalog"

    text: str

    @property
    def fields(self) -> frozenset[str]:
        """What has to be filled in."""
        return frozenset(_FIELDS.findall(self.text))

    def filled(self, data: Mapping[str, str]) -> str:
        """The text with the data; what stands in the data is not looked into for fields.

        Raises:
            ChirrupError: `invalid_request` with the first field that is missing, or not known.
        """
        for name in sorted(self.fields - data.keys()):
            raise _bad(name, "is required")
        for name in sorted(data.keys() - self.fields):
            raise _bad(name, "is not known")
        return _FIELDS.sub(lambda found: data[found[1]], self.text)


def notification_id(key: str) -> str:
    """The id of the notification that is made under its maker's key: twice is the same one."""
    return hashed_id("n_", "notification", key)


def _bad(name: str, problem: str) -> ChirrupError:
    return ChirrupError(ErrorCode.INVALID_REQUEST, field=f"data.{name}", problem=problem)
