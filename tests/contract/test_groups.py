"""Groups on every store: changes at the same moment leave items that agree."""

from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.errors import ChirrupError, ErrorCode
from chirrup.domain.groups import History, JoinMode
from chirrup.domain.invites import Invite
from chirrup.ports import Profile
from chirrup.ports.records import MemberChange
from chirrup.service.actor import Actor
from chirrup.service.groups import NewGroup
from chirrup.service.senders import Draft
from chirrup.transport.groups import groups
from chirrup.transport.services import messaging
from tests.contract.stores import Stores
from tests.fakes import FakeClock, FakePictures, RecordingDispatcher
from tests.support.composing import only_texts
from tests.support.group_items import check_group
from tests.support.words import no_words

MEMBERS_MAX = 30
_numbers = count(1)


class Club:
    """A group of a test's own people on some stores.

    Attributes:
        id: Of the group; its members are the owner and the first four.
        others: Who are in it, then those who are not.
    """

    def __init__(self, stores: Stores) -> None:
        self.stores = stores
        number = next(_numbers)
        clock = FakeClock()
        self.owner = Actor(f"owner-{number}")
        self.others = [Actor(f"m{one:02}.{number}@example.com") for one in range(40)]
        for actor in (self.owner, *self.others):
            stores.users.ensure(Profile(actor.user_id, actor.user_id, created_at=1))
        self.messaging = messaging(
            timeline=stores.timeline,
            conversations=stores.conversations,
            records=stores.records,
            dispatcher=RecordingDispatcher(),
            screening=no_words(clock),
            clock=clock,
            users=stores.users,
            side_by_side=one_by_one,
            composing=only_texts,
            friends_only=False,
        )
        self.all = groups(
            conversations=stores.conversations,
            records=stores.records,
            users=stores.users,
            committing=self.messaging.committing,
            screening=self.messaging.screening,
            pictures=FakePictures(),
            clock=clock,
            friends_only=False,
            members_max=MEMBERS_MAX,
            history=History.JOIN,
        )
        self.id = self.make("club", 4)

    def make(self, client_id: str, size: int) -> str:
        """Make a group of the owner and the first so many."""
        members = [actor.user_id for actor in self.others[:size]]
        made = self.all.groups.create(self.owner, NewGroup(client_id, "Club", members))
        return made.head.conversation_id

    def say(self, actor: Actor) -> object:
        """Write in the group."""
        draft = Draft(f"c-{next(_numbers)}", "text", {"text": "hi"}, conversation_id=self.id)
        return self.messaging.sending.send(actor, draft)

    def at_once(self, *acts: Callable[[], object]) -> list[ErrorCode | None]:
        """Do all at the same moment; what came of each. Those who were too many try again."""
        return self.stores.at_once(*(partial(outcome, act) for act in acts))

    def check(self) -> None:
        """Hold the items of the group against each other."""
        check_group(self.stores, self.id)


def outcome(act: Callable[[], object]) -> ErrorCode | None:
    """None if it was done, else why not."""
    for _ in range(20):
        try:
            act()
        except ChirrupError as error:
            if error.code is not ErrorCode.RATE_LIMITED:
                return error.code
        else:
            return None
    return ErrorCode.RATE_LIMITED


@pytest.fixture
def club(stores: Stores) -> Club:
    return Club(stores)


def test_a_group_is_stored_with_all_that_belongs_to_it(club: Club) -> None:
    club.check()
    own = club.all.groups.get(club.owner, club.id)
    assert (own.state.size, own.profile.leader_id) == (5, club.owner.user_id)
    listed, _ = club.all.groups.list(club.others[0], None, 10)
    assert [one.profile for one in listed] == [own.profile]


def test_a_group_of_several_batches_is_whole(club: Club) -> None:
    large = club.make("large", 29)
    check_group(club.stores, large)
    assert club.make("large", 29) == large
    check_group(club.stores, large)


def test_a_life_of_a_group_leaves_items_that_agree(club: Club) -> None:
    admin, member, _, _, outsider, *_ = club.others
    club.all.leading.add_admin(club.owner, club.id, admin.user_id)
    club.all.membership.mute(admin, club.id, member.user_id, 60)
    club.all.membership.remove(admin, club.id, member.user_id, ban=True)
    bans, _ = club.all.membership.bans(admin, club.id, None, 10)
    assert [ban.name for ban in bans] == [member.user_id]
    club.check()
    club.all.joining.ask(outsider, club.id, "please", None)
    requests, _ = club.all.joining.requests(admin, club.id, None, 10)
    assert [(one.name, one.text) for one in requests] == [(outsider.user_id, "please")]
    club.all.joining.accept(admin, club.id, outsider.user_id)
    club.all.membership.invite(admin, club.id, [member.user_id])
    club.check()
    club.all.groups.change(
        club.owner, club.id, {"name": "Other", "avatar": None, "history": History.ALL}
    )
    club.all.leading.transfer(club.owner, club.id, admin.user_id)
    club.all.membership.leave(club.owner, club.id)
    club.all.membership.rename(member, club.id, "M")
    assert club.all.groups.get(member, club.id).member.nickname == "M"
    club.check()
    club.all.groups.dissolve(admin, club.id)
    club.all.membership.leave(admin, club.id)
    club.check()


