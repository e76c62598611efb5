"""Channels: kept alike by every store, from subscribing to what is withdrawn."""

from dataclasses import dataclass
from itertools import count

import pytest

from chirrup.concurrency import one_by_one
from chirrup.domain.audiences import WHOLE
from chirrup.domain.channels import ChannelKind
from chirrup.domain.conversations import Settings
from chirrup.ports import Profile
from chirrup.ports.records import MemberChange, MemberGone
from chirrup.service.actor import Actor
from chirrup.service.broadcast_ends import Reach
from chirrup.service.broadcasts import NewBroadcast
from chirrup.service.channel_keeping import NewChannel
from chirrup.service.materials import NewMaterial
from chirrup.transport.broadcasting import Broadcasting, broadcasting
from chirrup.transport.channels import ChannelCases, channel_cases
from chirrup.transport.services import Messaging, messaging
from tests.contract.stores import Stores
from tests.fakes import FakeAttaching, FakeClock, FakePictures, RecordingDispatcher
from tests.support.composing import composing_of
from tests.support.watching import WRITES, watched
from tests.support.words import no_words

FAR = 2**53
_numbers = count(1)


@dataclass
class Studio:
    """A channel that no other test knows, and its own people."""

    stores: Stores
    clock: FakeClock
    app: Messaging
    cases: ChannelCases
    telling: Broadcasting
    code: str
    people: list[Actor]

    @property
    def id(self) -> str:
        """Of its timeline."""
        return f"c_{self.code}"

    def say(self, **more: object) -> str:
        """Have it say something new."""
        self.clock.advance(1_000)
        new = {"key": f"k-{next(_numbers)}", **({} if "material_id" in more else {"text": "Hear!"})}
        made = self.telling.broadcasts.create(self.code, NewBroadcast(**(new | more)))  # type: ignore[arg-type]
        return made.name

    def unread(self, actor: Actor) -> int | None:
        """As the list tells; None where it is not listed."""
        views, _ = self.app.conversations.list(actor, None, 100)
        found = [view.unread for view in views if view.conversation.id == self.id]
        return found[0] if found else None


def studio(stores: Stores, kind: ChannelKind = ChannelKind.SUBSCRIBE) -> Studio:
    number = next(_numbers)
    clock = FakeClock()
    people = [Actor(f"{name}.{number}@example.com") for name in ("ann", "ben", "cid")]
    for actor in people:
        stores.users.ensure(Profile(actor.user_id, actor.user_id, created_at=clock.now()))
    kept = {"timeline": stores.timeline, "conversations": stores.conversations}
    dispatcher = RecordingDispatcher()
    compose = composing_of(
        **kept,  # type: ignore[arg-type]
        records=stores.records,
        users=stores.users,
        attaching=FakeAttaching(),
        clock=clock,
    )
    app = messaging(
        **kept,  # type: ignore[arg-type]
        records=stores.records,
        dispatcher=dispatcher,
        clock=clock,
        screening=no_words(clock),
        users=stores.users,
        side_by_side=one_by_one,
        composing=compose,
        friends_only=False,
    )
    cases = channel_cases(
        app,
        conversations=stores.conversations,
        records=stores.records,
        dispatcher=dispatcher,
        pictures=FakePictures(),
        materials=compose()._materials,
    )
    telling = broadcasting(
        app,
        **kept,  # type: ignore[arg-type]
        records=stores.records,
        users=stores.users,
        connections=stores.connections,
        dispatcher=dispatcher,
        pictures=FakePictures(),
        clean=str,
    )
    code = f"n{number}"
    cases.keeping.create(NewChannel(code, "News", kind, "https://example.com/n.png", "All of it"))
    clock.advance(10_000)
    return Studio(stores, clock, app, cases, telling, code, people)


def test_a_channel_is_subscribed_to_read_and_left(stores: Stores) -> None:
    news = studio(stores)
    ann, ben, _ = news.people
    news.say()
    for actor in (ann, ben, ann):
        news.cases.channels.subscribe(actor, news.code)
    assert news.unread(ann) == 0
    news.say()
    assert (news.unread(ann), news.unread(ben)) == (1, 1)
    assert news.app.receipts.read(ann, news.id, 2).unread == 0
    news.cases.channels.unsubscribe(ben, news.code)
    assert news.unread(ben) is None
    assert stores.conversations.member(news.id, ben.user_id) is None
    roster = stores.rosters.roster(news.id, 9, WHOLE)
    assert (roster.since, roster.muted) == ({ann.user_id: 1}, frozenset())
    page = news.app.reading.history(ann, news.id, budget=10_000)
    assert [shown.entry.seq for shown in page.entries] == [1, 2]


def test_a_channel_that_is_everybodys_has_rows_for_those_who_look(stores: Stores) -> None:
    news = studio(stores, ChannelKind.EVERYONE)
    ann, ben, cid = news.people
    for _ in range(3):
        news.say()
    assert stores.conversations.members(news.id, [ann.user_id, ben.user_id]) == {}
    assert news.unread(ann) == 3
    late = Actor(f"late-{next(_numbers)}")
    stores.users.ensure(Profile(late.user_id, "Late", created_at=news.clock.now()))
    news.say()
    assert news.unread(late) == 1
    news.app.conversations.change_settings(cid, news.id, {"muted": True})
    assert stores.rosters.roster(news.id, 9, WHOLE).muted == {cid.user_id}


