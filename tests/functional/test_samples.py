"""Each function on each of its sample events."""

import pytest

from tests import samples
from tests.functional.functions import Functions

SAMPLES = samples.load()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_function_answers_its_sample_as_expected(name: str, functions: Functions) -> None:
    sample = SAMPLES[name]
    for earlier in {each.id: each for each in samples.before(sample, SAMPLES)}.values():
        answer = functions.run(earlier)
        assert samples.problems(earlier.expected, answer) == [], (earlier.id, answer)
    answer = functions.run(sample)
    assert samples.problems(sample.expected, answer) == [], answer
