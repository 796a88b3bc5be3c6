"""How a candidate for a phone looks, and what that says of how it must be read: one look-up for most candidates.

A window is the three bytes before a candidate and the candidate, each byte by its kind. Windows that look alike are
judged once.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minerva.identifiers import numbering, phone_context
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late

SEPARATORS = b" -.()/[]\t"
FEWEST, FULL = 7, 10
"""Digits of the shortest numbers, and those that are a whole number in most countries."""
CLUSTER = b"0" * FEWEST
"""So many digits in a row, each as 0."""
FEWEST_IN_ROW = 5
"""Groups of a number that could be a row of numbers with one and the same step."""
SHAPE = bytes(57 if 48 <= code <= 57 else code for code in range(256))
"""Each digit as 9."""
HIDING, FRAMING = b"*{"
KINDS = bytes(
    57 if 48 <= code <= 57 else 97 if code > 127 or chr(code).isalpha() else
    HIDING if chr(code) in phone_context.HIDING_SIGNS else
    FRAMING if chr(code) in phone_context.FRAMING_SIGNS else code for code in range(256)
)  # fmt: skip
"""Digits as 9, letters and all beyond ASCII as a, signs that tell of a hidden number as HIDING, those that do so within
digits alone as FRAMING, others as they are."""
BLANKS = b"   "


def digits_in(encoded: bytes) -> int:
    """How many digits a text (UTF-8) has."""
    return len(encoded) - len(encoded.translate(None, _DIGITS))


_DIGITS = b"0123456789"


def kinds_of(encoded: bytes) -> bytes:
    """A text (UTF-8) by KINDS, with blanks for what is before it."""
    return BLANKS + encoded.translate(KINDS)


two_letters_apart = re.compile(b" a a ").search
"""Finds, by KINDS, two letters in a row that stand alone: a pattern skips to the first sooner than `find` does."""


_DOUBTS = tuple(
    (re.compile(shape.encode()), real)
    for shape, real in (
        (r"(?<!9)(?<!9[-/.])(?:99?([-/.])99?\1(?:99|9999)|9999[-/.]99?[-/.]99?)(?![-/.]?9)", phone_context.DATE),
        (r"(?<!9)(?:9999\. 99?\. 99?|99?\. 99?\. 9999)(?!9)", phone_context.DATE_APART),
        (r"(?<!9)(?<!9[ .\-/])9999 99 99(?![ .\-/]?9)", phone_context.DATE_SPACED),
        (r"(?<![9.])9{1,3}\.99?(?: 9{1,3}\.99?){2,}(?!9)", phone_context.DECIMALS),
        (r"(?<![9/])99?/99?(?: 99?/99?){2}", phone_context.DAYS),
        (r"(?<![9.])99?\.99 ?- ?99?\.99(?![.\-]?9)", phone_context.TIMES),
        (r"(?<![9.])9{1,3}(?:\.9{1,3}){3}(?!\.?9)", phone_context.ADDRESS),
        (r"(?<![9.])9{1,3}\.9{3,} |^9{1,3}\.9{4,6}$", phone_context.COORDINATES),
        (r"9999[ -]9999[ -]9999[ -]9999|9999[ -]9{6}[ -]9{5}", phone_context.CARD),
        (r"(?<!9[-. ])(?<!9)9999 ?- ?9999(?![-. ]?9)", phone_context.YEARS),
        (r"(?<![9)][-. ])(?<![9)])9{5}-9999(?![-. ]?9)|(?<![9)][-. ])(?<!9)999-99-9999(?!9)",
         phone_context.ZIP_OR_SSN),
        (r"^(?:9{12}|9{14})$", phone_context.STAMP),
        (r"^9999-9{6}$", phone_context.YEAR_AND_NUMBER),
        (r"^9 (?:99999 99999 9|999999 999999)$", phone_context.BARCODE),
    )
)  # fmt: skip
"""Shapes that could be something else, each with what it really is."""
DATE_FORMS = (phone_context.DATE, phone_context.DATE_SPACED)
_DATES = late(rb"99?([-/.])99?\1(?:9999|99) ?- 99?([-/.])99?\2(?:9999|99)")
_ONE_IN_BRACKETS = b"(9)"
_Doubt = tuple[tuple["re.Pattern[str]", ...], bool]
IN_PATH = frozenset("/=#&@")
SAFE_IN_WEB = frozenset(" \n\r+")
SAFE_AFTER = frozenset(" \n\r,;.!?>*\"'|~")
SECOND_LOOK = phone_context.MAY_EXTEND | frozenset("$€£¥₹₽uUeEgGkKrRdDpP")
"""What a character behind a number may begin: an extension or a currency."""
ODD_ENDS = frozenset("*|~'\"<>{}")
SECOND_DIGITS = frozenset("0123456789")
NOTHING_AFTER = frozenset(["", ".", " ", *(f"{sign} " for sign in ".,;!?")])


@lru_cache(maxsize=4096)
def doubt(shape: bytes, plus: bool) -> _Doubt:
    """What digits in this shape (each written as 9) may be besides a phone, and whether they must be read group by
    group; a plus sign leaves no doubt of the first kind."""
    real = () if plus else tuple(real for pattern, real in _DOUBTS if pattern.search(shape) is not None)
    return real, b"  " in shape or (plus and _ONE_IN_BRACKETS in shape)


def may_be_date(shape: bytes, count: int) -> bool:
    """Whether so many digits in a shape that has a date's can be nothing but one or `1.3.26 - 8.3.26`."""
    return count <= _MOST_IN_DATE or _DATES.fullmatch(shape) is not None


