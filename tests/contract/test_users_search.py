"""Users: the search by the beginning of the name."""

from collections.abc import Iterator

import pytest

from chirrup.domain.names import KEY_MAX, normalised
from chirrup.ports import Profile
from tests.contract.conftest import DYNAMO
from tests.contract.stores import Stores
from tests.support.watching import watched


@pytest.fixture
def word(people: tuple[str, str]) -> str:
    """What a name begins with that no other test knows, normalised."""
    return normalised(f"Zoe {people[0].partition('@')[0]}")


def _make(stores: Stores, *names: str, listed: bool = True) -> None:
    for name in names:
        stores.users.ensure(Profile(f"id-of-{abs(hash(name))}", name, created_at=1))
        if not listed:
            stores.users.change(f"id-of-{abs(hash(name))}", {"listed": False})


def _pages(stores: Stores, prefix: str, limit: int) -> Iterator[list[str]]:
    after: str | None = None
    while True:
        found, after = stores.users.named(prefix, after, limit)
        assert len(found) <= limit
        yield [one.name for one in found]
        if after is None:
            return


def _names(stores: Stores, prefix: str, limit: int = 50) -> list[str]:
    return [name for page in _pages(stores, prefix, limit) for name in page]


def test_users_are_found_by_the_beginning_of_their_name(stores: Stores, word: str) -> None:
    _make(stores, f"{word} Beta", f"{word} alpha", f"{word}", f"x{word}")
    assert _names(stores, word) == [word, f"{word} alpha", f"{word} Beta"]
    assert _names(stores, f"{word} a") == [f"{word} alpha"]
    assert _names(stores, f"{word} z") == []


def test_case_width_and_blanks_do_not_matter(stores: Stores, word: str) -> None:
    wide = f"{word}  \uff21\uff22\uff23"
    names = [wide, f" {word.upper()} abd", f"{word}\tSTRASSE", f"{word} straße 2"]
    _make(stores, *names)
    assert _names(stores, f"{word} ab") == names[:2]
    assert _names(stores, f"{word} strasse") == names[2:]


def test_two_of_the_same_name_are_both_found(stores: Stores, word: str) -> None:
    for number in range(3):
        stores.users.ensure(Profile(f"{number}-{abs(hash(word))}", word, created_at=1))
    assert _names(stores, word, 1) == [word] * 3


def test_all_pages_together_hold_each_once_in_order(stores: Stores, word: str) -> None:
    names = [f"{word} {number:02}" for number in range(7)]
    _make(stores, *reversed(names), f"{word[:-1]}!", f"{word[:-1]}~")
    for limit in (1, 2, 3, 7, 50):
        assert _names(stores, word, limit) == names


def test_an_unlisted_user_is_not_found_until_listed_again(stores: Stores, word: str) -> None:
    _make(stores, f"{word} one", f"{word} three")
    _make(stores, f"{word} two", listed=False)
    assert _names(stores, word) == [f"{word} one", f"{word} three"]
    user = f"id-of-{abs(hash(f'{word} two'))}"
    stores.users.change(user, {"name": f"{word} zwei"})
    assert _names(stores, word) == [f"{word} one", f"{word} three"]
    stores.users.change(user, {"listed": True})
    assert _names(stores, word) == [f"{word} one", f"{word} three", f"{word} zwei"]


def test_a_changed_name_is_found_and_the_old_one_is_not(stores: Stores, word: str) -> None:
    _make(stores, f"{word} old")
    stores.users.change(f"id-of-{abs(hash(f'{word} old'))}", {"name": f"{word} new"})
    assert _names(stores, f"{word} o") == []
    assert _names(stores, f"{word} n") == [f"{word} new"]


def test_a_picture_leaves_a_user_where_they_are(stores: Stores, word: str) -> None:
    _make(stores, word)
    stores.users.change(f"id-of-{abs(hash(word))}", {"picture": "https://example.com/a.png"})
    assert _names(stores, word) == [word]


def test_a_long_name_is_found_by_more_than_the_index_holds(stores: Stores, word: str) -> None:
    long = word + "x" * KEY_MAX
    _make(stores, long + "end", long + "other")
    assert _names(stores, long + "e") == [long + "end"]
    assert len(_names(stores, word)) == 2


@pytest.mark.parametrize("name", ["", " ", "\u3000"])
def test_a_name_of_blanks_is_no_harm_and_not_found(
    stores: Stores, people: tuple[str, str], name: str
) -> None:
    user = f"blank.{people[0]}"
    assert stores.users.ensure(Profile(user, name, created_at=1)).name == name
    assert stores.users.change(user, {"name": f"Now {user}"}).name == f"Now {user}"
    assert _names(stores, normalised(f"Now {user}")) == [f"Now {user}"]


def test_any_text_is_a_place_to_go_on_from(stores: Stores, word: str) -> None:
    _make(stores, word)
    for after in ("!", "x", "~" * 300, word + "~"):
        found, _ = stores.users.named(word, after, 10)
        assert [one.name for one in found] in ([], [word])


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_a_page_costs_two_requests(stores: Stores, word: str) -> None:
    _make(stores, *(f"{word} {number:02}" for number in range(50)))
    with watched(stores.dynamo) as requests:
        assert len(stores.users.named(word, None, 50)[0]) == 50
    assert requests.operations == ["BatchGetItem", "Query"]


@pytest.mark.parametrize("stores", DYNAMO, indirect=True)
def test_whom_the_index_still_shows_is_not_shown_when_unlisted(stores: Stores, word: str) -> None:
    """As an index that lags would have it."""
    _make(stores, word)
    user = f"id-of-{abs(hash(word))}"
    assert stores.dynamo is not None
    profile = stores.users.change(user, {"listed": False})
    stale = {"name_initial": {"S": word[0]}, "name_key": {"S": f"{word}\t{user}"}}
    stores.dynamo.connection.put_item(
        "users",
        user,
        "PROFILE",
        attributes={
            **stale,
            "name": {"S": profile.name},
            "created_at": {"N": "1"},
            "listed": {"BOOL": False},
        },
    )
    assert stores.users.named(word, None, 50) == ([], None)
