"""What stands between the groups of a run of digits, and which groups belong together by it.

Signs that stand nowhere else in a text between digits hide a number; signs that also stand in lists, times, sums and
tables do so where they stand in every gap. Everything is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from minerva.identifiers.announced import is_announced
from minerva.identifiers.late import late
from minerva.identifiers.numbering import MAX_DIGITS
from minerva.identifiers.phone_shapes import FEWEST, FULL
from minerva.identifiers.phone_tokens import NORTH_AMERICAN_SHAPES, Token

APART, PLAIN, ODDLY, SOLE, ALIKE = range(5)
"""A gap that ends a run, a plain one, an odd one, one that must stand in every gap of a run, and one that parts two
runs where it does not stand in every gap, blanks aside."""
_PLAIN_GAP = late(r"(?:[ \t.\-()\[\]]|/(?!/)){1,4}")
_ODD_GAP = late(
    r"(?: {0,2}[^\w\s$€£¥%:,+'\"=#@&?|]{1,3}){1,3} {0,2}| ?_{1,3} ?| {0,2}[~^*=]{1,4} {0,2}|[|]{1,3}| {5,7}| # "
    r"|[^\w$€£¥%]{0,3}[\U0001f000-\U0001faff\u2600-\u27bf][^\w$€£¥%]{0,3}"
)
_FIRM_LINE_GAPS = frozenset(["\n", *(f"\n{dash}\n" for dash in "-\u2013\u2014")])
"""The end of a line, and one of a dash alone behind it."""
_LINE_GAPS = _FIRM_LINE_GAPS.union(
    [*(before + dash + "\n" for dash in "-\u2013\u2014" for before in ("", " ")), " \n", "\n ", " \n "]
)
"""The same with blanks around or a dash before, as columns of tables have them too."""
_SOLE_GAPS = frozenset([",", ", ", "'", ":", '"', "=", "&", "\n", "+", "#", "\\", " , ", " : ", "' ", "::", '" "',
                        "' '", " #", " | ", " + ", ",,"]).union(_LINE_GAPS)  # fmt: skip
_SIGNED_GAP = late(r" {0,2}['\"|+#=&:.\\]{1,3}(?: ?['\"|+#=&:.\\]{1,2}){0,2} {0,2}| {0,2}={1,2}> {0,2}")
"""Of signs that some text or other has between digits."""
_SENTENCE_GAP = late(r"[.!] [^0-9]*")
_ENDING = ".!"
_THOUSANDS = late(r"[0-9]{1,3}(?:,[0-9]{3})+|(?![0-9]{2}(?:[:'][0-9]{2}){4}\Z)[0-9]{1,2}(?:[:,'\"][0-9]{1,2})+")
"""Thousands, and times and lists; five pairs with colons or apostrophes are neither."""
_FEWEST_SINGLE = 9
"""Digits apart, in groups by blanks, that are a number."""
_YEAR = late("(?:19|20)[0-9]{2}")
IF_TOLD = "told"
"""The method of what is only read where the text says more (`is_told`)."""


@lru_cache(maxsize=4096)
def gap_kind(gap: str) -> int:
    """What a gap between two groups of a run is, one of the five above."""
    if gap in _SOLE_GAPS:
        return SOLE
    if gap == "" or _PLAIN_GAP.fullmatch(gap) is not None:
        return PLAIN
    if _ODD_GAP.fullmatch(gap) is not None:
        # The end of a sentence, and a picture before the next one.
        return ODDLY if _SENTENCE_GAP.fullmatch(gap) is None else ALIKE
    return APART if _SIGNED_GAP.fullmatch(gap) is None else ALIKE


@lru_cache(maxsize=4096)
def _sign(gap: str) -> str:
    """A gap without blanks, and without its sign repeated."""
    sign = gap.replace(" ", "")
    return sign if sign.strip(sign[:1]) else sign[:1]


def parts(gaps: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The groups that belong together, each as the places of the first and of the last of their gaps plus one: all, or
    those between gaps that part them, and then those that have one and the same sign between."""
    kinds = list(map(gap_kind, gaps))
    may_part = ALIKE in kinds
    if not may_part and (SOLE not in kinds or len(set(gaps)) == 1 or _is_pointed(gaps)):
        yield 0, len(gaps)
        return
    signs = list(map(_sign, gaps))
    if len(set(signs)) == 1:
        if not may_part or len(gaps) > 1 or signs[0][0] not in _ENDING:
            yield 0, len(gaps)
        return
    first = 0
    # Pictures stand between digits for no other reason: a comma before them is that of a price.
    ends = (ALIKE,) if all(map(str.isascii, gaps)) else (ALIKE, SOLE)
    for place, kind in enumerate([*kinds, ALIKE]):
        if kind in ends:
            if place > first:
                yield first, place
            first = place + 1
    first = 0
    for place in range(1, len(gaps) + 1):
        if place == len(gaps) or signs[place] != signs[first]:
            if place - first > 1 and signs[first].strip() and {SOLE, ALIKE}.issuperset(kinds[first:place]):
                yield first, place
            first = place


