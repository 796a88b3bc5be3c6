"""Digits that are told twice or more by a count and a word such as `times`, in all languages: `tre volte il 3`, `dwa
razy 6`. In words digit_words.py reads them."""

from __future__ import annotations

import re
from functools import cache

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.late import late

_COUNTS = frozenset("234")
_WORD = late(r"[^\W\d_]+")


@cache
def _times() -> re.Pattern[str]:
    """A count, a word such as `times`, and a digit or two."""
    counts = [word for word, meanings in lexicon.MEANINGS.items() if not _COUNTS.isdisjoint(meanings.values())]
    return re.compile(
        rf"(?<![^\W_])({lexicon.branches([*counts, *_COUNTS])}) (?:{lexicon.branches(lexicon.TIMES)})"
        rf" (?:(?:{lexicon.branches(lexicon.ARTICLES)}) )?([0-9]{{1,2}})(?![^\W_])"
    )


def told_times(text: str) -> str:
    """The text with such digits as often as they are told, in place of all that tells it, blanks behind."""
    written = folded(text)
    if lexicon.TIMES.isdisjoint(_WORD.findall(written)):
        return text
    pieces, done = [], 0
    for match in _times().finditer(written):
        pieces += [text[done : match.start()], _repeated(match)]
        done = match.end()
    return "".join([*pieces, text[done:]])


def _repeated(match: re.Match[str]) -> str:
    count = min(_COUNTS.intersection([match[1], *lexicon.MEANINGS.get(match[1], {}).values()]))
    return (match[2] * int(count)).ljust(len(match[0]))
