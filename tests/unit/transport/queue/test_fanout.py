"""Batches of jobs: what is pushed, what is given back, and what never comes twice for nothing."""

import copy
import json
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.audiences import Audience
from chirrup.domain.jobs import Job, Told
from chirrup.ports.fanout import Pushed
from chirrup.transport.queue.fanout import LAST_TRY, MARGIN_MS, Fanout, NotPushed
from tests.fakes import FakeClock
from tests.fakes.clock import NOON
from tests.unit.pushing import Push

LEFT_MS = 30_000


class RecordingPusher:
    """Implements `ports.fanout.Pusher`: notes what it was given.

    Attributes:
        unread: Places of jobs whose recipients are not found.
        late: Places of jobs that are not ended.
    """

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.until = 0
        self.unread: set[int] = set()
        self.late: set[int] = set()

    def push(self, jobs: Sequence[Job], until: int) -> Pushed:
        self.jobs, self.until = list(jobs), until
        return Pushed(unread=self.unread, late=self.late)


@pytest.fixture
def pusher() -> RecordingPusher:
    return RecordingPusher()


@pytest.fixture
def fanout(pusher: RecordingPusher) -> Fanout:
    return Fanout(pusher=pusher, clock=FakeClock())


def job(number: int = 1) -> Job:
    return Job((Told(f'{{"n":{number}}}', "g_1", number),), Audience(("bob",)), NOON)


def record(
    number: int, body: str | None = None, tries: int = 1, group: str | None = None
) -> dict[str, Any]:
    return {
        "messageId": f"m{number}",
        "body": job(number).encode() if body is None else body,
        "attributes": {"ApproximateReceiveCount": str(tries)}
        | ({"MessageGroupId": group} if group else {}),
    }


def failed(fanout: Fanout, *records: dict[str, Any]) -> list[str]:
    answer = fanout.handle({"Records": list(records)}, LEFT_MS)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def test_all_jobs_of_a_batch_are_pushed_together(fanout: Fanout, pusher: RecordingPusher) -> None:
    assert failed(fanout, record(1), record(2), record(3)) == []
    assert pusher.jobs == [job(1), job(2), job(3)]


def test_time_is_left_for_the_answers_under_way(fanout: Fanout, pusher: RecordingPusher) -> None:
    failed(fanout, record(1))
    assert pusher.until == NOON + LEFT_MS - MARGIN_MS


@pytest.mark.parametrize("body", ["", "{", "null", '{"v":2}', "\ud800"])
def test_poison_is_given_back_and_nothing_else(
    fanout: Fanout, pusher: RecordingPusher, body: str
) -> None:
    assert failed(fanout, record(1), record(2, body), record(3)) == ["m2"]
    assert pusher.jobs == [job(1), job(3)]


WHOLE: dict[str, Any] = {
    "v": 1,
    "at": NOON,
    "events": [['{"n":1}', "g_1", 1, True]],
    "audience": {
        "user_ids": ["alice"],
        "but_connection": "a1=",
        "muted": ["alice"],
        "members": {"conversation_id": "g_1", "roster": 1, "seq": 1, "above": 0, "size": 2},
        "but_user": "carol",
        "everyone": True,
        "page": {"number": 0, "of": 1},
    },
}
FIELDS = [
    *([name] for name in WHOLE),
    *(["events", 0, at] for at in range(4)),
    *(["audience", name] for name in WHOLE["audience"]),
    *(["audience", "members", name] for name in WHOLE["audience"]["members"]),
    *(["audience", "page", name] for name in ("number", "of")),
]
TEXTS = st.text() | st.sampled_from(
    ["\ud800", "{}", "{ }", '{"a":1} ', "[]", "NaN", '"}', '{"a":1}']
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)


@given(st.sampled_from(FIELDS), VALUES)
def test_whatever_a_field_of_one_job_holds_the_others_of_its_batch_are_told(
    path: list[Any], value: Any
) -> None:
    whole = copy.deepcopy(WHOLE)
    part: Any = whole
    for name in path[:-1]:
        part = part[name]
    part[path[-1]] = value
    both = Job(job(2).events, Audience(("alice", "bob")), NOON).encode()
    push = Push()
    fanout = Fanout(pusher=push.pusher, clock=push.clock)
    assert set(failed(fanout, record(1, json.dumps(whole)), record(2, both))) <= {"m1"}
    assert {"n": 2} in push.got("b1=")
    assert [one for one in push.got("a2=") if one.get("n") == 2]


def test_poison_holds_up_nobody_in_its_group(fanout: Fanout) -> None:
    assert failed(fanout, record(1, "{", group="g"), record(2, group="g")) == ["m1"]


def test_what_cannot_be_told_now_is_given_back(fanout: Fanout, pusher: RecordingPusher) -> None:
    pusher.unread = {1}
    assert failed(fanout, record(1), record(2), record(3)) == ["m2"]
    assert failed(fanout, record(1), record(2, tries=9), record(3)) == ["m2"]


def test_what_stands_behind_it_in_its_group_is_given_back_too(
    fanout: Fanout, pusher: RecordingPusher
) -> None:
    pusher.unread = {0}
    groups = ("one", "other", "one", "other")
    records = [record(number, group=group) for number, group in enumerate(groups, 1)]
    assert failed(fanout, *records) == ["m1", "m3"]


def test_what_was_not_ended_comes_again_but_not_for_ever(
    fanout: Fanout, pusher: RecordingPusher
) -> None:
    pusher.late = {0, 1}
    assert failed(fanout, record(1, tries=LAST_TRY - 1), record(2, tries=LAST_TRY)) == ["m1"]


def topic(*bodies: str) -> dict[str, Any]:
    return {"Records": [{"Sns": {"MessageId": "m", "Message": body}} for body in bodies]}


def test_a_job_of_a_topic_is_pushed(fanout: Fanout, pusher: RecordingPusher) -> None:
    assert fanout.handle(topic(job(1).encode()), LEFT_MS) == {"batchItemFailures": []}
    assert pusher.jobs == [job(1)]


@pytest.mark.parametrize("body", ["{", job(1).encode()])
def test_a_topics_job_that_fails_fails_the_call_so_that_it_is_repeated(
    fanout: Fanout, pusher: RecordingPusher, body: str
) -> None:
    pusher.unread = set() if body == "{" else {0}
    with pytest.raises(NotPushed):
        fanout.handle(topic(body), LEFT_MS)


def test_logs_hold_no_word_of_what_was_written(
    fanout: Fanout, caplog: pytest.LogCaptureFixture
) -> None:
    secret = record(1, '{"v":1,"secret":"swordfish"}')
    failed(fanout, secret)
    assert "swordfish" not in "".join(str(vars(line)) for line in caplog.records)
    assert caplog.records
