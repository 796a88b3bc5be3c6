"""Texts in Latin letters in which Greek and Cyrillic letters stand for digits (`б1Ѕ.Ѕ55.Ζ92В`) or for the Latin letters
they look like (`fiνe`), written as a reader reads them. Texts with words in Greek or Cyrillic stay as they are.
"""

from __future__ import annotations

import re

from minerva.identifiers import lexicon
from minerva.identifiers.late import late
from minerva.identifiers.lookalike_runs import ASCII_LETTERS, LOOKALIKE

_FIRST, _LAST = "\u0370", "\u052f"
DIGIT_FOR: dict[str, str] = {
    **{sign: digit for sign, digit in LOOKALIKE.items() if _FIRST <= sign <= _LAST}, "\u0396": "2", "\u04e0": "3",
    "\u04e1": "3",
}  # fmt: skip
LATIN_FOR: dict[str, str] = dict(
    zip(
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u0432\u043a\u043c\u043d\u0442\u044c"
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0406\u0408\u0405\u04c0"
        "\u03b1\u03b5\u03b7\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u03b3\u03c9"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
        "aeopcyxijsdhbkmhtbABEKMHOPCTYXIJSIaenikvoptuxywABEZHIKMNOPTYX",
    )
)
"""Letters that look like Latin ones."""
_DIGITS, _LATIN = str.maketrans(DIGIT_FOR), str.maketrans(LATIN_FOR)
_UNLIKE = late(f"[{_FIRST}-{_LAST}](?<![{''.join({**DIGIT_FOR, **LATIN_FOR})}])")
_WORD = late(f"[^\\W_]*[{_FIRST}-{_LAST}][^\\W_]*")
_NUMBER = late(f"[0-9{ASCII_LETTERS}]+")
_I, _L, _SIGMA, _PI = "\u0438\u043b\u03c3\u03c0"
"""Letters that nearly every text in Cyrillic or Greek has and that look like nothing here."""
_CYRILLIC, _GREEK = b"\xd0\xce"
"""What most letters of these scripts begin with in UTF-8, and all that look like others here have beside them."""


def in_latin(text: str, encoded: bytes) -> str | None:
    """`text` (`encoded` in UTF-8) with digits and Latin letters for all its Greek and Cyrillic letters, each for one;
    None if it has none, or one that looks like neither."""
    if (
        not (_CYRILLIC in encoded or _GREEK in encoded)
        # One by one, as each text asks.
        or _I in text
        or _L in text
        or _SIGMA in text
        or _PI in text
        or _UNLIKE.search(text) is not None
    ):
        return None
    written = _WORD.sub(_written, text)
    return None if written == text or _FOREIGN.search(written) is not None else written


_FOREIGN = late(f"[{_FIRST}-{_LAST}]")


def _written(match: re.Match[str]) -> str:
    word = match[0]
    digits = word.translate(_DIGITS)
    latin = word.translate(_LATIN)
    if len(word) > 1 and latin.lower() in lexicon.MEANINGS:
        # "ѕі", four in Chinese, among other words
        return latin
    if _NUMBER.fullmatch(digits) is not None and (digits.isdigit() or _DIGIT.search(word) is not None):
        return digits
    return latin


_DIGIT = late("[0-9]")
