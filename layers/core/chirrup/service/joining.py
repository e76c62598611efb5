"""Joining: the door for those who are not in, and the requests that come in by it."""

from functools import partial

from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.group_entries import Way
from chirrup.domain.groups import JoinMode
from chirrup.domain.ids import is_group_id
from chirrup.domain.invites import Invite, InviteUse
from chirrup.domain.joining import JoinRequest, Status
from chirrup.domain.messages import Json
from chirrup.domain.rights import Act, check_act
from chirrup.ports.conversations import Conversations
from chirrup.ports.records import Put, Records
from chirrup.service.actor import Actor
from chirrup.service.admitting import Admitting
from chirrup.service.committing import Attempt, Committing
from chirrup.service.governing import Governing, Group, Standing
from chirrup.service.notices import REQUEST_HANDLED, tell_in_charge

PAGES_MAX = 10
"""Pages of requests that are looked through for open ones before a page goes back as it is."""


class Joining:
    """Asking to come in, and answering it."""

    def __init__(
        self,
        *,
        conversations: Conversations,
        records: Records,
        committing: Committing,
        governing: Governing,
        admitting: Admitting,
    ) -> None:
        self._conversations = conversations
        self._records = records
        self._committing = committing
        self._governing = governing
        self._admitting = admitting

    def ask(self, actor: Actor, group_id: str, text: str | None, code: str | None) -> bool:
        """Join a group, or ask for it.

        Whoever may not come in at all learns nothing, not even whether there is such a group.

        Args:
            actor: Who.
            group_id: Which.
            text: What they say for themselves.
            code: Of a link that they have been given.

        Returns:
            Whether they are in now; if not, somebody has to let them in.

        Raises:
            ChirrupError: `not_found`, `already_member`, `group_full`, `conflict`.
        """
        return self._committing.run(partial(self._ask, actor.user_id, group_id, text, code))

    def _ask(
        self, user_id: str, group_id: str, text: str | None, code: str | None, attempt: Attempt
    ) -> bool:
        group = self._reachable(attempt, group_id, user_id)
        if code is not None:
            self._by_link(attempt, group, user_id, code)
            return True
        match group.profile.join_mode:
            case JoinMode.FREE:
                self._admitting.admit(attempt, group, [user_id], user_id, {"way": Way.FREE.value})
                return True
            case JoinMode.APPROVAL:
                self._admitting.check_room(group.state.size, 1)
                self._request(attempt, group, user_id, text)
                return False
        raise ChirrupError(ErrorCode.NOT_FOUND)

    def _reachable(self, attempt: Attempt, group_id: str, user_id: str) -> Group:
        group = self._governing.group(attempt, group_id) if is_group_id(group_id) else None
        if group is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        member = self._conversations.member(group_id, user_id)
        if member and member.role:
            raise ChirrupError(ErrorCode.ALREADY_MEMBER)
        self._governing.check_current(attempt, group, [member] if member else ())
        if group.state.dissolved or group.state.banned or (member and member.banned):
            raise ChirrupError(ErrorCode.NOT_FOUND)
        return group

    def _by_link(self, attempt: Attempt, group: Group, user_id: str, code: str) -> None:
        link = self._records.get(Invite, group.id, code)
        name = InviteUse.name_of(code, user_id)
        used = self._records.get(InviteUse, group.id, name)
        closed = group.profile.join_mode is JoinMode.CLOSED
        if closed or used or link is None or not link.is_good(attempt.now):
            raise ChirrupError(ErrorCode.NOT_FOUND)
        content = {"way": Way.LINK.value, "invited_by": link.by}
        self._admitting.admit(attempt, group, [user_id], user_id, content)
        use = InviteUse(owner=group.id, name=name, ends_at=link.ends_at)
        attempt.write(Put(link.used()), Put(use))

    def _request(self, attempt: Attempt, group: Group, user_id: str, text: str | None) -> None:
        """Keep the request; those in charge are told of a new one, not of one made anew."""
        known = self._records.get(JoinRequest, group.id, user_id)
        open_ = known is not None and known.is_open(attempt.now)
        request = JoinRequest(
            owner=group.id,
            name=user_id,
            version=known.version if known else 0,
            asked_at=attempt.now,
            text=text,
            invited_by=known.invited_by if known and open_ else None,
        )
        attempt.write(Put(request))
        if not open_:
            said: Json = {} if text is None else {"text": text}
            tell_in_charge(attempt, group, user_id, {"user_ids": [user_id], **said})

    def requests(
        self, actor: Actor, group_id: str, after: str | None, limit: int
    ) -> tuple[list[JoinRequest], str | None]:
        """A page of the open requests, by user id.

        Raises:
            ChirrupError: `not_member`, `admin_required`.
        """

        def build(attempt: Attempt) -> tuple[list[JoinRequest], str | None]:
            standing = self._governing.standing(attempt, group_id, actor.user_id)
            check_act(Act.APPROVE, standing.role)
            found: list[JoinRequest] = []
            at = after
            for _ in range(PAGES_MAX):
                page, at = self._records.page(JoinRequest, group_id, at, limit - len(found))
                open_ = [request for request in page if request.is_open(attempt.now)]
                # One who was brought in at the moment of asking has left a request behind.
                names = [request.name for request in open_]
                members = self._conversations.members(group_id, names)
                found += [
                    request
                    for request in open_
                    if request.name not in members or not members[request.name].role
                ]
                if at is None or len(found) >= limit:
                    break
            return found, at

        return self._committing.run(build)

    def accept(self, actor: Actor, group_id: str, user_id: str) -> None:
        """Let somebody in who asked, or was invited by a member.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `not_found`, `request_handled`, `request_expired`, `group_full`, `conflict`.
        """

        def build(attempt: Attempt) -> None:
            standing, request = self._asked(attempt, actor, group_id, user_id)
            by = {"invited_by": request.invited_by} if request.invited_by else {}
            content = {"way": Way.REQUEST.value, **by}
            self._admitting.admit(
                attempt, standing.group, [user_id], actor.user_id, content, answered=request
            )
            self._tell(attempt, actor, request, {"accepted": True})

        self._committing.run(build)

    def reject(self, actor: Actor, group_id: str, user_id: str, reason: str | None) -> None:
        """Do not let somebody in.

        Raises:
            ChirrupError: `not_member`, `group_dissolved`, `group_banned`, `admin_required`,
                `not_found`, `request_handled`, `request_expired`.
        """

        def build(attempt: Attempt) -> None:
            _, request = self._asked(attempt, actor, group_id, user_id)
            attempt.write(Put(request.handled(Status.REJECTED, actor.user_id, attempt.now)))
            why = {} if reason is None else {"reason": reason}
            # Who was proposed by a member and never asked learns nothing of it.
            proposed = request.invited_by is not None and request.text is None
            answer: Json = {"accepted": False, **why}
            self._tell(attempt, actor, request, answer, asker=not proposed)

        self._committing.run(build)

    def _asked(
        self, attempt: Attempt, actor: Actor, group_id: str, user_id: str
    ) -> tuple[Standing, JoinRequest]:
        standing = self._governing.standing(attempt, group_id, actor.user_id)
        standing.check(Act.APPROVE)
        request = self._records.get(JoinRequest, group_id, user_id)
        if request is None:
            raise ChirrupError(ErrorCode.NOT_FOUND)
        request.check_open(attempt.now)
        member = self._conversations.member(group_id, user_id)
        if member and (member.role or member.banned):
            raise ChirrupError(ErrorCode.REQUEST_HANDLED)
        return standing, request

    def _tell(
        self,
        attempt: Attempt,
        actor: Actor,
        request: JoinRequest,
        answer: Json,
        *,
        asker: bool = True,
    ) -> None:
        content = {"group_id": request.owner, "user_id": request.name, **answer}
        concerned = dict.fromkeys((request.name if asker else None, request.invited_by))
        for user_id in concerned:
            if user_id and user_id != actor.user_id:
                attempt.notify(user_id, actor.user_id, REQUEST_HANDLED, content)

    def withdraw(self, actor: Actor, group_id: str, user_id: str) -> None:
        """Take one's own request back.

        Raises:
            ChirrupError: `forbidden` for another's, `not_found`, `request_handled`,
                `request_expired`.
        """
        if user_id != actor.user_id:
            raise ChirrupError(ErrorCode.FORBIDDEN)

        def build(attempt: Attempt) -> None:
            if not is_group_id(group_id):
                raise ChirrupError(ErrorCode.NOT_FOUND)
            request = self._records.get(JoinRequest, group_id, user_id)
            if request is None:
                raise ChirrupError(ErrorCode.NOT_FOUND)
            request.check_open(attempt.now)
            attempt.write(Put(request.handled(Status.WITHDRAWN, user_id, attempt.now)))

        self._committing.run(build)
