"""`sam local invoke` of every function on every sample event."""

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from threading import Event
from typing import Any

import pytest

from local.places import ROOT
from local.sam_local.sam import SamLocal
from tests import samples

SAMPLES = samples.load()
# Starting SAM and a container keeps one core busy.
AT_ONCE = os.cpu_count() or 1
# The last answer may be minutes away when the first test asks for it.
pytestmark = pytest.mark.timeout(1200)

Answers = dict[str, "Future[Any]"]


@pytest.fixture(scope="module")
def answers(stack: SamLocal, request: pytest.FixtureRequest) -> Iterator[Answers]:
    """What each sample was answered, once it is; all are under way from the start."""
    chosen = [item.callspec.id for item in request.session.items if hasattr(item, "callspec")]
    given: Answers = {n: Future() for id_ in chosen if id_ in SAMPLES for n in _with_before(id_)}
    stopped = Event()
    with ThreadPoolExecutor(1) as background:
        running = background.submit(_invoke_all, stack, given, stopped)
        yield given
        stopped.set()
    running.result()


def _with_before(name: str) -> list[str]:
    return [*(sample.id for sample in samples.before(SAMPLES[name], SAMPLES)), name]


def _invoke_all(stack: SamLocal, answers: Answers, stopped: Event) -> None:
    """Each sample after those it names; of those that can run, the one most others wait for."""
    waiting = {name: _longest_chain(name, answers) for name in answers}
    order = TopologicalSorter({name: SAMPLES[name].after for name in answers})
    order.prepare()
    ready: list[str] = []
    running: dict[Future[Any], str] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while order.is_active() and not stopped.is_set():
            ready = sorted([*ready, *order.get_ready()], key=waiting.__getitem__)
            while ready and len(running) < AT_ONCE:
                sample = SAMPLES[ready.pop()]
                function = samples.logical_id(sample.function)
                running[pool.submit(stack.invoke, function, sample.event)] = sample.id
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                name = running.pop(done)
                order.done(name)
                if error := done.exception():
                    answers[name].set_exception(error)
                else:
                    answers[name].set_result(done.result())


def _longest_chain(name: str, names: Answers) -> int:
    followers = [other for other in names if name in SAMPLES[other].after]
    return max((1 + _longest_chain(other, names) for other in followers), default=0)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_function_answers_its_sample_as_expected(name: str, answers: Answers) -> None:
    answer = answers[name].result()
    assert samples.problems(SAMPLES[name].expected, answer) == [], answer


def test_every_function_has_samples() -> None:
    folders = {path.parent.name for path in (ROOT / "functions").glob("*/handler.py")}
    assert folders == {sample.function for sample in SAMPLES.values()}
