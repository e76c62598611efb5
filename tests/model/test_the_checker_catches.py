"""A checker that cannot fail proves nothing: each of these faults must be found by it."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.model.actions import MODES, History, histories
from tests.model.backends import FakeBackend
from tests.model.carried_mutants import CARRIED_MUTANTS
from tests.model.group_mutants import GROUP_MUTANTS
from tests.model.history import play, small_numbers
from tests.model.mutants import MUTANTS
from tests.model.rules import Broken

searching = settings(
    max_examples=4_000,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


ALL = MUTANTS | GROUP_MUTANTS | CARRIED_MUTANTS


@pytest.mark.parametrize("mutant", ALL, ids=lambda mutant: mutant.__name__)
def test_a_broken_variant_is_caught(mutant: Callable[[pytest.MonkeyPatch], None]) -> None:
    focus = frozenset(ALL[mutant].split())
    modes = MODES[1:] if mutant in CARRIED_MUTANTS else MODES

    @searching
    @given(history=histories(focus, group=mutant not in MUTANTS, modes=modes))
    def search(history: History) -> None:
        with small_numbers(), pytest.MonkeyPatch.context() as patch:
            mutant(patch)
            play(history, FakeBackend)

    with pytest.raises(Broken):
        search()
