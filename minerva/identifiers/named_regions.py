"""Numbers written as they are dialed in another country than the text's, which a flag or an adjective right before them
names: `Tel.: \U0001f1f9\U0001f1f7 0547 356 07 63`, `(Spanish number) 617 47 05 26`. What is found so is a guess.

Linear in the text: a number is looked for in the few characters behind each such name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import announced, lexicon, numbering, phone_plain
from minerva.identifiers.late import late
from minerva.identifiers.phone_hits import outside
from minerva.identifiers.phone_tokens import Hit
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("named_regions")
_REGIONS: dict[str, str] = _DATA["regions"]
FLAG = "\U0001f1e6".encode()[:3]
"""What both letters of a flag begin with in UTF-8."""
_LETTER = "[\U0001f1e6-\U0001f1ff]"
_FIRST_LETTER = "\U0001f1e6"
_A = ord(_FIRST_LETTER) - ord("A")
# Two flags or more are languages or where somebody travels; between digits they part those.
_FLAGGED = late(rf"(?<![0-9])(?<![0-9] )(?<!{_LETTER})(?<!{_LETTER} )({_LETTER}{_LETTER})[ :\-\u2013]{{0,3}}(?=[(0-9])")
_NAMED = late(
    rf"(?<![^\W_])({lexicon.alternation(_REGIONS)}) (?:{lexicon.alternation(_DATA['phone'])})\)?"
    r"[ :\-\u2013]{1,3}(?=[(0-9])",
    re.IGNORECASE,
)
_REACH = 32
_CONFIDENCE = 0.55


def without_flags(text: str) -> str:
    """The text, as long as it is, without the flags that stand before digits."""
    return _FLAGGED.sub(lambda match: "  " + match[0][2:], text)


def with_flagged(text: str, found: list[Hit], rules: Dialing) -> list[Hit]:
    """The numbers found in a text, and in place of what they share digits with those that a flag names the country of.
    Where the digits are a number of the text's own country too, the flag has to stand behind what announces a phone."""
    whole = {hit[0]: hit[1] for hit in found}
    own = [
        hit
        for hit, place in _behind(_FLAGGED, text, rules)
        if whole.get(hit[0], 0) < hit[1] or announced.is_announced(text, place) or announced.is_pictured(text, place)
    ]
    return sorted([*outside(found, [hit[:2] for hit in own]), *own]) if own else found


def may_hold(encoded: bytes) -> bool:
    """Whether such an adjective may stand in a text (UTF-8)."""
    return any([encoded.find(word) >= 0 for word in _WORDS])  # noqa: C419 -- sooner


_WORDS = tuple(f" {word}".encode() for word in _DATA["phone"])


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers that an adjective names the country of."""
    return [hit for hit, _ in _behind(_NAMED, text, rules)]


def _region_of(name: str) -> str | None:
    """The region of an adjective or a flag; None for what is one only where case is ignored: `Briti\u017fh`."""
    flag = "".join([chr(ord(letter) - _A) for letter in name if letter >= _FIRST_LETTER])
    return numbering.region_code(_REGIONS.get(name.lower()) or flag)


def _behind(pattern: re.Pattern[str], text: str, rules: Dialing) -> Iterator[tuple[Hit, int]]:
    """The number behind each name of another country, and where the name stands."""
    for match in pattern.finditer(text):
        region = _region_of(match[1])
        if region is None or region == rules.region:
            continue
        start = match.end()
        piece = text[start : start + _REACH].split("\n")[0]
        for first, end, number, method, _ in phone_plain.scan(piece, numbering.dialing(region))[0][:1]:
            if first == 0:
                yield (start, start + end, number, method, _CONFIDENCE), match.start()
