"""Turkish numbers of two and three digits in words, written digit by digit: `beş yüz otuz üç` as `beş     üç   üç`.

So they are told in Turkey, by groups (`sıfır, beş yüz otuz üç, dört yüz elli altı, on iki, on dört`). The word for ten
is an English one as well, so that it counts in Turkey's numbers alone. Positions stay the same.
"""

from __future__ import annotations

import re

from minerva.identifiers import lexicon
from minerva.identifiers.characters import folded
from minerva.identifiers.late import late

COUNTRY = "90"
"""Turkey's country code."""
_DIGITS = {word: digits["tr"] for word, digits in lexicon.MEANINGS.items() if len(digits.get("tr", "")) == 1}
_WORDS = {digit: word for word, digit in _DIGITS.items() if word in lexicon.USUAL}
_TENS = {word: lexicon.MEANINGS[word]["tr"][0] for language, word in lexicon.TENS if language == "tr"}
_TENS["on"] = "1"
_UNIT, _TEN = (lexicon.alternation([*words]) for words in (_DIGITS, _TENS))
_NUMBER = late(
    rf"(?<![^\W_])(?:(?:({_UNIT}|[2-9]) )?(yuz)(?: ({_TEN}))?(?: ?({_UNIT}))?"
    rf"|({_TEN})(?: ({_UNIT}))?)(?![^\W_])"
)


def digit_by_digit(text: str) -> tuple[str, dict[int, int]] | None:
    """The text with each such number so, and where each ends, by where its last digit ends now; None without any."""
    ends: dict[int, int] = {}

    def written(match: re.Match[str]) -> str:
        digits = _digits_of(match)
        ends[match.start() + len(digits.rstrip())] = match.end()
        return digits

    changed = _NUMBER.sub(written, folded(text))
    return (changed, ends) if ends else None


def _digits_of(match: re.Match[str]) -> str:
    """The digits of a number, each where its word stands, hundreds and tens alone with their zeros."""
    hundreds, hundred, tens, unit, only_tens, behind = match.groups()
    if only_tens:
        return _tens(only_tens, behind) if behind is None else f"{_tens(only_tens, behind)} {behind}"
    zeros = "" if tens else "0" if unit else "00"
    parts = [] if hundreds is None else [hundreds]
    parts.append((zeros if hundreds else f"1{zeros}").ljust(len(hundred)))
    if tens:
        parts.append(_tens(tens, unit))
    if unit and match.string[match.start(4) - 1] != " ":
        # "yüz onbir": what stands before the unit ends with a blank.
        last = parts.pop()
        parts.append((last if last.endswith(" ") else _TENS[tens or ""].ljust(len(last))) + unit)
    elif unit:
        parts.append(unit)
    return " ".join(parts)


def _tens(word: str, unit: str | None) -> str:
    """The first digit of tens that a unit stands behind, in a word if that is no longer; both digits if none does."""
    digit = _TENS[word]
    if unit is None:
        return f"{digit}0".ljust(len(word))
    written = _WORDS[digit]
    return (written if len(written) <= len(word) else digit).ljust(len(word))
