"""Blocks: of anyone, friend or stranger."""

from dataclasses import dataclass

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.friends import Block
from chirrup.ports import Profile, Users
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Delete, Put, Records
from chirrup.service.actor import Actor
from chirrup.service.between import Between
from chirrup.service.committing import Attempt, Committing
from chirrup.service.friends import profiles_of
from chirrup.service.pairs import Pair


@dataclass(frozen=True, slots=True)
class Blocked:
    """A block, and the profile of who is blocked."""

    block: Block
    profile: Profile


class BlockService:
    """What a user does with blocks."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        users: Users,
        committing: Committing,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._users = users
        self._committing = committing

    def list(self, actor: Actor, after: str | None, limit: int) -> tuple[list[Blocked], str | None]:
        """A page of the user's blocks, by user id, and the id to go on from."""
        blocks, next_ = self._records.page(Block, actor.user_id, after, limit)
        profiles = profiles_of(self._users, [block.name for block in blocks])
        return [Blocked(block, profiles[block.name]) for block in blocks], next_

    def add(self, actor: Actor, user_id: str) -> Blocked:
        """Block a user; doing it again changes nothing.

        Requests between the two are gone. A friendship stays stored, for when the block ends.

        Raises:
            ChirrupError: `cannot_target_self`, `not_found`.
        """
        profile = self._users.get(user_id)

        def build(attempt: Attempt) -> Block:
            pair = Pair.read(self._conversations, actor.user_id, user_id)
            if profile is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            earlier = self._records.get(Block, actor.user_id, user_id)
            if earlier:
                return earlier
            block = Block(owner=actor.user_id, name=user_id, since=attempt.now)
            attempt.write(
                Put(block),
                *pair.changed({"blocking_peer": True}, {"blocked_by_peer": True}),
                *Between.read(self._records, actor.user_id, user_id).deleted(),
            )
            return block

        return Blocked(self._committing.run(build), profile or Profile(user_id, user_id))

    def remove(self, actor: Actor, user_id: str) -> None:
        """End a block; where there is none, nothing changes.

        Raises:
            ChirrupError: `cannot_target_self`.
        """

        def build(attempt: Attempt) -> None:
            pair = Pair.read(self._conversations, actor.user_id, user_id)
            block = self._records.get(Block, actor.user_id, user_id)
            if block:
                ended = pair.changed({"blocking_peer": None}, {"blocked_by_peer": None})
                attempt.write(Delete(block), *ended)

        self._committing.run(build)
