"""chirrup/domain/simplified.py: what the traditional characters of Chinese are written simplified.

OpenCC's table of single characters (Apache License 2.0, https://github.com/BYVoid/OpenCC), asked
character by character. Rare ones beyond the basic plane are left out: nobody types them.
"""

import unicodedata

from opencc import OpenCC

BEGIN, END = 0x2E80, 0xFFFF
WIDTH = 36
"""Characters in a line; each is two columns wide."""
PAGE = '''"""Traditional Chinese characters, and what they are written simplified.

Written by `make contracts` from OpenCC's table of single characters (Apache License 2.0,
https://github.com/BYVoid/OpenCC). Where a character has several, this is the one used most.
"""

TRADITIONAL = (
{traditional})
SIMPLIFIED = (
{simplified})
'''


def page() -> str:
    """The module."""
    simplified = pairs()
    return PAGE.format(
        traditional=_lines("".join(simplified)), simplified=_lines("".join(simplified.values()))
    )


def pairs() -> dict[str, str]:
    """The simplified character of each traditional one."""
    convert = OpenCC("t2s").convert
    every = (chr(code) for code in range(BEGIN, END))
    told = {one: convert(one) for one in every if unicodedata.category(one)[0] in "LS"}
    # A few are themselves simplified further, so that both come to be the same.
    ends = {one: told.get(other, other) for one, other in told.items()}
    return {
        one: other
        for one, other in ends.items()
        if one != other and len(other) == 1 and ord(other) <= END
    }


def _lines(text: str) -> str:
    parts = (text[at : at + WIDTH] for at in range(0, len(text), WIDTH))
    return "".join(f'    "{part}"\n' for part in parts)
