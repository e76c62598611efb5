"""Blocks over HTTP."""

from chirrup.contracts.blocks import BlockPage, BlockView, NewBlock
from chirrup.contracts.people import PeopleQuery
from chirrup.service.blocks import Blocked
from chirrup.transport import refusals
from chirrup.transport.http.endpoint import App, Call, Endpoint


def _blocks(app: App, call: Call) -> BlockPage:
    found, next_ = app.friendship().blocks.list(call.actor, call.query.cursor, call.query.limit)
    return BlockPage(items=[_block_view(one) for one in found], next_cursor=next_)


def _block(app: App, call: Call) -> BlockView:
    return _block_view(app.friendship().blocks.add(call.actor, call.user_id))


def _new_block(app: App, call: Call) -> BlockView:
    return _block_view(app.friendship().blocks.add(call.actor, call.body.user_id))


def _unblock(app: App, call: Call) -> None:
    app.friendship().blocks.remove(call.actor, call.user_id)


def _block_view(blocked: Blocked) -> BlockView:
    block, profile = blocked.block, blocked.profile
    return BlockView(
        user_id=block.name, name=profile.name, picture=profile.picture, since=block.since
    )


_BLOCK = "/v1/blocks/<user_id>"
ENDPOINTS = (
    Endpoint(
        "GET", "/v1/blocks", "listBlocks", "Whom one blocks.", _blocks, BlockPage, query=PeopleQuery
    ),
    Endpoint(
        "POST",
        "/v1/blocks",
        "addBlock",
        "Block somebody, friend or stranger.",
        _new_block,
        BlockView,
        NewBlock,
        status=201,
        errors=refusals.BLOCK,
    ),
    Endpoint(
        "PUT",
        _BLOCK,
        "putBlock",
        "Block somebody, friend or stranger.",
        _block,
        BlockView,
        errors=refusals.BLOCK,
    ),
    Endpoint(
        "DELETE",
        _BLOCK,
        "removeBlock",
        "End a block; what was before is restored.",
        _unblock,
        status=204,
        errors=refusals.UNBLOCK,
    ),
)