def test_what_is_withdrawn_is_gone_and_counted_by_cursors(stores: Stores) -> None:
    news = studio(stores)
    ann, ben, _ = news.people
    for actor in (ann, ben):
        news.cases.channels.subscribe(actor, news.code)
    hours = news.telling.materials.create(
        news.code, NewMaterial("hours", "Hours", "Short.", None, None, "<p>Nine.</p>")
    )
    said = news.say(material_id=hours.name)
    assert news.cases.materials.read(ann.user_id, news.code, hours.name, None).html
    news.app.receipts.read(ann, news.id, 1)
    assert news.telling.ends.reach(news.code, said) == Reach(2, 2, 1)
    assert news.telling.ends.withdraw(news.code, said, FAR)
    entry = stores.timeline.get(news.id, [1])[1]
    assert (entry.content, entry.recalled is not None) == ({}, True)
    assert news.telling.materials.get(hours.name).live == 0
    assert news.telling.ends.get(news.code, said).withdrawn_at == news.clock.now()


def test_users_by_name_are_told_by_pages_and_it_can_be_taken_back(stores: Stores) -> None:
    news = studio(stores)
    many = [f"u{number}.{next(_numbers)}" for number in range(40)]
    for user_id in many:
        stores.users.ensure(Profile(user_id, user_id))
    said = news.say(user_ids=[*many, "never-seen"])
    assert news.telling.mailings.deliver(said, FAR)
    assert news.telling.mailings.deliver(said, FAR)
    for user_id in many:
        (entry,) = stores.timeline.after(f"u_{user_id}", 0, 10)
        assert entry.content["content"] == {"text": "Hear!"}
    assert news.telling.ends.reach(news.code, said) == Reach(41, 40, 0)
    news.app.receipts.read(Actor(many[0]), f"u_{many[0]}", 1)
    assert news.telling.ends.reach(news.code, said).read == 1
    assert news.telling.ends.withdraw(news.code, said, FAR)
    assert stores.timeline.get(f"u_{many[5]}", [1])[1].recalled


def test_many_who_come_and_go_at_once_leave_a_roster_that_is_whole(stores: Stores) -> None:
    news = studio(stores)
    users = [Actor(f"c{number}.{next(_numbers)}") for number in range(12)]
    for actor in users:
        stores.users.ensure(Profile(actor.user_id, "Crowd"))
    stores.each_at_once(lambda actor: news.cases.channels.subscribe(actor, news.code), users)
    stores.each_at_once(lambda actor: news.cases.channels.unsubscribe(actor, news.code), users[::2])
    left = {actor.user_id for actor in users[1::2]}
    assert set(stores.rosters.roster(news.id, 9, WHOLE).since) == left
    found = stores.conversations.members(news.id, [actor.user_id for actor in users])
    assert found.keys() == left


def test_views_of_conversations_tell_what_is_there(stores: Stores) -> None:
    news = studio(stores)
    ann = news.people[0]
    missing = "c_nowhere"
    assert stores.conversations.views_of(ann.user_id, [news.id, missing]) == {
        news.id: (None, None, Settings()),
        missing: (None, None, Settings()),
    }
    news.cases.channels.subscribe(ann, news.code)
    news.say()
    assert stores.conversations.views_of(ann.user_id, [news.id])[news.id] == (
        stores.conversations.exact_view(news.id, ann.user_id)
    )


def test_rows_of_any_conversations_are_found(stores: Stores) -> None:
    number = next(_numbers)
    keys = [(f"c_r{number}_{one}", f"r{number}.{one % 7}") for one in range(130)]
    for at in range(0, 130, 65):
        stores.records.commit([MemberChange(*key, {"read_seq": 5}) for key in keys[at : at + 65]])
    found = stores.conversations.rows([*keys, (f"c_r{number}_none", "nobody")])
    assert sorted((one.conversation_id, one.user_id) for one in found) == sorted(keys)
    assert {one.read_seq for one in found} == {5}
    assert stores.conversations.rows([]) == []


def test_a_row_that_is_gone_is_listed_no_more(stores: Stores) -> None:
    number = next(_numbers)
    id_, user = f"c_gone{number}", f"gone{number}"
    stores.records.commit([MemberChange(id_, user, {"read_seq": 1})])
    stores.records.commit([MemberGone(id_, user)])
    assert stores.conversations.member(id_, user) is None
    assert stores.conversations.views(user, None, 10) == ([], None)
    stores.records.commit([MemberGone(id_, user)])


@pytest.mark.parametrize("stores", ["moto"], indirect=True)
def test_a_broadcast_costs_the_same_for_any_number_of_subscribers(stores: Stores) -> None:
    counts = []
    for subscribers in (1, 12):
        news = studio(stores)
        for number in range(subscribers):
            actor = Actor(f"s{number}.{next(_numbers)}")
            stores.users.ensure(Profile(actor.user_id, "S"))
            news.cases.channels.subscribe(actor, news.code)
        with watched(stores.dynamo) as requests:
            news.say()
        writes = [name for name in requests.operations if name in WRITES]
        assert writes == ["TransactWriteItems"]
        counts.append(requests.operations)
    assert counts[0] == counts[1]
