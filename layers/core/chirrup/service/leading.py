"""Who leads a group: its owner and its admins."""

from functools import partial

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.group_entries import GroupEntry
from chirrup.domain.rights import Act, Role
from chirrup.ports.records import Put
from chirrup.service.actor import Actor
from chirrup.service.committing import Attempt, Committing
from chirrup.service.governing import Governing, Standing, change_member


class Leading:
    """Changes of owner and admins; all are the owner's."""

    def __init__(self, *, committing: Committing, governing: Governing) -> None:
        self._committing = committing
        self._governing = governing

    def transfer(self, actor: Actor, group_id: str, user_id: str) -> None:
        """Hand the group over to another member; its owner becomes an admin, if there is room.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `owner_required`,
                `cannot_target_self`, `not_found`.
        """
        self._committing.run(partial(self._transfer, actor, group_id, user_id))

    def _transfer(self, actor: Actor, group_id: str, user_id: str, attempt: Attempt) -> None:
        standing = self._standing(attempt, actor, group_id, user_id, Act.TRANSFER)
        group = standing.group
        heir, _ = self._governing.other(attempt, group, user_id)
        profile = group.profile.led_by(user_id)
        role = Role.ADMIN if actor.user_id in profile.admin_ids else Role.MEMBER
        entry = self._governing.grow(
            attempt,
            group,
            actor.user_id,
            GroupEntry.OWNER_CHANGED,
            {"owner_id": user_id, "former_owner_id": actor.user_id, "former_role": role.value},
            concerned=(user_id, actor.user_id),
        )
        change_member(attempt, heir, entry, {"role": Role.OWNER, "muted_until": None})
        change_member(attempt, standing.member, entry, {"role": role})
        attempt.write(Put(profile))

    def add_admin(self, actor: Actor, group_id: str, user_id: str) -> None:
        """Make a member an admin; one who is stays one.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `owner_required`,
                `cannot_target_self`, `not_found`, `conflict` with `limit`.
        """
        self._committing.run(partial(self._set_admin, actor, group_id, user_id, Role.ADMIN))

    def remove_admin(self, actor: Actor, group_id: str, user_id: str) -> None:
        """Make an admin a plain member; one who is stays one.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `owner_required`,
                `cannot_target_self`, `not_found`.
        """
        self._committing.run(partial(self._set_admin, actor, group_id, user_id, Role.MEMBER))

    def _set_admin(
        self, actor: Actor, group_id: str, user_id: str, role: Role, attempt: Attempt
    ) -> None:
        group = self._standing(attempt, actor, group_id, user_id, Act.CHANGE_ADMINS).group
        member, now = self._governing.other(attempt, group, user_id)
        if now is role:
            return
        added = role is Role.ADMIN
        profile = group.profile
        changed = profile.with_admin(user_id) if added else profile.without_admin(user_id)
        entry = self._governing.grow(
            attempt,
            group,
            actor.user_id,
            GroupEntry.ADMIN_ADDED if added else GroupEntry.ADMIN_REMOVED,
            {},
            concerned=(user_id,),
        )
        change_member(attempt, member, entry, {"role": role, "muted_until": None})
        attempt.write(Put(changed))

    def _standing(
        self, attempt: Attempt, actor: Actor, group_id: str, user_id: str, act: Act
    ) -> Standing:
        standing = self._governing.standing(attempt, group_id, actor.user_id)
        standing.check(act)
        if user_id == actor.user_id:
            raise ChirrupError(ErrorCode.CANNOT_TARGET_SELF)
        return standing
