"""The catalogue of refusals."""

from chirrup.domain.errors import CATALOGUE, ChirrupError, ErrorCode


def test_every_code_is_in_the_catalogue() -> None:
    assert set(CATALOGUE) == set(ErrorCode)


def test_every_status_is_an_error_and_every_message_a_sentence() -> None:
    for entry in CATALOGUE.values():
        assert 400 <= entry.status < 600
        assert entry.message[0].isupper()
        assert entry.message.endswith(".")


def test_what_is_our_fault_or_passes_may_be_tried_again_and_nothing_else() -> None:
    retryable = {code for code, entry in CATALOGUE.items() if entry.retryable}
    assert retryable == {
        ErrorCode.RATE_LIMITED,
        ErrorCode.TEMPORARILY_UNAVAILABLE,
        ErrorCode.INTERNAL,
    }


def test_an_error_tells_what_the_catalogue_says_of_its_code() -> None:
    error = ChirrupError(ErrorCode.RATE_LIMITED, retry_after_ms=5)
    assert (error.status, error.retryable) == (429, True)
    assert error.message == CATALOGUE[ErrorCode.RATE_LIMITED].message
    assert error.details == {"retry_after_ms": 5}
    assert str(error) == "rate_limited"
