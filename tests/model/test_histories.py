"""The history checker on the fakes, many, and on moto with the real stores, fewer."""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.model.actions import History, histories
from tests.model.backends import FakeBackend
from tests.model.history import count, play, small_numbers
from tests.model.moto_backend import Clients, clients, emptied

HISTORIES = int(os.environ.get("CHIRRUP_HISTORIES", "2000"))
"""A history on moto takes as long as twenty on the fakes."""

thorough = settings(
    max_examples=HISTORIES,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)
some = settings(
    thorough,
    max_examples=HISTORIES // 20 or 1,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would take an hour
)
patient = pytest.mark.timeout(600 + HISTORIES)


@pytest.fixture(scope="module")
def moto() -> Clients:
    return clients()


@pytest.mark.slow
@patient
@thorough
@given(history=histories())
def test_any_history_on_the_fakes_keeps_every_rule(history: History) -> None:
    with small_numbers():
        count("the fakes", play(history, FakeBackend))


@pytest.mark.slow
@patient
@thorough
@given(history=histories(group=True))
def test_any_history_of_a_group_on_the_fakes_keeps_every_rule(history: History) -> None:
    with small_numbers():
        count("the fakes, in a group", play(history, FakeBackend))


@pytest.mark.slow
@patient
@some
@given(history=histories(group=True))
def test_any_history_of_a_group_on_moto_keeps_every_rule(moto: Clients, history: History) -> None:
    with small_numbers(), emptied(moto) as build:
        count("moto, in a group", play(history, build))


@pytest.mark.slow
@patient
@some
@given(history=histories())
def test_any_history_on_moto_keeps_every_rule(moto: Clients, history: History) -> None:
    with small_numbers(), emptied(moto) as build:
        count("moto", play(history, build))
