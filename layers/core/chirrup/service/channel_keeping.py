"""Channels as the administration has them: making, changing, listing."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from chirrup.domain.channels import (
    CHANNELS,
    CHANNELS_MAX,
    EVERYONE_MAX,
    Channel,
    ChannelKind,
    ForEveryone,
)
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.ports.pictures import Pictures
from chirrup.ports.records import Put, Records
from chirrup.service.channels import channel_of
from chirrup.service.committing import Attempt, Committing
from chirrup.service.packs import publish

AVATAR = "avatar"


@dataclass(frozen=True, slots=True)
class NewChannel:
    """What a channel shall be."""

    code: str
    name: str
    kind: ChannelKind = ChannelKind.SUBSCRIBE
    avatar: str | None = None
    description: str | None = None
    enabled: bool = True


class ChannelKeeping:
    """Makes and changes channels; they are disabled, never deleted, since people have read them."""

    def __init__(self, *, records: Records, pictures: Pictures, committing: Committing) -> None:
        self._records = records
        self._pictures = pictures
        self._committing = committing

    def list(self, after: str | None, limit: int) -> tuple[list[Channel], str | None]:
        """A page of all channels, by code, and the code to go on from."""
        return self._records.page(Channel, CHANNELS, after, limit)

    def create(self, new: NewChannel) -> Channel:
        """Make a channel; one that is there as it shall be is found again.

        Raises:
            ChirrupError: `conflict` when the code is taken, or there are too many;
                `media_not_found`, `media_not_allowed`, `rate_limited`.
        """

        def build(attempt: Attempt) -> Channel:
            made = self._records.get(Channel, CHANNELS, new.code)
            if made:
                if _said(made) != _asked(new):
                    raise ChirrupError(ErrorCode.CONFLICT, reason="code_taken")
                return made
            if len(self._records.page(Channel, CHANNELS, None, CHANNELS_MAX)[0]) >= CHANNELS_MAX:
                raise ChirrupError(
                    ErrorCode.CONFLICT, reason="too_many_channels", limit=CHANNELS_MAX
                )
            channel = Channel(owner=CHANNELS, name=new.code, created_at=attempt.now, **_asked(new))
            self._write(attempt, channel, avatar=new.avatar)
            return channel

        return self._committing.run(build)

    def change(self, code: str, changes: Mapping[str, Any]) -> Channel:
        """Change what is named: `name`, `avatar`, `description`, `enabled`.

        Raises:
            ChirrupError: `not_found`, `conflict`, `media_not_found`, `media_not_allowed`,
                `rate_limited`.
        """

        def build(attempt: Attempt) -> Channel:
            channel = channel_of(self._records, code)
            given = {("title" if name == "name" else name): one for name, one in changes.items()}
            changed = replace(channel, **given)
            if changed != channel:
                new = changed.avatar if changed.avatar != channel.avatar else None
                self._write(attempt, changed, avatar=new)
            return changed

        return self._committing.run(build)

    def _write(self, attempt: Attempt, channel: Channel, *, avatar: str | None) -> None:
        publish(self._pictures, avatar, AVATAR)
        attempt.write(Put(channel))
        if not channel.for_everyone:
            return
        known = self._records.get(ForEveryone, CHANNELS) or ForEveryone(owner=CHANNELS)
        codes = {*known.codes, channel.name} if channel.enabled else {*known.codes} - {channel.name}
        if len(codes) > EVERYONE_MAX:
            raise ChirrupError(ErrorCode.CONFLICT, reason="too_many_channels", limit=EVERYONE_MAX)
        if codes != set(known.codes):
            attempt.write(Put(replace(known, codes=tuple(sorted(codes)))))


def _asked(new: NewChannel) -> dict[str, Any]:
    names = {"name": "title"}
    return {
        names.get(field.name, field.name): getattr(new, field.name)
        for field in fields(new)
        if field.name != "code"
    }


def _said(channel: Channel) -> dict[str, Any]:
    names = ("kind", "avatar", "description", "enabled", "title")
    return {name: getattr(channel, name) for name in names}
