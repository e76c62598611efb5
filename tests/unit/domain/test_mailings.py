"""How the recipients of a mailing are kept and cut."""

from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.mailings import PAGE, PART, USERS_MAX, pages_of, parts_of


@given(st.integers(0, 3_000))
def test_pages_hold_each_recipient_once_and_have_names_of_their_own(count: int) -> None:
    users = [f"u{number}" for number in range(count)]
    parts = parts_of("MAILING#x", users)
    assert all(len(part.user_ids) <= PART for part in parts)
    pages = list(pages_of(parts))
    assert [user for page in pages for user in page.user_ids] == users
    assert all(0 < len(page.user_ids) <= PAGE for page in pages)
    assert len({page.name for page in pages}) == len(pages)


def test_the_longest_list_fits_a_commit() -> None:
    parts = parts_of("MAILING#x", [f"u{number}" for number in range(USERS_MAX)])
    assert len(parts) == 10
    assert sorted(part.name for part in parts) == [part.name for part in parts]