def _is_pointed(gaps: Sequence[str]) -> bool:
    """Whether dots and two commas part single digits into groups as North American numbers have them:
    `3.1.0,5.5.5,0.1.2.0`."""
    return len(gaps) == FULL - 1 and gaps[2] == gaps[5] == "," and _within_groups(gaps) == {"."}


def ends_run(gaps: Sequence[str]) -> bool:
    """Whether one of the gaps ends a run of the groups."""
    return (
        APART in map(gap_kind, gaps)
        or sentence_end(gaps) > 0
        or (not _LINE_GAPS.isdisjoint(gaps) and len(set(gaps)) > 1)
    )


def sentence_end(gaps: Sequence[str]) -> int:
    """How many tokens stand before the end of a sentence, or of a part of one, behind which no gap has a blank:
    `ages 2-5. 2_0_2...`."""
    for place in range(len(gaps) - 1, -1, -1):
        if " " in gaps[place]:
            return place + 1 if gaps[place] in _ENDS and place + FEWEST <= len(gaps) else 0
    return 0


_ENDS = (". ", ", ")


def spelled_behind(gaps: Sequence[str], groups: Sequence[str]) -> int:
    """How many groups stand before the end of a sentence, the last of them of several digits, behind which all digits
    stand alone: `600. 6 1 2 \u00b7 3 4`; 0 where none does."""
    for place in range(len(gaps) - FEWEST, -1, -1):
        if gaps[place] == ". " and len(groups[place]) > 1:
            return place + 1 if all([len(group) == 1 for group in groups[place + 1 :]]) else 0  # noqa: C419 -- sooner
    return 0


def method_of(written: str, groups: Sequence[str], gaps: Sequence[str]) -> str:
    """How the groups that are `written` with `gaps` between, none of which ends a run, are read: "" if they are too few
    or no gap is odd, IF_TOLD if that depends on more than how they look."""
    if not gaps or sum(map(len, groups)) < FEWEST:
        return ""
    different = set(gaps)
    kinds = set(map(gap_kind, different))
    sizes = list(map(len, groups))
    single = max(sizes) == 1
    if kinds == {PLAIN}:
        # No date and no fraction has a slash between all of so many single digits.
        return "separators" if different == {"/"} and len(groups) >= FULL and single else ""
    if len(different) > 1 and not "".join(different).strip() and "\n" not in different:
        # Blanks of several widths are those of a table: `8  9 10 11       6  7  8  9`.
        apart = single and len(gaps) == FULL - 1 and gaps[2] == gaps[5] and len(_within_groups(gaps)) == 1
        if single and not apart and _is_in_blocks(gaps):
            return "separators" if len(gaps) >= FULL - 1 else IF_TOLD
        return "separators" if apart or sizes in NORTH_AMERICAN_SHAPES else ""
    if SOLE in kinds or ALIKE in kinds:
        if single and _is_pointed(gaps):
            return "separators"
        if len(different) > 1 or ALIKE in kinds:
            return _of_one_sign(sizes, gaps, different)
        (gap,) = different
        if (("," in gap or gap == " #") and not _is_listed_number(sizes)) or (
            _THOUSANDS.fullmatch(written) and not (len(groups) >= FULL and single)
        ):
            return IF_TOLD if single and len(groups) >= _FEWEST_SINGLE else ""
        if ("+" in gap and not _is_listed_number(sizes)) or (gap == " | " and sizes not in NORTH_AMERICAN_SHAPES):
            # A sum, a row of a table.
            return IF_TOLD
    if not _LINE_GAPS.isdisjoint(different):
        return "split" if len(groups) > 2 and _FIRM_LINE_GAPS.issuperset(different) else IF_TOLD
    signs = {gap.strip(" ()") for gap in different}
    if _TIMES in signs and not single:
        # "158\u00d7154\u00d748 cm"
        return IF_TOLD
    if "*" in signs and len(signs) > 1 and _OF_SUMS.issuperset(signs) and not single:
        # "(1600 - 1970) * 365"
        return IF_TOLD
    return "separators"


_TIMES = "\u00d7"
_OF_SUMS = frozenset(["*", "-", "+", "/", "//", "**"])


_COMMON = frozenset("+-*/=.,:")
"""Signs of sums and lists."""
_FEWEST_MIXED = 3


def _is_mixed(gaps: Sequence[str]) -> bool:
    """Whether one sign each stands between many single digits, several different ones, one that no sum and no list has:
    `9=9,7,9=1,0~4=1,3`."""
    different = set(gaps)
    return (
        len(gaps) >= _FEWEST_SINGLE - 1
        and len(different) >= _FEWEST_MIXED
        and max(map(len, different)) == 1
        and not ("\n" in different or " " in different or _COMMON.issuperset(different))
    )


