"""Texts as searches compare them."""

import unicodedata


def folded(text: str) -> str:
    """The text without case and width: NFKC, casefolded.

    Folding may undo the normal form, hence the second time (Unicode, 3.13, D145 and D146).
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
