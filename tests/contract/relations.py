"""Friendships and blocks, put where the stores look for them."""

from chirrup.domain.friends import Block, Friend
from chirrup.ports.records import Put
from tests.contract.stores import Stores


def befriend(stores: Stores, one: str, other: str) -> None:
    """Make two users friends of each other."""
    pairs = ((one, other), (other, one))
    stores.records.commit([Put(Friend(owner=me, name=who, since=1)) for me, who in pairs])


def block(stores: Stores, one: str, other: str) -> None:
    """Let one block the other."""
    stores.records.commit([Put(Block(owner=one, name=other, since=1))])
