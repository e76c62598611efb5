"""Modules and functions stay small enough to be read at once."""

from statistics import median

from tests.architecture.sources import ALL, PRODUCT, length, sources

MODULE_MAX = 300
MODULE_MEDIAN = 80
HANDLER_MAX = 60
FUNCTION_MEDIAN = 10
FUNCTION_MAX = 60
# Modules that may be longer, each with the reason.
LONGER = {
    "tests/e2e/test_bad_frames.py": "all that is refused, told with the same steps",
    "tests/unit/service/test_sending.py": "mirrors the one use case with the most rules",
    "tests/unit/transport/ws/test_frames.py": "mirrors one module; tables of frames that are none",
}


def test_no_module_is_longer_than_300_lines_without_a_written_reason() -> None:
    long = {source.name for source in sources(*ALL) if source.lines > MODULE_MAX}
    assert long <= LONGER.keys()


def test_modules_have_80_lines_at_most_in_the_median() -> None:
    sizes = [source.lines for source in sources(*PRODUCT)]
    assert median(sizes) <= MODULE_MEDIAN


def test_handlers_have_60_lines_at_most() -> None:
    for source in sources("functions"):
        assert source.lines <= HANDLER_MAX, source.name


def test_functions_have_10_lines_at_most_in_the_median_and_none_fills_a_screen() -> None:
    sizes = {
        f"{source.name}:{function.name}": length(function)
        for source in sources(*PRODUCT)
        for function in source.functions()
    }
    assert median(sizes.values()) <= FUNCTION_MEDIAN
    assert [name for name, size in sizes.items() if size > FUNCTION_MAX] == []
