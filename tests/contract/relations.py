"""Friendships and blocks, put where the stores look for them."""

from chirrup.storage.models import BLOCK, FRIEND
from tests.contract.stores import Stores
from tests.support.tables import TABLES


def befriend(stores: Stores, one: str, other: str) -> None:
    """Make two users friends of each other."""
    if stores.tables is not None:
        stores.tables.friends |= {(one, other), (other, one)}
    else:
        _put(stores, one, FRIEND + other)
        _put(stores, other, FRIEND + one)


def block(stores: Stores, one: str, other: str) -> None:
    """Let one block the other."""
    if stores.tables is not None:
        stores.tables.blocks.add((one, other))
    else:
        _put(stores, one, BLOCK + other)


def _put(stores: Stores, user_id: str, item: str) -> None:
    assert stores.dynamo is not None
    stores.dynamo.connection.put_item(
        TABLES["users"], user_id, item, attributes={"remark": {"S": "not asked for"}}
    )