_MOST_IN_DATE = 10
TO_BLANKS = bytes(code if code == 57 else 32 for code in range(256))
"""For a shape: all but its digits as blanks."""
TOO_FEW, CAREFUL, DATE, IN_WEB, QUICK, WIDE, GLUED, ZIP, NO_STAMP = range(9)
Way = tuple[int, int, bool, bool, int, bool]
"""How a candidate is read: one of the nine ways above (WIDE: cut at its widest gaps first; GLUED: groups right behind
a letter; NO_STAMP: as many digits as a time has, QUICK if the first is a 0), its digits, whether a plus sign is before
them, whether they stand in one group, how many characters before belong to the number, and whether the groups are as
many as in a row of numbers or sized as in an id behind a year."""
ways: dict[bytes, Way] = {}
_MOST_WAYS = 8192
_LONGEST_WINDOW = 80
BEFORE = 3
_WIDE_GAP = late(rb"9[ \-.()/\[\]\t]{5}")


def judged(window: bytes) -> Way:
    """How to read the candidates that look like `window`; the answer is kept in `ways`."""
    before, shape = window[:BEFORE].decode("ascii"), window[BEFORE:]
    if _WIDE_GAP.search(shape) is not None:
        return _kept(window, (WIDE, 0, False, False, 0, True))
    count = shape.count(b"9")
    if count < FEWEST:
        return _kept(window, (TOO_FEW, count, False, False, 0, True))
    groups = len(shape.translate(TO_BLANKS).split())
    plus = phone_context.has_plus(before, len(before))
    # More digits than a number has are read with care, whatever their shape.
    others, needs_care = doubt(shape, plus) if count <= numbering.MAX_DIGITS else ((), True)
    way, wider = CAREFUL, 0
    if before[-1] in IN_PATH:
        way = IN_WEB if groups == 1 else CAREFUL
    elif before[-1] not in SAFE_IN_WEB and not (before[-1] == "(" and before[-2] in " \n"):
        if before[-1] == _LETTER and groups > 1 and not (others or needs_care):
            way = GLUED
    elif others:
        if others[0] in DATE_FORMS and may_be_date(shape, count):
            way = DATE
        elif shape == _ZIP_CODE:
            way = ZIP
        elif others == _STAMP and not needs_care:
            way = NO_STAMP
    elif not (needs_care or sentence_end(shape)) or (groups > 1 and _is_long(shape, count, plus)):
        way = QUICK
        if before[-1] == "+":
            wider = 1
            way = CAREFUL if before[-2] in "+(" or b")" in shape else way
        elif before[-1] == "(" and b")" in shape and not plus:
            wider = 1
        elif before[1:] == "a:" and groups == 1:
            # Of a link, as `tel:0301234567`, or behind another word.
            way = CAREFUL
        elif plus or before[-1] == "(" or (b")" in shape and b"(" not in shape):
            way = CAREFUL
    in_row = groups >= FEWEST_IN_ROW or shape in _YEAR_MONTH_IDS
    return _kept(window, (way, count, plus, groups == 1, wider, in_row))


