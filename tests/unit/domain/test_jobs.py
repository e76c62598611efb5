"""Jobs: a text that holds all of a dispatch, and nothing else is one."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.audiences import Audience, Members, Page
from chirrup.domain.jobs import Job, NoJob, Told

IDS = st.text("abc-._@", min_size=1, max_size=8)
PAGES = st.integers(1, 64).flatmap(lambda of: st.builds(Page, st.integers(0, of - 1), st.just(of)))
MEMBERS = st.builds(
    Members, IDS, st.integers(0), st.integers(0), st.integers(0), st.integers(0, 10_000)
)
AUDIENCES = st.builds(
    Audience,
    user_ids=st.lists(IDS, max_size=4).map(tuple),
    but_connection=st.none() | st.text(min_size=1, max_size=12),
    muted=st.lists(IDS, max_size=2).map(tuple),
    members=st.none() | MEMBERS,
    but_user=st.none() | IDS,
    everyone=st.booleans(),
    page=PAGES,
)
TOLD = st.builds(
    Told,
    st.text(max_size=40).map(lambda words: json.dumps({"t": words}, ensure_ascii=False)),
    IDS,
    st.none() | st.integers(1),
    st.booleans(),
)
JOBS = st.builds(Job, st.lists(TOLD, max_size=3).map(tuple), AUDIENCES, st.integers(0))
# What SQS takes, from its API reference: XML 1.0's characters.
LEGAL = re.compile("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*")


@given(JOBS)
def test_a_job_comes_back_as_it_was(job: Job) -> None:
    again = Job.decode(job.encode())
    assert again == job
    if job.audience.members:
        assert again.audience.members
        assert again.audience.members.size == job.audience.members.size


@given(JOBS)
def test_a_job_holds_only_characters_that_are_carried(job: Job) -> None:
    assert LEGAL.fullmatch(job.encode())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["v", "at", "events", "audience", "page", "members", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(st.text() | JSON.map(json.dumps) | JSON.map(lambda x: json.dumps({"v": 1, "events": x})))
def test_nothing_else_is_a_job_and_it_is_said_in_one_way(text: str) -> None:
    try:
        Job.decode(text)
    except NoJob:
        return
    raise AssertionError(text)


def test_a_job_of_another_version_is_none() -> None:
    text = Job((), Audience(), 0).encode()
    with pytest.raises(NoJob):
        Job.decode(text.replace('"v":1', '"v":2'))


AUDIENCE: dict[str, Any] = {"user_ids": ["bob"], "page": {"number": 0, "of": 1}}
GROUP = {"conversation_id": "g_1", "roster": 1, "seq": 1}
WRONG: dict[str, dict[str, Any]] = {
    "a time without end": {"at": float("inf")},
    "a time that is no number": {"at": "1"},
    "an event without text": {"events": [[None, "g_1", 1, False]]},
    "an event that is short": {"events": [["{}", "g_1"]]},
    "an event that is no JSON": {"events": [["{", "g_1", 1, False]]},
    "an event that is no object": {"events": [["1", "g_1", 1, False]]},
    "an event without anything": {"events": [["{}", "g_1", 1, False]]},
    "an event with something behind it": {"events": [['{"n":1} ', "g_1", 1, False]]},
    "half a character": {"events": [['{"n":"\ud83d"}', "g_1", 1, False]]},
    "a seq that is no number": {"events": [['{"n":1}', "g_1", 1.5, False]]},
    "one user, not a list": {"audience": AUDIENCE | {"user_ids": "bob"}},
    "a user that is a list": {"audience": AUDIENCE | {"user_ids": [["bob"]]}},
    "a user without a name": {"audience": AUDIENCE | {"user_ids": [""]}},
    "a user whom no table takes": {"audience": AUDIENCE | {"user_ids": ["x" * 141]}},
    "half a user": {"audience": AUDIENCE | {"user_ids": ["\udc00"]}},
    "a connection that is a number": {"audience": AUDIENCE | {"but_connection": 7}},
    "no page at all": {"audience": AUDIENCE | {"page": {"number": 0, "of": 0}}},
    "a page behind the last": {"audience": AUDIENCE | {"page": {"number": 3, "of": 3}}},
    "a page without chunks": {"audience": AUDIENCE | {"page": {"number": 0, "of": 65}}},
    "a version that is a text": {"audience": AUDIENCE | {"members": GROUP | {"roster": "1"}}},
    "a group without a name": {"audience": AUDIENCE | {"members": GROUP | {"conversation_id": ""}}},
    "a group that is a number": {
        "audience": AUDIENCE | {"members": GROUP | {"conversation_id": 1}}
    },
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_what_would_fail_in_the_middle_of_a_batch_is_no_job(change: dict[str, Any]) -> None:
    whole = json.loads(Job((), Audience(), 0).encode())
    Job.decode(json.dumps(whole | {"audience": AUDIENCE | {"members": GROUP}}))
    with pytest.raises(NoJob):
        Job.decode(json.dumps(whole | change))


@pytest.mark.parametrize("field", ["page", "unknown"])
def test_an_audience_has_its_fields_and_no_others(field: str) -> None:
    whole = json.loads(Job((), Audience(), 0).encode())
    if field == "page":
        del whole["audience"]["page"]
    else:
        whole["audience"][field] = 1
    with pytest.raises(NoJob):
        Job.decode(json.dumps(whole))


def test_a_job_nested_too_deeply_is_none() -> None:
    with pytest.raises(NoJob):
        Job.decode("[" * 100_000)


def test_who_has_muted_is_told_so_of_messages_alone() -> None:
    message = Told('{"event":"message.created"}', "p_a~b", 1, flagged=True)
    assert json.loads(message.shown(muted=True)) == {"event": "message.created", "muted": True}
    assert message.shown(muted=False) == message.text
    typing = Told('{"event":"typing"}', "p_a~b")
    assert typing.shown(muted=True) == typing.text


def test_a_job_belongs_to_the_conversation_of_its_events() -> None:
    assert Job((Told("{}", "g_1"), Told("{}", "g_1")), Audience(), 0).conversation_id == "g_1"
    assert Job((), Audience(), 0).conversation_id == ""
