"""Digits that are no phone by their groups: rows that count up or down, draws of a lottery, pairs, bytes, months."""

from __future__ import annotations

from minerva.identifiers import phone_context
from minerva.identifiers.late import late
from minerva.identifiers.number_labels import ANNOUNCES, DIGITS
from minerva.identifiers.phone_shapes import FEWEST_IN_ROW
from minerva.identifiers.phone_tokens import NORTH_AMERICA
from minerva.identifiers.plans import Dialing

COUNTED = frozenset(["234567891", "345678910", "456789101", "567891011"])
LONGEST_UNCOUNTED = 12
"""Characters of no row."""


def counts(text: str, start: int, end: int, number: str, method: str) -> bool:
    """Whether the groups of a number are a row of numbers with one and the same step: `36 37 38 39 40 41`."""
    if method == "words" and number[-9:] in COUNTED and DIGITS.search(text, start, end) is None:
        return True
    written = text[start:end]
    singles = written[:5:2]
    if (
        # Three digits apart begin most of what is long, seldom those of a row.
        singles.isdecimal()
        and not (written[1].isdecimal() or written[3].isdecimal() or written[5].isdecimal())
        and ord(singles[2]) - ord(singles[1]) != ord(singles[1]) - ord(singles[0])
    ):
        return False
    if (
        written[:3].isdecimal()
        and written[4:7].isdecimal()
        and not (
            written[3].isdecimal()
            or written[7:8].isdecimal()
            or 0 < abs(int(written[4:7]) - int(written[:3])) < _MOST_STEP
        )
    ):
        # Groups of three digits, as most begin with, and no step between.
        return False
    first = _FIRST_OF_ROW.search(written)
    if first is None:
        return False
    groups = first.groups()
    if len(groups[0]) == len(groups[1]) > 1 and not -2 < ord(groups[0][0]) - ord(groups[1][0]) < 2:
        # Far apart, as most area codes and what follows them.
        return False
    one, two, three = map(int, groups)
    step = two - one
    if three - two != step or not 0 < abs(step) < _MOST_STEP:
        return False
    numbers = list(map(int, DIGITS.findall(written)))
    return len(numbers) >= FEWEST_IN_ROW and _are_in_steps(numbers, step)


def _are_in_steps(numbers: list[int], step: int) -> bool:
    return all(after - before == step for before, after in zip(numbers, numbers[1:]))


def is_of_longer_row(text: str, start: int, end: int) -> bool:
    """Whether a number with dashes is a part of such a row: `38-40-42-44` of `38-40-42-44-46`."""
    floor = max(0, start - _ROW_REACH)
    row = _DASHED_ROW.match(text, max(floor, text.rfind(" ", floor, start) + 1, text.rfind("\n", floor, start) + 1))
    if row is None or row.end() < end:
        return False
    numbers = list(map(int, row[0].split("-")))
    step = numbers[1] - numbers[0]
    return 0 < abs(step) < _MOST_STEP and _are_in_steps(numbers, step)


_DASHED_ROW = late(r"[0-9]{1,3}(?:-[0-9]{1,3}){4,12}(?![0-9\-])")
_ROW_REACH = 24
# One digit first, so that the search skips to it; none within a group, where it fails as before.
_FIRST_OF_ROW = late(r"([0-9](?<![0-9]{2})[0-9]*)[^0-9]+([0-9]+)[^0-9]+([0-9]+)")
_MOST_STEP = 13
"""Numbers of a row are closer than this."""
_FIVE_PAIRS, _YEAR_MONTH_ID, _IN_THREE = 14, 12, 12
_IN_PAIRS_LONG = frozenset([11, 14, 17, 20])
"""Characters of four to seven pairs of digits with blanks between."""
TELLING_SIZES = frozenset([_FIVE_PAIRS, _YEAR_MONTH_ID, *_IN_PAIRS_LONG])
"""Characters of `12 34 56 78 90`, `2025-11-0487` and `470 495 1410`."""
_PAIRS = late(r"(?:(?<=[0-9]{2}[ ,])|(?<=[0-9]{2}, ))[0-9]{2}(?:,? [0-9]{2}){4}|[0-9]{2}(?:,? [0-9]{2}){5}(?![0-9])")


_DRAW = late(r"(?:[0-9]{1,2} ){4,}[0-9]{1,2}(?![^\W_])")


def is_draw(text: str, start: int, end: int) -> bool:
    """Whether numbers of one and of two digits with blanks between go up, as a lottery's do, and nobody announces a
    phone."""
    # Digits that stand alone are told one by one.
    if text[start:end:2].isdigit():
        return False
    match = _DRAW.match(text, start)
    if match is None or match.end() != end:
        return False
    drawn = match[0].split()
    first = list(map(int, drawn[:4]))
    return (
        len(set(map(len, drawn))) == 2
        and first == sorted({*first})
        and not any(number[0] == "0" for number in drawn)
        and ANNOUNCES.search(text, max(0, start - 24), start) is None
    )


def _is_row_of_pairs(text: str, start: int) -> bool:
    """Whether five pairs of digits are part of a longer row of them, of temperatures or the like: nobody writes a
    North American number in pairs."""
    return _PAIRS.match(text, start) is not None


_HEX = r"(?:[0-9][A-Fa-f]|[A-Fa-f][0-9A-Fa-f])"
_IN_PAIRS = late(r"[0-9]{2}(?: [0-9]{2})+")
_HEX_BEFORE = late(rf"(?<![^\s:]){_HEX}(?: [0-9]{{2}})* $")
_HEX_BEHIND = late(rf"(?: [0-9]{{2}})* {_HEX}(?![^\W_])")


def is_of_size(text: str, start: int, end: int, rules: Dialing) -> bool:
    """Whether the signs of a number of one of some lengths are a month and a count, a row of pairs, a sum or bytes."""
    size = end - start
    if rules.country == NORTH_AMERICA and (
        (size == _YEAR_MONTH_ID and phone_context.MONTH_AND_NUMBER.match(text, start) is not None)
        or (size == _FIVE_PAIRS and _is_row_of_pairs(text, start))
        or (size == _IN_THREE and text[start + 3] == " " and _is_sum(text, start, end))
    ):
        return True
    return size in _IN_PAIRS_LONG and text[start + 2] == " " and _is_dump(text, start, end)


def _is_dump(text: str, start: int, end: int) -> bool:
    """Whether pairs of digits stand between others with letters of hexadecimal digits: bytes of a file."""
    return (
        _IN_PAIRS.fullmatch(text, start, end) is not None
        and _HEX_BEFORE.search(text, max(0, start - 24), start) is not None
        and _HEX_BEHIND.match(text, end) is not None
    )


_ROW_BEFORE = late(r"(?:(?<![^\s|])[0-9]{1,4}[ \t|]{1,3})+\Z")
_LONGEST_ROW = 60


def _is_sum(text: str, start: int, end: int) -> bool:
    """Whether the last group is the sum of those before it and of more groups before them: a row of a table, as in
    `Team 445 470 495 1410`."""
    before = text[start - 4 if start > 4 else 0 : start]
    if not before.rstrip(" \t|")[-1:].isdigit():
        # Sooner than the search, for nearly all.
        return False
    row = _ROW_BEFORE.search(text, max(0, start - _LONGEST_ROW), start)
    if row is None:
        return False
    *added, total = map(int, DIGITS.findall(text, row.start(), end))
    return sum(added) == total
