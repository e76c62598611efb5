"""Names of users, as the search compares them."""

from chirrup.domain.texts import folded

KEY_MAX = 64
"""Characters of a name that users are sorted by; tokens may bring longer ones."""


def normalised(text: str) -> str:
    """The text without case and width (NFKC, casefolded), blanks collapsed."""
    return " ".join(folded(text).split())


def place_of(name: str, user_id: str) -> str:
    """Where a user stands among others: by the name, then by the id, so that no two are equal.

    Between them is a tab: no normalised name holds one, and it comes before every letter.
    """
    return f"{normalised(name)[:KEY_MAX]}\t{user_id}"