def test_a_link_is_kept_used_and_revoked(club: Club) -> None:
    link = club.all.invites.create(club.owner, club.id, 60, 5)
    club.all.joining.ask(club.others[9], club.id, None, link.name)
    links, _ = club.all.invites.list(club.owner, club.id, None, 10)
    assert [(one.name, one.uses) for one in links] == [(link.name, 1)]
    club.all.invites.revoke(club.owner, club.id, link.name)
    assert club.stores.records.get(Invite, club.id, link.name) is None
    club.check()


def test_a_group_is_made_once_by_two_at_once(club: Club) -> None:
    made = club.stores.each_at_once(partial(club.make, "other"), [29, 29])
    assert len(set(made)) == 1
    check_group(club.stores, made[0])


def test_a_request_is_accepted_once_by_two_at_once(club: Club) -> None:
    admin, outsider = club.others[0], club.others[9]
    club.all.leading.add_admin(club.owner, club.id, admin.user_id)
    club.all.joining.ask(outsider, club.id, None, None)
    outcomes = club.at_once(
        *(
            partial(club.all.joining.accept, actor, club.id, outsider.user_id)
            for actor in (club.owner, admin)
        )
    )
    assert sorted(outcomes, key=str) == [None, ErrorCode.REQUEST_HANDLED]
    club.check()


def test_an_owner_hands_over_and_leaves_at_once(club: Club) -> None:
    heir = club.others[0]
    handed, left = club.at_once(
        lambda: club.all.leading.transfer(club.owner, club.id, heir.user_id),
        lambda: club.all.membership.leave(club.owner, club.id),
    )
    assert handed is None
    assert left in (None, ErrorCode.OWNER_CANNOT_LEAVE)
    club.check()


def test_the_last_places_are_taken_once(club: Club) -> None:
    club.all.groups.change(club.owner, club.id, {"join_mode": JoinMode.FREE})
    club.all.membership.invite(club.owner, club.id, [one.user_id for one in club.others[4:28]])
    joins = [
        partial(club.all.joining.ask, actor, club.id, None, None) for actor in club.others[28:32]
    ]
    outcomes = club.at_once(*joins)
    assert sorted(outcomes, key=str) == [None, *[ErrorCode.GROUP_FULL] * 3]
    club.check()


def test_a_member_is_removed_while_writing(club: Club) -> None:
    member = club.others[0]
    removed, *_ = club.at_once(
        lambda: club.all.membership.remove(club.owner, club.id, member.user_id, ban=False),
        *[partial(club.say, member)] * 3,
    )
    assert removed is None
    assert outcome(lambda: club.say(member)) is ErrorCode.NOT_MEMBER
    left_seq = club.stores.conversations.members(club.id, [member.user_id])[member.user_id].left_seq
    entries = club.stores.timeline.after(club.id, 0, 100)
    assert all(one.seq < left_seq for one in entries if one.sender_id == member.user_id)
    club.say(club.owner)
    club.check()


def test_a_group_is_dissolved_while_members_write(club: Club) -> None:
    dissolved, *sent = club.at_once(
        lambda: club.all.groups.dissolve(club.owner, club.id),
        *(partial(club.say, actor) for actor in club.others[:4]),
    )
    assert dissolved is None
    assert set(sent) <= {None, ErrorCode.GROUP_DISSOLVED}
    entries = club.stores.timeline.after(club.id, 0, 100)
    assert entries[-1].type == "system.group_dissolved"
    assert sum(one.countable for one in entries) == sent.count(None)
    club.check()


def test_members_come_and_go_at_once(club: Club) -> None:
    club.all.groups.change(club.owner, club.id, {"join_mode": JoinMode.FREE})
    coming = [partial(club.all.joining.ask, one, club.id, None, None) for one in club.others[4:7]]
    going = [partial(club.all.membership.leave, one, club.id) for one in club.others[:3]]
    assert club.at_once(*coming, *going) == [None] * 6
    club.check()


def test_those_are_found_who_have_blocked_a_user(stores: Stores, people: tuple[str, str]) -> None:
    one, other = people
    many = [f"nobody-{number}" for number in range(120)]
    assert stores.conversations.blockers(one, [*many, other, one]) == set()
    chat = "p_" + "~".join(sorted(people))
    blocked: dict[str, Any] = {"blocked_by_peer": True}
    stores.records.commit([MemberChange(chat, one, blocked), MemberChange(chat, other, {})])
    assert stores.conversations.blockers(one, [*many, other]) == {other}
    assert stores.conversations.blockers(other, [one]) == set()
    assert stores.conversations.blockers(one, []) == set()
