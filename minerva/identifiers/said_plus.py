"""Numbers in digits behind a word for a plus sign, of which a text in another country has no other reading: `plus 49
1512 3479003`. Linear in the text."""

from __future__ import annotations

import re

from minerva.identifiers import announced, lexicon, phone_plain
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import Hit
from minerva.identifiers.plans import Dialing

_SAID = late(
    rf"(?<![^\W_])(?:{lexicon.alternation([*lexicon.PLUS])})[ :]{{1,2}}(?=\(?[1-9][0-9]{{0,3}}[ .\-()]{{0,2}}[0-9])",
    re.IGNORECASE,
)


def may_hold(encoded: bytes, is_ascii: bool) -> bool:
    """Whether such a word stands in a text (UTF-8); of ASCII ones the one of most languages is looked for alone."""
    return not is_ascii or encoded.find(b"lus") >= 0 or encoded.find(b"LUS") >= 0


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text behind such words, which are no part of their spans."""
    # As long as the text, so that places stay.
    signed = _SAID.sub(lambda match: _signed(match, text), text)
    if signed == text:
        return []
    found = phone_plain.scan(signed, rules)[0]
    return [
        (start + 1, end, number, method, confidence)
        for start, end, number, method, confidence in found
        if signed[start] == "+" != text[start]
    ]


def _signed(match: re.Match[str], text: str) -> str:
    """The word with the sign at its end, if it begins a clause or something announces a phone: `Google Plus 2011`."""
    start = match.start()
    before = text[max(0, start - 2) : start].rstrip()
    begins = not start or before[-1:] in _CLAUSE_ENDS or "\n" in text[max(0, start - 2) : start]
    return match[0][:-1] + "+" if begins or announced.is_announced(text, start) else match[0]


_CLAUSE_ENDS = frozenset(".:;,(!?")