def _is_long(shape: bytes, count: int, plus: bool) -> bool:
    """Whether a shape has more digits than a number, of which its groups alone tell what is one."""
    return (
        count > numbering.MAX_DIGITS
        and len(shape) < _LONGEST_WINDOW
        and not (plus or doubt(shape, plus) != _NO_DOUBT or sentence_end(shape))
    )


_NO_DOUBT: _Doubt = (), False


def sentence_end(shape: bytes) -> int:
    """Where in a shape a sentence may end, behind which the next one begins with a short or a long number alone:
    `9999999999. 9`, `999 999 9999. 999999`. 0 if nowhere."""
    stop = max(0, shape.find(b". "))
    # "9999999999... 9"
    at = len(shape[:stop].rstrip(b"."))
    if shape.count(b"9", 0, at) < _FEWEST_BEFORE or shape.find(b". ", stop + 1) >= 0 or shape[at - 1] != _NINE:
        return 0
    behind = shape[stop + 2 :]
    return at if behind.isdigit() and not 2 < len(behind) < 5 else 0


_FEWEST_BEFORE = 5
_NINE = 57
_LETTER = "a"
_ZIP_CODE = b"99999-9999"
_STAMP = (phone_context.STAMP,)
_YEAR_MONTH_IDS = frozenset([b"9999-99-9999", b"9999/99/9999", b"9999.99.9999"])
"""As long as a North American number."""


def way_of(window: bytes) -> Way:
    """How to read the candidates that look like `window`: three bytes and the candidate, each by KINDS."""
    return ways.get(window) or judged(window)


def _kept(window: bytes, way: Way) -> Way:
    return keep(ways, window, way, _MOST_WAYS) if len(window) <= _LONGEST_WINDOW else way


after: dict[str, int] = {}
"""Whether a number ends before these characters, as far as they were met: 0 if not, 2 if they may be a file's type."""
AFTER = 4
STAMP_LENGTHS = frozenset([12, 14])


def nothing_follows(behind: str) -> int:
    """Whether the up to four characters behind a candidate tell that it ends there, without extension or currency; the
    answer is kept in `after`."""
    if not behind:
        return keep(after, behind, 1, _MOST_WAYS)
    first, second, word = behind[0], behind[1:2], behind[1:]
    if first not in SAFE_AFTER or (first in ODD_ENDS and second in SECOND_DIGITS):
        known = False
    elif not second or behind[:2] in NOTHING_AFTER:
        known = first not in SECOND_LOOK
    elif second not in SECOND_LOOK:
        known = True
    else:
        known = len(behind) == AFTER and FOLDED.isdisjoint(word) and word[:2].isalpha() and second not in "xX"
        known = known and not word.lower().startswith(_LOOKED_AT)
    ends = 0 if not known else 2 if first == "." and second.isalpha() else 1
    return keep(after, behind, ends, _MOST_WAYS)


def ends_before(behind: str) -> bool:
    """Whether the up to four characters behind a candidate tell that it ends there."""
    known = after.get(behind)
    return (nothing_follows(behind) if known is None else known) > 0


_LOOKED_AT = ("ex", "ane", "ram", "pos", "int", "dur", "usd", "eur", "gbp", "kr", "ros", "dol", "pes", "rea")
"""First letters of the words for an extension or a currency."""
FOLDED = frozenset("\u0130\u0131\u017f\u212a")
"""Letters that patterns take for i, s and k when they ignore case."""
