"""The steps in which the send mode of a running stack is changed."""

import pytest

from local.errors import LocalError
from local.switching import change


def _steps(now: str, was: tuple[str, str] | None, *, full: str = "") -> list[str]:
    """What is deployed and waited for; the carriers of `full` do not get empty."""
    steps: list[str] = []

    def empty(mode: str) -> None:
        steps.append(f"empty {mode}")
        if mode == full:
            raise LocalError("full", mend="wait")

    try:
        change(now, was, deploy=lambda previous: steps.append(f"after {previous}"), empty=empty)
    except LocalError:
        steps.append("given up")
    return steps


@pytest.mark.parametrize("mode", ["local", "redis", "rocketmq", "kafka", "rabbitmq"])
@pytest.mark.parametrize("was", [None, "same"])
def test_a_mode_that_stays_is_deployed_at_once(mode: str, was: str | None) -> None:
    assert _steps(mode, (mode, "none") if was else None) == ["after none"]


def test_what_pushes_by_itself_leaves_nothing_behind() -> None:
    assert _steps("kafka", ("local", "none")) == ["after none"]


@pytest.mark.parametrize("now", ["local", "redis", "rabbitmq"])
def test_the_old_carrier_goes_when_it_is_empty(now: str) -> None:
    assert _steps(now, ("kafka", "none")) == ["after kafka", "empty kafka", "after none"]


def test_a_carrier_that_does_not_get_empty_stays() -> None:
    assert _steps("redis", ("kafka", "none"), full="kafka") == [
        "after kafka",
        "empty kafka",
        "given up",
    ]


def test_what_was_given_up_is_taken_up_again() -> None:
    assert _steps("redis", ("redis", "kafka")) == ["empty kafka", "after none"]
    assert _steps("redis", ("redis", "kafka"), full="kafka") == ["empty kafka", "given up"]


def test_a_third_mode_waits_until_the_first_is_empty() -> None:
    assert _steps("rocketmq", ("redis", "kafka")) == [
        "empty kafka",
        "after redis",
        "empty redis",
        "after none",
    ]


def test_the_way_back_is_open_at_any_time() -> None:
    assert _steps("kafka", ("redis", "kafka")) == ["after redis", "empty redis", "after none"]
