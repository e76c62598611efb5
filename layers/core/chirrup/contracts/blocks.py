"""Blocks on the wire."""

from typing import Annotated

from pydantic import Field

from chirrup.contracts.base import Emitted, Received, Timestamp, UserId, UserRef
from chirrup.contracts.people import Name, NextCursor, Picture


class NewBlock(Received):
    """Whom to block."""

    user_id: UserId


class BlockView(Emitted):
    """Somebody whom you block."""

    user_id: UserRef
    name: Name
    picture: Picture = None
    since: Annotated[Timestamp, Field(description="When you blocked them.")]


class BlockPage(Emitted):
    """A page of blocks, in the order of user ids."""

    items: list[BlockView]
    next_cursor: NextCursor = None
