"""Numbers in digit words of one country's language in Latin letters, words of other languages elsewhere: `GONG IL
GONG SAM YUK CHIL...` in Korea, `nul-pyat-nul...` in Ukraine (lexicon.BY_COUNTRY).

Linear in the text: each word belongs to one chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from minerva.identifiers import digit_stretches, lexicon, word_roles
from minerva.identifiers.characters import folded
from minerva.identifiers.late import late
from minerva.identifiers.phone_context import has_plus
from minerva.identifiers.phone_tokens import Run, Token

COUNTRIES = frozenset(lexicon.BY_COUNTRY)
_FEWEST, _FEWEST_WORDS, _LONG = 7, 5, 4
"""Words and groups of a number, how many of them are words, and how long those are that tell of one."""
_GAP = late(r"[ ,.;/|\-\u2013\u2014*_\u2022\u00b7~]{1,4}")


@cache
def _telling(country: str) -> frozenset[bytes]:
    """The words of a country that tell of a number by themselves."""
    return word_roles.forms_of([word for word in lexicon.BY_COUNTRY[country] if len(word) >= _LONG])


@cache
def _token(country: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{lexicon.branches(lexicon.BY_COUNTRY[country])}|[0-9]{{1,4}})(?![^\W_])")


def may_hold(encoded: bytes, country: str) -> bool:
    """Whether a text (UTF-8) has a word that tells of such a number."""
    return not _telling(country).isdisjoint(digit_stretches.words_of(encoded)[1])


def runs(text: str, country: str) -> Iterator[Run]:
    """Each such number as a run."""
    written = folded(text)
    digit_of = lexicon.BY_COUNTRY[country].get
    row: list[Token] = []
    words = 0
    for match in _token(country).finditer(written):
        start, end = match.span()
        if row and _GAP.fullmatch(written, row[-1].end, start) is None:
            if words >= _FEWEST_WORDS and len(row) >= _FEWEST:
                yield Run(row, "words")
            row, words = [], 0
        digits = digit_of(match[0])
        words += digits is not None
        row.append(Token(digits or match[0], start, end, has_plus(text, start)))
    if words >= _FEWEST_WORDS and len(row) >= _FEWEST:
        yield Run(row, "words")
