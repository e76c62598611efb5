# ruff: noqa: RUF001 - characters that look like others are what this is about
"""Texts that hide words, and texts that only look as if they held some."""

_CAUGHT = {
    "spam": (
        "s\u200bp\u200ba\u200bm",
        "s\u00adpam",
        "sp\ufeffam",
        "s\u2060pam",
        "spam",
        "SPAM",
        "SpAm",
        "ＳＰＡＭ",
        "𝓼𝓹𝓪𝓶",
        "ⓢⓟⓐⓜ",
        "ˢᵖᵃᵐ",
        "s̈p̈äm̈",
        "šp̌ǎm̌",
        "s̶p̶a̶m̶",
        "śpâm",
        "s.p.a.m",
        "s p a m",
        "s-p-a-m",
        "s_p*a~m",
        "s . p . a . m",
        "s,p,a,m",
        "s\np\na\nm",
        "s/p/a/m",
        "s'p'a'm",
        "sp.am",
        "sp-am",
        "sp*am",
        "s💩p💩am",
        "Ｓ．Ｐ．Ａ．Ｍ",
        "s\u3000p\u3000a\u3000m",
    ),
    "straße": (
        "STRASSE",
        "strasse",
        "Straße",
        "STRAẞE",
    ),
    "台灣": (
        "台湾",
        "臺灣",
        "台 灣",
    ),
    "バカ": (
        "バカ",
        "ﾊﾞｶ",
        "バ.カ",
        "ハ\u3099カ",
    ),
    "加q群": (
        "加Q群",
        "加 q 群",
        "加ｑ群",
        "加-Q-群",
    ),
    "kill yourself": (
        "kill yourself",
        "KILL  YOURSELF",
        "killyourself",
        "kill, yourself",
        "kill-yourself",
        "kill\nyourself",
    ),
    "8964": (
        "8964",
        "８９６４",
        "8.9.6.4",
        "8 9 6 4",
        "⑧⑨⑥④",
    ),
    "козёл": (
        "козел",
        "КОЗЁЛ",
        "к.о.з.е.л",
    ),
    "法轮功": (
        "法轮功",
        "法輪功",
        "法 轮 功",
        "法.輪.功",
        "法*轮*功",
        "法\u200b輪功",
        "法】【轮】【功",
        "法，轮，功",
        "法-轮-功",
        "法😀轮😀功",
        "法\u3000轮\u3000功",
    ),
}
CAUGHT = [(word, text) for word, texts in _CAUGHT.items() for text in texts]
"""Each is the word, whatever was done to it."""

_INNOCENT = {
    "cunt": (
        "Scunthorpe",
        "SCUNTHORPE",
        "s-cunthorpe",
    ),
    "ass": (
        "class",
        "grass",
        "assess",
        "pass",
        "embassy",
        "as sassin",
        "as Susan said",
        "bass",
        "ass1",
        "1ass",
        "ba ss",
        "as s",
        "a ss",
    ),
    "cock": (
        "cockpit",
        "peacock",
        "Hancock",
        "Cockburn",
        "cocktail",
    ),
    "sex": (
        "Essex",
        "Sussex",
        "sextant",
        "unisex",
        "Middlesex",
    ),
    "tit": (
        "title",
        "Titus",
        "constitution",
        "stitch",
    ),
    "rape": (
        "grape",
        "drapes",
        "therapist",
        "skyscraper",
        "ra pe",
    ),
    "64": (
        "6.4",
        "1964",
        "6/4",
        "6-4",
        "6 4",
        "640",
        "6:4",
    ),
    "草": (
        "早",
        "章",
        "艹",
    ),
    "己": (
        "已",
        "巳",
    ),
    "バカ": (
        "ハカ",
        "ﾊｶ",
        "パカ",
    ),
    "ばか": (
        "はか",
        "ぱか",
    ),
    "ab": (
        "a b",
        "a. b",
        "a\nb",
    ),
    "penis": (
        "Penistone",
        "pen is",
        "pen, is",
        "pen. Is",
        "pen/is",
        "the pen's",
    ),
    "hell": (
        "he'll",
        "he’ll",
        "hello",
        "shell",
        "Hellas",
        "he \u201cll\u201d",
    ),
    "spam": (
        "spammer",
        "sp am",
        "s pam",
        "spa, m",
        "spaｍs",
        "s p a",
        "spa\nm",
    ),
    "法轮": (
        "说法，轮到你",
        "办法。轮船",
        "说法\n轮到",
        "办法！轮船",
        "法，轮功",
    ),
}
INNOCENT = [(word, text) for word, texts in _INNOCENT.items() for text in texts]
"""None of these holds the word."""

HARMED = [
    # A full stop without a blank after it, or a hyphen, joins what stands beside it.
    ("penis", "I lost my pen.is it there?", ["pen.is"]),
    ("penis", "pen-is", ["pen-is"]),
    # Chinese sets no blanks between words, so nothing tells where one begins.
    ("法轮", "这种用法轮到谁", ["法轮"]),
    ("法轮", "他的说法 轮到我", ["法 轮"]),
    ("操你", "早操你做了吗", ["操你"]),
    # Marks are removed, and й is и with one.
    ("мои", "мой", ["мой"]),
    ("canon", "cañon", ["cañon"]),
    # Single letters in a row.
    ("abc", "grades a, b, c", ["a, b, c"]),
    # Traditional characters that became one.
    ("干", "乾", ["乾"]),
    ("干", "幹", ["幹"]),
]
"""What of innocent texts is taken for a word all the same: the price of the rules."""

MISSED = [
    ("spam", "5pam"),
    ("spam", "$pam"),
    ("spam", "sраm"),
    ("spam", "s p am"),
    ("spam", "spaaam"),
    ("spam", "spam1"),
    ("spam", "mySpam"),
    ("法轮功", "我爱法，轮，功啊"),
]
"""What is meant for the word and not taken for it."""

PIECES = [
    "a",
    "b",
    "ab",
    "ß",
    "é",
    "É",
    "ａ",
    "法",
    "輪",
    "轮",
    "か",
    "ｶﾞ",
    "ガ",
    "1",
    "２",
    "й",
    "ﬁ",
]
BETWEEN = ["", "", "", " ", ".", ",", "-", "\n", "\u200b", "\u0301", "'", "😀", "。", "..", ". "]
