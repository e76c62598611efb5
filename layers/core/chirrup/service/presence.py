"""Presence: who is online, and when somebody was seen last."""

from collections.abc import Sequence
from dataclasses import dataclass

from chirrup.ports import (
    Clock,
    Connections,
    Presence,
    Relations,
    Users,
)
from chirrup.service.actor import Actor


@dataclass(frozen=True, slots=True)
class Seen:
    """What a user may know of another.

    Attributes:
        online: A socket lives whose token has not ended.
        last_seen: When a socket was opened or closed last (ms since epoch); None if never.
    """

    user_id: str
    online: bool
    last_seen: int | None


class PresenceService:
    """Tells friends of each other."""

    def __init__(
        self,
        *,
        presence: Presence,
        relations: Relations,
        users: Users,
        connections: Connections,
        clock: Clock,
    ) -> None:
        self._presence = presence
        self._relations = relations
        self._users = users
        self._connections = connections
        self._clock = clock

    def of(self, actor: Actor, user_ids: Sequence[str]) -> list[Seen]:
        """What the actor may know of these users, in their order, each once.

        Who is no friend, hides their presence, or has blocked the actor is left out, so that the
        answer does not tell which of these it is.
        """
        asked = list(dict.fromkeys(user_ids))
        open_ = self._open_to(actor.user_id, [one for one in asked if one != actor.user_id])
        shown = [one for one in asked if one == actor.user_id or one in open_]
        sockets = self._connections.of(shown)
        last_seen = self._presence.last_seen(shown)
        now = self._clock.now()
        return [
            Seen(
                user_id=one,
                online=any(socket.expires_at > now for socket in sockets.get(one, ())),
                last_seen=last_seen.get(one),
            )
            for one in shown
        ]

    def _open_to(self, user_id: str, others: Sequence[str]) -> set[str]:
        """Those of the others who show the user their presence."""
        friends = sorted(self._relations.friends_among(user_id, others))
        blockers = self._relations.blockers_among(user_id, friends)
        profiles = self._users.profiles([one for one in friends if one not in blockers])
        return {one for one, profile in profiles.items() if not profile.presence_hidden}
