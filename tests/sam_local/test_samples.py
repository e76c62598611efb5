"""`sam local invoke` of every function on every sample event."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest

from local.places import ROOT
from local.sam_local.sam import SamLocal
from tests import samples

SAMPLES = samples.load()
# Starting SAM and a container is work for the processor: two at a time on two cores.
AT_ONCE = 2

Answers = dict[str, "Future[Any]"]


@pytest.fixture(scope="module")
def answers(stack: SamLocal, request: pytest.FixtureRequest) -> Iterator[Answers]:
    """What each sample was answered, once it is; all are under way from the start."""
    chosen = [item.callspec.id for item in request.session.items if hasattr(item, "callspec")]
    wanted = {name for id_ in chosen if id_ in SAMPLES for name in _with_those_before(id_)}
    futures: Answers = {}

    def invoke(sample: samples.Sample) -> Any:
        for name in sample.after:
            # In the pool's queue before this one, so at least begun: no deadlock.
            futures[name].exception()
        return stack.invoke(samples.logical_id(sample.function), sample.event)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for name, sample in SAMPLES.items():
            if name in wanted:
                futures[name] = pool.submit(invoke, sample)
        yield futures
        pool.shutdown(cancel_futures=True)


def _with_those_before(name: str) -> list[str]:
    return [*(sample.id for sample in samples.before(SAMPLES[name], SAMPLES)), name]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_function_answers_its_sample_as_expected(name: str, answers: Answers) -> None:
    answer = answers[name].result()
    assert samples.problems(SAMPLES[name].expected, answer) == [], answer


def test_every_function_has_samples() -> None:
    folders = {path.parent.name for path in (ROOT / "functions").glob("*/handler.py")}
    assert folders == {sample.function for sample in SAMPLES.values()}