def _of_one_sign(sizes: list[int], gaps: Sequence[str], different: set[str]) -> str:
    if "\n" in different:
        return "split" if _is_wrapped(sizes, gaps) else ""
    signs = set(map(_sign, different))
    if len(signs) > 1:
        return "separators" if max(sizes) == 1 and _is_mixed(gaps) else ""
    (sign,) = signs
    if max(sizes) == 1 and len(sizes) >= (_FEWEST_SINGLE if "," not in sign else FULL):
        # `0|2|0 | 7|9|4|6`
        return "separators"
    if len(different) > 1:
        return ""
    (gap,) = different
    if sign[0] in _ENDING:
        return "separators" if len(sizes) > 2 else ""
    if len(sizes) < 3 or (
        # Three times in a row no sign stands in sums and lists.
        (gap[0] == " " or gap[-1] == " ") and sizes not in NORTH_AMERICAN_SHAPES and len(gap.strip()) < 3
    ):
        return IF_TOLD
    return "separators"


def is_told(text: str, tokens: Sequence[Token], gaps: Sequence[str]) -> bool:
    """Whether groups of IF_TOLD are a number: a word before says so, or they begin like no number that one adds. Of two
    lines the first does not end in a year nor the second begin with a count."""
    first = tokens[0]
    if gaps[0] in _LINE_GAPS and gaps[0] not in _FIRM_LINE_GAPS:
        return first.plus or is_announced(text, first.start)
    if gaps[0] == "\n":
        return len(tokens[1].digits) > 2 and _YEAR.fullmatch(first.digits) is None
    if "+" in gaps[0] and len(first.digits) > 1 and first.digits[0] == "0" and len(tokens) > 2:
        return True
    return is_announced(text, first.start)


def last_of(tokens: list[Token], gaps: Sequence[str]) -> list[Token]:
    """The last three groups of many with one sign between, where they are a North American number as no row of a table
    has one: `15 | 720 | 555 | 0138`. Else none."""
    some = tokens[-3:]
    alike = len(tokens) > 3 and len(set(gaps)) == 1 and gap_kind(gaps[0]) == SOLE
    is_number = alike and [len(token.digits) for token in some] == NORTH_AMERICAN_SHAPES[0]
    return some if is_number and some[-1].digits[0] == "0" and len(tokens[-4].digits) > 1 else []


def _is_wrapped(sizes: list[int], gaps: Sequence[str]) -> bool:
    """Whether a line ends once within a number of North American shape, whose other gaps are plain and alike."""
    return (
        sizes in NORTH_AMERICAN_SHAPES
        and gaps.count("\n") == 1
        and len(set(gaps)) == 2
        and all(gap == "\n" or gap_kind(gap) == PLAIN for gap in gaps)
    )


def is_wrapped(tokens: Sequence[Token], gaps: Sequence[str]) -> bool:
    """The same of tokens."""
    return _is_wrapped([len(token.digits) for token in tokens], gaps)


def is_in_lines(tokens: Sequence[Token], gaps: Sequence[str]) -> bool:
    """Whether single digits stand in three lines as the groups of a North American number, one and the same gap between
    all of a line."""
    if len(tokens) != FULL or gaps[2] != "\n" or gaps[5] != "\n":
        return False
    within = _within_groups(gaps)
    return len(within) == 1 and "\n" not in within and all([len(token.digits) == 1 for token in tokens])  # noqa: C419


def is_in_lines_behind_plus(tokens: Sequence[Token], gaps: Sequence[str]) -> bool:
    """Whether groups with a plus sign before them, too few or too short a line for a number, go on in the next lines:
    `+64 27\\n333\\n6312`."""
    return (
        "\n" in gaps
        and tokens[0].plus
        and FEWEST < sum([len(token.digits) for token in tokens]) <= MAX_DIGITS
        and all([gap == "\n" or gap_kind(gap) == PLAIN for gap in gaps])  # noqa: C419 -- half the time of a generator
    )


def _within_groups(gaps: Sequence[str]) -> set[str]:
    """The gaps between ten single digits but those behind the third and the sixth."""
    return {*gaps[:2], *gaps[3:5], *gaps[6:]}


def _is_in_blocks(gaps: Sequence[str]) -> bool:
    """Whether blanks of two widths alone stand between single digits, the wider ones between few blocks of them:
    `0  1  2  1      4  9  6      0  7  9  2`."""
    widths = sorted(set(map(len, gaps)))
    if len(gaps) < FEWEST or len(widths) != 2:
        return False
    wide = [-1, *[place for place, gap in enumerate(gaps) if len(gap) == widths[1]], len(gaps)]
    sizes = [behind - place for place, behind in zip(wide, wide[1:])]
    return 1 < len(sizes) <= _MOST_BLOCKS and min(sizes[1:]) > 1 and max(sizes) <= _MOST_BLOCKS


_MOST_BLOCKS = 5
"""Blocks of a number, and digits of each."""


def _is_listed_number(sizes: list[int]) -> bool:
    """Whether groups with commas between could be one number: single digits, or three or four groups, the last longer
    than three; most rows with commas are lists."""
    return max(sizes) == 1 or (len(sizes) in (3, 4) and sizes[-1] > sizes[-2] == 3)
