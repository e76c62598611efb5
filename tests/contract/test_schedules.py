"""Schedules: set once, moved, cancelled, by a fake and by EventBridge Scheduler alike."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Protocol

import pytest
from botocore.session import Session
from botocore.stub import Stubber
from moto import mock_aws

from chirrup.domain.errors import ErrorCode
from chirrup.ports.schedules import Schedules
from chirrup.storage.schedules import SchedulerSchedules, Target, client
from local.places import REGION
from tests.fakes import FakeSchedules
from tests.fakes.clock import NOON
from tests.unit.making import refused

_AWS = f"arn:aws:{{}}:{REGION}:123456789012:{{}}"
TARGET = Target(
    "chirrup",
    _AWS.format("lambda", "function:chirrup-broadcast-due"),
    "arn:aws:iam::123456789012:role/chirrup-schedule",
    _AWS.format("sqs", "chirrup-broadcast-dead-letters"),
)
PAYLOAD = {"code": "news", "broadcast_id": "b_1"}


class Seen(Protocol):
    """What is set: time (ms since epoch) and payload by name."""

    def __call__(self) -> dict[str, tuple[int, dict[str, str]]]: ...


@pytest.fixture
def scheduler(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client with credentials of its own."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", REGION)
    with mock_aws():
        made: Any = client(Session())
        made.create_schedule_group(Name=TARGET.group)
        yield made


@pytest.fixture(params=["fake", "moto"])
def schedules(request: pytest.FixtureRequest) -> tuple[Schedules, Seen]:
    """Schedules, and what is set in them."""
    if request.param == "fake":
        fake = FakeSchedules()
        return fake, lambda: dict(fake.waiting)
    scheduler = request.getfixturevalue("scheduler")
    return SchedulerSchedules(scheduler, TARGET), lambda: _listed(scheduler)


def _listed(scheduler: Any) -> dict[str, tuple[int, dict[str, str]]]:
    found = {}
    for one in scheduler.list_schedules(GroupName=TARGET.group)["Schedules"]:
        whole = scheduler.get_schedule(Name=one["Name"], GroupName=TARGET.group)
        assert whole["ScheduleExpressionTimezone"] == "UTC"
        text = whole["ScheduleExpression"].removeprefix("at(").removesuffix(")")
        ms = int(datetime.fromisoformat(f"{text}+00:00").astimezone(UTC).timestamp()) * 1000
        found[whole["Name"]] = ms, json.loads(whole["Target"]["Input"])
    return found


def test_what_is_set_waits_with_its_payload_and_is_not_called_too_early(
    schedules: tuple[Schedules, Seen],
) -> None:
    one, seen = schedules
    one.set("b_1", NOON + 1, PAYLOAD)
    one.set("b_2", NOON, {"code": "news", "broadcast_id": "b_2"})
    assert seen() == {
        "b_1": (NOON + 1_000, PAYLOAD),
        "b_2": (NOON, {"code": "news", "broadcast_id": "b_2"}),
    }


def test_setting_it_again_moves_it(schedules: tuple[Schedules, Seen]) -> None:
    one, seen = schedules
    for at in (NOON, NOON + 60_000, NOON + 60_000):
        one.set("b_1", at, PAYLOAD)
    assert seen() == {"b_1": (NOON + 60_000, PAYLOAD)}


def test_what_is_cancelled_is_gone_and_may_be_cancelled_again(
    schedules: tuple[Schedules, Seen],
) -> None:
    one, seen = schedules
    one.set("b_1", NOON, PAYLOAD)
    for _ in range(2):
        one.cancel("b_1")
    assert seen() == {}


def test_a_schedule_runs_once_for_its_target_and_keeps_what_failed(scheduler: Any) -> None:
    SchedulerSchedules(scheduler, TARGET).set("b_1", NOON, PAYLOAD)
    whole = scheduler.get_schedule(Name="b_1", GroupName=TARGET.group)
    assert whole["ActionAfterCompletion"] == "DELETE"
    assert whole["FlexibleTimeWindow"] == {"Mode": "OFF"}
    target = whole["Target"]
    assert (target["Arn"], target["RoleArn"]) == (TARGET.function_arn, TARGET.role_arn)
    assert target["DeadLetterConfig"] == {"Arn": TARGET.dead_letters_arn}


@pytest.mark.parametrize("operation", ["create_schedule", "delete_schedule"])
def test_a_scheduler_that_fails_is_not_there_at_the_moment(scheduler: Any, operation: str) -> None:
    one = SchedulerSchedules(scheduler, TARGET)
    with Stubber(scheduler) as stub:
        stub.add_client_error(operation, "InternalServerException", http_status_code=500)
        with refused(ErrorCode.TEMPORARILY_UNAVAILABLE):
            if operation == "create_schedule":
                one.set("b_1", NOON, PAYLOAD)
            else:
                one.cancel("b_1")
