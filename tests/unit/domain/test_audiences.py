"""Audiences: how large they are, and that their pages are all of them."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chirrup.domain.audiences import PAGE, PAGES_MAX, WHOLE, Audience, Members, Page
from chirrup.domain.rosters import CHUNKS


@given(st.integers(1, CHUNKS))
def test_every_chunk_stands_on_one_page_and_no_page_is_empty(of: int) -> None:
    pages = [Page(number, of).chunks(CHUNKS) for number in range(of)]
    assert [chunk for page in pages for chunk in page] == list(range(CHUNKS))
    assert all(pages)


@pytest.mark.parametrize(
    ("size", "pages"),
    [(0, 1), (1, 1), (PAGE, 1), (PAGE + 1, 2), (10_000, 10), (100_000, 64), (10**6, 64)],
)
def test_a_group_has_a_page_for_each_thousand_members(size: int, pages: int) -> None:
    audience = Audience(members=Members("g_1", 1, 1, size=size))
    found = [one.page for one in audience.pages()]
    assert found == [Page(number, pages) for number in range(pages)]


def test_everyone_is_a_page_for_each_segment() -> None:
    audience = Audience(everyone=True)
    assert audience.size is None
    assert len(audience.pages()) == PAGES_MAX


@given(st.lists(st.text("abc", min_size=1, max_size=6), unique=True), st.integers(0, 9_000))
def test_users_who_are_named_stand_on_one_page_each(users: list[str], size: int) -> None:
    muted = tuple(users[::3])
    whole = Audience(
        tuple(users), "c=", muted, Members("g_1", 1, 1, size=size), but_user="x", everyone=False
    )
    pages = whole.pages()
    assert Counter(user for page in pages for user in page.user_ids) == Counter(users)
    assert sorted(user for page in pages for user in page.muted) == sorted(muted)
    for page in pages:
        assert set(page.muted) <= set(page.user_ids)
        assert (page.but_connection, page.members, page.but_user) == ("c=", whole.members, "x")


def test_a_small_audience_is_one_page_and_the_same() -> None:
    audience = Audience(("alice", "bob"))
    assert audience.size == 2
    assert audience.pages() == [audience]
    assert audience.page == WHOLE
