"""Numbers with asides between their groups, whatever words and digits stand in these: `720 (after 9 am please) 555
(almost done) 0150`, `0745 (pas de chat) 613483`, `6 1 3 (wait) five 5 5 (there is more) zero one 9 two`. The text is
read once more without its asides; what is found so is a guess.

Linear in the text: asides are bounded and stand apart.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from minerva.identifiers import announced, id_labels
from minerva.identifiers.late import late
from minerva.identifiers.phone_context import DATE
from minerva.identifiers.phone_shapes import FRAMING, HIDING
from minerva.identifiers.phone_tokens import NORTH_AMERICA, NORTH_AMERICAN_SHAPES, Hit
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("phone_parts")
_WITHIN = r"[^()\[\]\n$\u20ac\u00a3\u00a5\u20b9%@/]{2,60}"
_BETWEEN_SIGNS = r"[^\W\d_][^*~<>()\n0-9$\u20ac\u00a3\u00a5\u20b9%@/]{1,40}"
_IN_BRACKETS = (
    rf"[ ,]{{0,2}}(?:\({_WITHIN}\)|\[{_WITHIN}\]|\(\({_WITHIN}\)\)"
    rf"|\* ?{_BETWEEN_SIGNS}\*|~ ?{_BETWEEN_SIGNS}~|< ?{_BETWEEN_SIGNS}>)[ ,]{{0,2}}"
)
_IN_DASHES = r" ?[\-\u2013\u2014] ?[^\W\d_][^()\n$\u20ac\u00a3\u00a5\u20b9%@/\-\u2013\u2014]{1,40} ?[\-\u2013\u2014] ?"
# A bracket or dash first, so that the search skips from one to the next.
_ASIDE = late(rf"(?<=[^\W_])(?:{_IN_BRACKETS}(?=\+?[^\W_])|(?<=[0-9]){_IN_DASHES}(?=[0-9]))")
_SEEN = late(rb"9[ ,]{0,2}[(\[]{1,2}[^()\[\]\n]{2,200}[)\]]{1,2}[ ,]{0,2}9|9 ?-[^()\n\-]{3,120}- ?9")
_SEEN_OF_WORDS = late(rb"[9a][ ,]{0,2}[(\[][^()\[\]\n]{2,200}[)\]][ ,]{0,2}[9a]")
_SEEN_SIGNS = late(rb"[9a] ?(?:\* ?a[^*9\n]{2,160}\*|\{ ?a[^{9\n]{2,160}\{) ?[9a]")
_WIDE_DASH = late(rb"9 ?aaa[^()\n]{3,120}aaa ?9")
_BRACKETS, _SIGNS = frozenset(b"(["), frozenset([HIDING, FRAMING])
_OPENING = frozenset("([*~<")
_DASH = ord("-")
_WORD = late(r"[^\W\d_]+")
_GROUP = late("[0-9]+")
_CONFIDENCE = 0.6
_SPEAKS = announced.WORDS.union(_DATA["announcing"], _DATA["speaks"])
"""Words of asides that speak of a phone."""
_GOING_ON = frozenset([*_DATA["goes_on"], *_DATA["gaps"], *_DATA["markers"]])
"""Words of an aside that says only that a number goes on: `0501 286 13 - ve devamı - 55`."""


class Without(NamedTuple):
    """A text without its asides: where each was in it, and what places before and behind it are in the text."""

    text: str
    places: list[int]
    shifts: list[int]
    asides: list[str]


def may_hold(kinds: bytes, is_ascii: bool, in_words: bool) -> bool:
    """Whether an aside may stand between two groups of digits of a text, by phone_shapes.KINDS, or between digit words
    if those may be `in_words`."""
    if not _SIGNS.isdisjoint(kinds) and _SEEN_SIGNS.search(kinds) is not None:
        return True
    if not _BRACKETS.isdisjoint(kinds):
        if _SEEN.search(kinds) is not None or (in_words and _SEEN_OF_WORDS.search(kinds) is not None):
            return True
    elif _DASH in kinds and _SEEN.search(kinds) is not None:
        return True
    return not is_ascii and _WIDE_DASH.search(kinds) is not None


def without(text: str) -> Without | None:
    """The text without its asides, None if it has none."""
    pieces: list[str] = []
    places: list[int] = []
    shifts: list[int] = []
    asides: list[str] = []
    done = size = 0
    for match in _ASIDE.finditer(text):
        words = match[0].strip(" ,-\u2013\u2014")
        if _WORD.search(words) is None:
            continue
        start, end = match.span()
        gap = " " if " " in match[0] else ""
        pieces += [text[done:start], gap]
        size += start - done + len(gap)
        done = end
        places.append(size)
        shifts.append(end - size)
        asides.append(words)
    return Without("".join([*pieces, text[done:]]), places, shifts, asides) if asides else None


def numbers(found: list[Hit], read: Without, text: str, rules: Dialing) -> list[Hit]:
    """Of the numbers `found` in a text without its asides those that go on over one, with their places in the text."""
    own: list[Hit] = []
    for start, end, number, method, _ in found:
        first, last = bisect_right(read.places, start), bisect_right(read.places, end - 1)
        if first == last:
            continue
        place = start + (read.shifts[first - 1] if first else 0)
        asides = read.asides[first:last]
        written = read.text[start:end]
        # Who tells one number so tells the next in the same way.
        again = len(own) > 0 and len(asides) > 1 and written[0] in "+0"
        if not (again or _is_told(text, place, written, asides, rules)) or id_labels.follows_id(text, place):
            continue
        own.append((place, end + read.shifts[last - 1], number, "words" if method == "words" else "split", _CONFIDENCE))
    return own


_ARTICLES = frozenset(["a", "the", "der", "le", "el", "o", "il", "is", "here", "ve", "and", "y", "e", "et", "i", "en"])


def _goes_on(aside: str) -> bool:
    """Whether an aside says only that a number goes on."""
    words = _WORD.findall(aside.lower())
    return _GOING_ON.issuperset(words) and not _ARTICLES.issuperset(words)


def _is_told(text: str, start: int, written: str, asides: list[str], rules: Dialing) -> bool:
    """Whether something announces a number, or its asides are those of one that begins like no other number."""
    in_brackets = [aside for aside in asides if aside[0] in _OPENING]
    if len(in_brackets) < len(asides) < 2 and not _goes_on(asides[0]):
        return False
    if announced.is_announced(text, start) or announced.is_pictured(text, start):
        return DATE.match(text, start) is None
    if (text.endswith((":", ": "), 0, start) or written[0] in "+0") and all(map(_goes_on, asides)):
        return DATE.match(text, start) is None
    if not any([not _SPEAKS.isdisjoint(_WORD.findall(aside.lower())) for aside in asides]):  # noqa: C419 -- sooner
        return False
    if text.endswith((":", ": "), 0, start):
        return True
    sizes = list(map(len, _GROUP.findall(written)))
    begins = written[0] in "+0" or (rules.country == NORTH_AMERICA and sizes in NORTH_AMERICAN_SHAPES)
    return len(asides) > 1 and (begins or set(sizes) <= {1})
