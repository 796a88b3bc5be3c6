"""What is looked for beside providers alone is what a search of the whole text finds."""

from __future__ import annotations

import random

from minerva.identifiers import mail_anchors
from minerva.identifiers.mail_words import AT_BEFORE_PROVIDER, AT_WEAK, PROVIDERS

ROUNDS = 4_000
WORDS = sorted({*AT_WEAK, *AT_BEFORE_PROVIDER, "at", "oaktiles", ")", "("})
NAMES = sorted({*PROVIDERS, "mail", "t-online"})
BLANKS = [" ", "  ", "   ", "    ", "\t", "\n", "\xa0", ") ", " (", "", "."]


def test_weak_signs_are_found_beside_providers_as_in_the_whole_text() -> None:
    seed = random.randrange(2**32)
    chance = random.Random(seed)
    found = 0
    for _ in range(ROUNDS):
        parts = []
        for _ in range(chance.randint(1, 4)):
            word = chance.choice(WORDS).replace(" ", chance.choice([" ", "  ", "\n"]))
            parts += [word, chance.choice(BLANKS), chance.choice(NAMES), chance.choice(BLANKS)]
        text = "".join(parts)
        whole = mail_anchors._WEAK_PROVIDER.search(text) is not None
        found += whole
        assert mail_anchors._is_before_provider(text) == whole, f"seed {seed}: {text!r}"
    assert found > ROUNDS // 10, f"seed {seed}: few texts hold one"
