"""Numbers with a sign or letter in place of a digit, that the text explains: `415 5X5 01X3 (X = 5)`, the same with a
star for X, `077X0 900 123, replace X with 0`. The text is read with the digits, each in the place of its sign.

Linear in the text: explanations are few and bounded, and a sign is looked for in rows of digits alone.
"""

from __future__ import annotations

import re
from itertools import islice

from minerva.identifiers import lexicon
from minerva.identifiers.late import late
from minerva.identifiers.phone_shapes import digits_in

_SIGN = r"[A-Za-z\u0370-\u03ff\u0400-\u04ff]|[^\w\s().,:;+/\-]"
_DIGIT = r"\ufe0f?(?:the )?(?:number |digit )?([0-9]|[^\W\d_]{2,8})(?![^\W_])"
_IS = r"\ufe0f? ?[=:] ?"
_EXPLAINED = late(
    rf"(?<![^\W_])(?:({_SIGN}){_IS}{_DIGIT}"
    rf"|replace (?:the |every |each |all )?({_SIGN})(?:'?s)? (?:with|by) (?:a |an )?{_DIGIT})",
    re.IGNORECASE,
)
_FEWEST, _FEWEST_DIGITS = 7, 3
"""Signs of a row, and digits among them."""
_MOST = 4
"""Explanations that are looked at, as each reads the text once more."""


def may_hold(encoded: bytes) -> bool:
    """Whether a text (UTF-8) may explain a sign."""
    return (encoded.find(b"=") >= 0 or encoded.find(b"eplace ") >= 0) and digits_in(encoded) > _FEWEST_DIGITS


def resolved(text: str) -> str | None:
    """The text, as long as it is, with the digits that signs are explained to stand for; None if none is explained, or
    none of those stands among digits."""
    shown = text
    for match in islice(_EXPLAINED.finditer(text), _MOST):
        sign, written = match[1] or match[3], match[2] or match[4]
        digit = written if written.isdigit() else next(iter(lexicon.MEANINGS.get(written.lower(), {"": ""}).values()))
        if len(digit) == 1 and len(sign) == 1 and digit.isdigit():
            shown = _replaced(shown, sign, digit, match.span())
    return None if shown == text else shown


def _replaced(text: str, sign: str, digit: str, explained: tuple[int, int]) -> str:
    """The text with a digit for a sign in rows of digits, blanks, dashes, dots and it, but where it is explained."""
    own = re.escape(sign)
    row = re.compile(rf"(?<![^\W_])[0-9{own}](?:[ .\-/()]{{0,2}}[0-9{own}]){{{_FEWEST - 1},16}}(?![^\W_])")

    def in_digits(match: re.Match[str]) -> str:
        return match[0].replace(sign, digit) if sum(map(str.isdigit, match[0])) >= _FEWEST_DIGITS else match[0]

    first, last = explained
    return row.sub(in_digits, text[:first]) + text[first:last] + row.sub(in_digits, text[last:])
