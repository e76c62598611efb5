"""What a message costs: three write units, whatever it says and however full the member is.

Units as DynamoDB Local and the emulator report them. The emulator calls every read the same size,
so reads are held against DynamoDB Local alone; so is the count that the benchmarks make themselves.
"""

import pytest

from benchmarks.meter import Meter
from chirrup.concurrency import one_by_one
from chirrup.domain.conversations import PREVIEW_MAX
from chirrup.domain.recent import FULL
from chirrup.ports import Profile
from chirrup.service.actor import Actor
from chirrup.service.senders import Draft
from chirrup.transport.services import messaging
from tests.contract.conftest import SERVERS
from tests.contract.stores import Stores
from tests.fakes import FakeClock, RecordingDispatcher
from tests.support.composing import only_texts
from tests.support.watching import Watched, watched
from tests.support.words import no_words

LARGE = "😀" * 175
"""700 bytes, which stand in the preview too as far as that goes."""
LOCAL = [parameter for parameter in SERVERS if "dynamodb_local" in parameter.values]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Writing:
    """Two users with ids as long as those of Cognito, who write to each other."""

    def __init__(self, stores: Stores, number: str) -> None:
        self._stores = stores
        self._clock = FakeClock()
        self._users = [f"{one}000000-0000-4000-8000-{number:0>12}" for one in "ab"]
        self._sent = 0
        self._sending = messaging(
            timeline=stores.timeline,
            conversations=stores.conversations,
            records=stores.records,
            dispatcher=RecordingDispatcher(),
            screening=no_words(self._clock),
            clock=self._clock,
            side_by_side=one_by_one,
            composing=only_texts,
            friends_only=False,
        ).sending
        for user in self._users:
            stores.users.ensure(Profile(user, "Someone"))

    def send(self, text: str = LARGE, sender: int = 0) -> Watched:
        """Send the next message."""
        self._clock.advance(2_000)
        self._sent += 1
        draft = Draft(self._ulid(), "text", {"text": text}, to=self._users[1 - sender])
        with watched(self._stores.dynamo) as requests:
            self._sending.send(Actor(self._users[sender]), draft)
        return requests

    def _ulid(self) -> str:
        now, digits = self._clock.now(), ""
        for _ in range(10):
            now, digit = divmod(now, 32)
            digits = CROCKFORD[digit] + digits
        return f"{digits}{self._sent:016}"


@pytest.fixture
def writing(stores: Stores, people: tuple[str, str]) -> Writing:
    """Two users who have begun to write to each other."""
    writing = Writing(stores, "".join(filter(str.isdigit, people[0])))
    writing.send()
    writing.send(sender=1)
    return writing


@pytest.mark.parametrize("stores", SERVERS, indirect=True)
def test_a_message_costs_three_write_units_from_the_first_to_a_full_member_and_beyond(
    writing: Writing,
) -> None:
    for _ in range(2 * FULL):
        requests = writing.send()
        assert [one.units for one in requests if one.operation != "GetItem"] == [1, 1, 1]
        assert requests.operations == ["GetItem", "GetItem", "PutItem", "UpdateItem", "UpdateItem"]
    assert writing.send(sender=1).write_units == 3


@pytest.mark.parametrize("stores", LOCAL, indirect=True)
def test_a_message_costs_one_and_a_half_read_units(writing: Writing) -> None:
    for _ in range(2 * FULL):
        assert writing.send().read_units == 1.5


@pytest.mark.parametrize("stores", SERVERS, indirect=True)
def test_a_preview_of_the_longest_kind_still_fits_one_write_unit(writing: Writing) -> None:
    assert writing.send('"' * PREVIEW_MAX).write_units == 3
    assert writing.send("😀" * PREVIEW_MAX).write_units == 3


@pytest.mark.parametrize("stores", LOCAL, indirect=True)
@pytest.mark.parametrize("text", ["hi", LARGE, "x" * 2_500, "😀" * 4_000])
def test_the_benchmarks_count_as_dynamodb_does(
    stores: Stores, writing: Writing, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert stores.dynamo is not None
    connection = stores.dynamo.connection
    monkeypatch.setattr(connection, "dispatch", connection.dispatch)
    meter = Meter(stores.dynamo)
    requests: list[Watched] = []
    bill = meter.measure(lambda: requests.append(writing.send(text)))
    assert bill.writes == requests[0].write_units
    assert bill.reads == requests[0].read_units
    assert sorted(bill.calls.elements()) == requests[0].operations
