"""Messages for the benchmark of the search."""

import random

from chirrup.domain.messages import Entry

ONE, OTHER = "5f0c6b1e-8a39-4d1f-9c6e-2f7f4f1c0a01", "c2b7d9a4-1e55-4b0a-8f0d-6f1e9a7b3c02"
"""Ids as long as Cognito's."""
CHAT = f"p_{ONE}~{OTHER}"


def entries(length: int) -> list[Entry]:
    """So many messages of two users, a third of them Chinese, their words as common as in life."""
    dice = random.Random(1)  # noqa: S311 - no secret
    letters = "etaoinshrdlucmfwypvbgk"
    words = ["".join(dice.choices(letters, k=dice.randint(2, 9))) for _ in range(4_000)]
    signs = [chr(0x4E00 + dice.randrange(3_000)) for _ in range(1_500)]
    weights = [1 / rank for rank in range(1, 4_001)]

    def text() -> str:
        if dice.random() < 0.3:
            return "".join(dice.choices(signs, weights[:1_500], k=dice.randint(4, 40)))
        return " ".join(dice.choices(words, weights, k=dice.randint(2, 22))).capitalize()

    return [
        Entry(
            CHAT,
            seq,
            dice.choice((ONE, OTHER)),
            f"01JD4Q9W3E8T5Y7Z2X6C{seq:06}",
            "text",
            {"text": text()},
            1_790_000_000_000 + seq * 40_000,
            seq,
            digest=f"{seq:024x}",
        )
        for seq in range(1, length + 1)
    ]
