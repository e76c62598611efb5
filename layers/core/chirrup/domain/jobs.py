"""Jobs: events on their way to the fan-out, as every carrier takes them.

An event is encoded once, where it happens; from there on it is a text that is put into frames. So
the fan-out needs no wire models, and what a thousand devices get costs one encoding.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from chirrup.domain.audiences import PAGES_MAX, Audience, Members, Page
from chirrup.domain.ids import CONVERSATION_ID_MAX

VERSION = 1
_MUTED = ',"muted":true}'
# SQS takes what XML 1.0 allows: of what JSON leaves as it is, all but these two.
# Source: SQS API reference, SendMessage, MessageBody.
_NO_XML = {0xFFFE: "\\ufffe", 0xFFFF: "\\uffff"}


class NoJob(ValueError):
    """A text that is not a job of this version, whatever else it may be."""


class Told(NamedTuple):
    """An event as devices are told of it.

    Attributes:
        text: The event's JSON.
        conversation_id: Where it belongs; empty if nowhere.
        seq: Its seq there; None for what has none.
        flagged: Whether those who have muted the conversation get it with `muted`.
    """

    text: str
    conversation_id: str = ""
    seq: int | None = None
    flagged: bool = False

    def shown(self, *, muted: bool) -> str:
        """The text for somebody who has muted the conversation, or has not."""
        return self.text[:-1] + _MUTED if muted and self.flagged else self.text


@dataclass(frozen=True, slots=True)
class Job:
    """Events, and whom they go to.

    Attributes:
        events: In their order.
        audience: All of it, or one page.
        at: When they were dispatched (ms since epoch).
    """

    events: tuple[Told, ...]
    audience: Audience
    at: int

    @property
    def conversation_id(self) -> str:
        """Where it belongs: jobs of one conversation are carried in their order."""
        return self.events[0].conversation_id if self.events else ""

    def encode(self) -> str:
        """The job as a text that any carrier takes."""
        audience = {name: value for name, value in asdict(self.audience).items() if value}
        whole = {"v": VERSION, "at": self.at, "events": self.events, "audience": audience}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_NO_XML)

    @staticmethod
    def decode(text: str) -> "Job":
        """The job that `encode` wrote.

        Raises:
            NoJob: It is something else.
        """
        try:
            whole = json.loads(text)
            if whole["v"] != VERSION:
                raise NoJob(f"version {whole['v']!r}")
            events = tuple(_told(event) for event in whole["events"])
            return Job(events, _audience(whole["audience"]), _number(whole["at"]))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise NoJob(type(error).__name__) from error


def _told(event: Iterable[Any]) -> Told:
    text, conversation_id, seq, flagged = event
    # One text that is no object would spoil the frames in which others share it: 3 µs an event.
    told = json.loads(_text(text))
    if not (isinstance(told, dict) and told and text.endswith("}")):
        raise ValueError
    return Told(text, _text(conversation_id), None if seq is None else _number(seq), bool(flagged))


def _audience(fields: Mapping[str, Any]) -> Audience:
    known = dict(fields)
    for name in ("user_ids", "muted"):
        known[name] = _ids(known.get(name, []))
    for name in ("but_connection", "but_user"):
        known[name] = _text(known[name]) if name in known else None
    if "members" in known:
        known["members"] = _members(**known["members"])
    known["page"] = _page(**known["page"])
    return Audience(**known)


def _members(conversation_id: str, **numbers: int) -> Members:
    known = {name: _number(value) for name, value in numbers.items()}
    return Members(_id(conversation_id), **known)


def _page(number: int, of: int) -> Page:
    if not 0 <= _number(number) < _number(of) <= PAGES_MAX:
        raise ValueError
    return Page(number, of)


def _ids(value: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever JSON holds
    # A value of another type would fail later, and all other jobs of its batch with it.
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_id, value))


def _id(value: Any) -> str:  # noqa: ANN401
    id_ = _text(value)
    if not 0 < len(id_) <= CONVERSATION_ID_MAX:  # Tables refuse other keys, and all beside them.
        raise ValueError
    return id_


def _text(value: Any) -> str:  # noqa: ANN401
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON lets halves of characters through, which nothing can be sent with.
    return value


def _number(value: Any) -> int:  # noqa: ANN401
    if type(value) is not int:
        raise TypeError
    return value
