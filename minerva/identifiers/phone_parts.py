"""Numbers told in parts: with words of order or endearments between, over a line break or behind the words
`country code`. The last reading, for texts in which no other finds a number; all it finds is a guess.

Linear in the text: each group of digits belongs to one row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from minerva.identifiers import (
    characters,
    counted_digits,
    digit_stretches,
    framed_parts,
    joined_parts,
    lexicon,
    word_roles,
)
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.other_numbers import WITH_TRUNK
from minerva.identifiers.phone_shapes import FOLDED, digits_in
from minerva.identifiers.phone_tokens import NORTH_AMERICA, NORTH_AMERICAN_SHAPES, Hit, Token, token_of, whole_of
from minerva.identifiers.plans import Dialing
from minerva.identifiers.tables import table

_DATA = table("phone_parts")


_COMMON = word_roles.forms_of(_DATA["common"])
TELLING = word_roles.forms_of([*_DATA["markers"], *_DATA["endearments"]])
"""Words of order and of endearment, which stand between the parts of a number."""
_KNOWN = TELLING | _COMMON | word_roles.forms_of(_DATA["others"])
_ORDER = word_roles.forms_of(_DATA["markers"])
_COUNTING = word_roles.forms_of(_DATA["counting"])
_OPENING = word_roles.forms_of(_DATA["opening"])
_NEAR = 24
"""Characters before a number in which words tell that it begins."""
_LETTERS_ONLY = bytes(ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)) + bytes(
    range(128, 256)
)
_BRACKET, _LINE_END, _HALF = *b"(\n", b" half"
_FEWEST = 8
"""Digits of a number told so: fewer are the shortest of prices and times."""
_MOST = 15
_LONGEST_GAP = 40
_STAYS = "\ue000"
"""Stands behind a digit read from a word, for its other letters."""
_GROUP = late(rf"[0-9]+{_STAYS}*")
_WORD = late(r"[^\W\d_]{2,}")
_PLURAL_DIGITS = ("ohs zeros zeroes", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines")
_PLURALS = {word: str(digit) for digit, words in enumerate(_PLURAL_DIGITS) for word in words.split()}
_COUNTS = {"two": 2, "three": 3, "four": 4, **lexicon.MULTIPLIERS}
_PLURAL_FORMS, _MULTIPLIER_FORMS = word_roles.forms_of(_PLURALS), word_roles.forms_of(lexicon.MULTIPLIERS)
_GAPS = re.compile(rb"[0-9]([^0-9]{2,160})(?=[0-9])")
_BRACKETED = late(rb"[0-9] ?\([A-Za-z\x80-\xff]")
_PLAIN_GAP = late(r"[ .\-()/]{0,4}")
_PART_GAP = late(r"(?!\. )[ .\-()/]{0,3}")
"""What stands within a part: no sentence ends there."""
_LINE_GAP = late(r"[ .\-)]{0,2}\r?\n[ \t]{0,3}\(?")
_LINE = late(rb"[0-9][ .\-)]{0,2}\r?\n[ \t]{0,3}\(?[0-9]")
_COUNTRY_CODE = late(r"country code(?: is)?[ :]{0,2}$", re.IGNORECASE)
_COUNTED = late(
    r"(?<![^\W_])(?:first|second|next|middle|other|last|final|third) [2-6](?= (?:digits?|numbers?|are|is)\b)",
    re.IGNORECASE,
)
"""How many digits a part has: `the first 3 are 415`."""
_COUNTED_BEHIND = ("first ", "second ", "next ", "middle ", "other ", "last ", "final ", "third ")
_COUNTED_WORDS = frozenset(word.strip().encode() for word in _COUNTED_BEHIND)
_COUNTED_BEFORE = late(r" (?:digits?|numbers?|are|is|which)\b", re.IGNORECASE)
"""The same of words: `the last four are 0161`."""


def is_told(word: bytes) -> bool:
    """Whether a word is one of order or endearment."""
    return word in TELLING


def may_hold(
    encoded: bytes, left: bytes, may_be_told: bool = True, in_words: bool = False, kinds: bytes | None = None
) -> bool:
    """Whether a text (UTF-8), `left` the same without the spans of dates and of what surely is no number, can hold a
    number in parts; `may_be_told`: unless no word of it is known to tell of one; `in_words`: whether digit words may be
    in it; `kinds` as for joined_parts.may_hold. What it says no to as a whole it says no to in parts."""
    told = may_be_told and not TELLING.isdisjoint(digit_stretches.words_of(encoded)[1])
    if told and in_words:
        return True
    if (told or (_BRACKET in left and _BRACKETED.search(left) is not None)) and _may_be_apart(left, told):
        return True
    return _may_wrap_lines(left) or joined_parts.may_hold(encoded, kinds) or framed_parts.may_hold(left)


def may_hold_told(encoded: bytes, left: bytes, kinds: bytes) -> bool:
    """`may_hold` of a text in which there is a word that tells of one, and no digit words."""
    return (
        _may_be_apart(left, True)
        or _may_wrap_lines(left)
        or joined_parts.may_hold(encoded, kinds)
        or framed_parts.may_hold(left)
    )


def _may_be_apart(left: bytes, told: bool) -> bool:
    """Whether words may stand between parts of a number."""
    digits = digits_in(left)
    # What stands between two halves framed_parts does not look at.
    return digits >= _FEWEST and ((told and _HALF in left) or any(map(_may_be_told, _GAPS.findall(left))))


def _may_wrap_lines(left: bytes) -> bool:
    """Whether digits may go on behind a line's end."""
    return _LINE_END in left and _LINE.search(left) is not None


@lru_cache(maxsize=4096)
def _words(encoded: bytes) -> tuple[bytes, ...]:
    """The words of a gap; kept, as each gap is asked several questions."""
    return tuple(encoded.translate(_LETTERS_ONLY).split())


def _may_be_told(gap: bytes) -> bool:
    """Whether a word of order or endearment stands in a gap that is not too wide."""
    if len(gap) > _LONGEST_GAP and gap.isascii():
        return False
    words = _words(gap)
    return not TELLING.isdisjoint(words) or (b"(" in gap and not _COMMON.isdisjoint(words))


def _are_told(gap: bytes) -> bool:
    """`_may_be_told`, and no words but known ones stand there."""
    return _may_be_told(gap) and _KNOWN.issuperset(_words(gap))


@cache
def _counts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """`three fives`, and `triple` before a digit; compiled when the first text asks for them."""
    return (
        re.compile(rf"(?<![^\W_])({'|'.join(_COUNTS)}) ({'|'.join(_PLURALS)})(?![^\W_])", re.IGNORECASE),
        re.compile(rf"({'|'.join(lexicon.MULTIPLIERS)}) ([0-9]){_STAYS}*", re.IGNORECASE),
    )


def hits(text: str, encoded: bytes, rules: Dialing, in_words: bool = False) -> list[Hit]:
    """The numbers of a text (`encoded` in UTF-8) told in parts, with digit words read as digits if they may be in
    it."""
    found = joined_parts.hits(counted_digits.told_times(text), rules)
    if not found and rules.country == NORTH_AMERICA:
        found = framed_parts.hits(text, rules)
    has_any = words_among(encoded)
    counted = _COUNTED.sub(lambda match: match[0][:-1] + " ", text) if has_any(_COUNTED_WORDS) else text
    found = found or _told_in(counted, text, rules)
    if in_words and not found:
        counts, repeats = _counts()
        alike = counts.sub(_alike, counted) if has_any(_PLURAL_FORMS) else counted
        written = _WORD.sub(_as_digit, alike)
        if has_any(_MULTIPLIER_FORMS):
            written = repeats.sub(_repeated, written)
        found = joined_parts.hits(written.replace(_STAYS, " "), rules) or _told_in(written, text, rules)
    return found


def words_among(encoded: bytes) -> Callable[[frozenset[bytes]], bool]:
    """Tells whether one of some words may be in a text (UTF-8): sooner known of its words than searched for."""
    if not encoded.isascii() and any([encoded.find(letter) >= 0 for letter in _FOLDED]):  # noqa: C419 -- sooner
        return lambda words: True
    own = digit_stretches.words_of(encoded)[1]
    return lambda words: not words.isdisjoint(own)


_FOLDED = tuple(letter.encode() for letter in sorted(FOLDED))


def _told_in(counted: str, text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text as `counted` tells them: the same without numbers that only count digits."""
    found: list[Hit] = []
    for tokens, marked, lines in _rows(counted):
        digits = "".join([token.digits for token in tokens])
        if _is_round(tokens):
            continue
        start = tokens[0].start
        if marked and _COUNTRY_CODE.search(text, max(0, start - 20), start) is not None:
            found += whole_of([tokens[0]._replace(plus=True), *tokens[1:]], text, rules)
        elif (
            marked > 1
            or (marked and _opens(text, start))
            or (lines == 1 and not marked and _may_wrap(tokens, rules))
            or (marked == 1 and not lines and _is_north_american(tokens, rules))
        ):
            found += _in_region(tokens, digits, text, rules)
    return found or _told_among_words(counted, text, rules)


def _opens(text: str, start: int) -> bool:
    """Whether the words right before `start` tell that a number begins there: `begins 020`."""
    words = _words(text[max(0, start - _NEAR) : start].encode("utf-8", "surrogatepass"))
    return not _OPENING.isdisjoint(words[-3:])


def _told_among_words(counted: str, text: str, rules: Dialing) -> list[Hit]:
    """The numbers of North America in three parts with any words between, if two places tell of order: `702 my friend,
    continue with 555 and finish with 0124`. `counted` as for `_told_in`."""
    if rules.country != NORTH_AMERICA:
        return []
    found: list[Hit] = []
    parts = list(_parts(counted))
    index = 0
    while index + 2 < len(parts):
        three = parts[index : index + 3]
        index += 1
        if [len(part.digits) for part in three] != NORTH_AMERICAN_SHAPES[0] or three[2].digits.endswith("00"):
            continue
        gaps = [counted[before.end : behind.start] for before, behind in zip(three, three[1:])]
        around = counted[max(0, three[0].start - _NEAR) : three[0].start], counted[three[2].end : three[2].end + _NEAR]
        if not all(gap.strip() == "," or _may_part(gap) for gap in gaps):
            continue
        told = sum(map(_tells_of_order, gaps)) + any(map(_tells_of_order, around)) + _names_area(gaps[0])
        if told > 1:
            found += whole_of(three, text, rules)
            index += 2
    return found


def _parts(text: str) -> Iterator[Token]:
    """The digits of a text, each with those that only blanks and the like stand between as one token."""
    tokens: list[Token] = []
    for group in _GROUP.finditer(text):
        start, end = group.span()
        if tokens and _PART_GAP.fullmatch(text, tokens[-1][2], start) is None:
            yield _joined(tokens)
            tokens = []
        tokens.append(token_of((group[0].rstrip(_STAYS), start, end, False, False)))
    if tokens:
        yield _joined(tokens)


def _joined(tokens: list[Token]) -> Token:
    return token_of(("".join([token.digits for token in tokens]), tokens[0].start, tokens[-1].end, False, False))


def _may_part(gap: str) -> bool:
    """Whether words may stand so between two parts of a number: known ones, or any if one is of order."""
    if len(gap) > _LONGEST_GAP or not _SIGNS.isdisjoint(gap):
        return False
    words = _words(gap.encode("utf-8", "surrogatepass"))
    return bool(words) and (_KNOWN.issuperset(words) or not _ORDER.isdisjoint(words))


def _tells_of_order(words: str) -> int:
    """1 if a word of order is among them, 2 if it counts digits as well: `my last four`."""
    found = _words(words.encode("utf-8", "surrogatepass"))
    return 0 if _ORDER.isdisjoint(found) else 1 if _COUNTING.isdisjoint(found) else 2


def _names_area(gap: str) -> bool:
    """Whether words say that the part before is the area code: `410 is the area`."""
    return b"area" in _words(gap.encode("utf-8", "surrogatepass"))


def _as_digit(match: re.Match[str]) -> str:
    word = match[0]
    digit = _digits.get(word)
    if digit is None:
        folded = characters.folded(word)
        digit = "" if folded in lexicon.PROSE else word_roles.ONE_DIGIT.get(folded, "")
        keep(_digits, word, digit, _MOST_DIGITS)
    return digit + _STAYS * (len(word) - 1) if digit and not _only_counts(match) else word


_digits: dict[str, str] = {}
"""Of words met the digit that each is, "" for one that is none or mostly prose."""
_MOST_DIGITS = 20_000


def _only_counts(match: re.Match[str]) -> bool:
    start, end = match.span()
    before = match.string[max(0, start - 8) : start].lower()
    return before.endswith(_COUNTED_BEHIND) and _COUNTED_BEFORE.match(match.string, end) is not None


def _alike(match: re.Match[str]) -> str:
    """`three fives` as three digits."""
    # As for `_repeated`: some letters are only equal to others in upper case.
    count, digit = _COUNTS.get(characters.folded(match[1])), _PLURALS.get(characters.folded(match[2]))
    return match[0] if count is None or digit is None else (digit * count).ljust(len(match[0]), _STAYS)


def _repeated(match: re.Match[str]) -> str:
    """`triple 5` as three digits."""
    # Letters that are only equal to others in upper case are in no word of the list.
    count = lexicon.MULTIPLIERS.get(characters.folded(match[1]))
    return match[0] if count is None else (match[2] * count).ljust(len(match[0]), _STAYS)


def _rows(text: str) -> Iterator[tuple[list[Token], int, int]]:
    """Rows of digit groups, as many digits as a number told so has: their tokens, in how many gaps words stand, in how
    many a line ends."""
    tokens: list[Token] = []
    marked = lines = size = 0
    for group in _GROUP.finditer(text):
        start, end = group.span()
        if tokens:
            gap = text[tokens[-1][2] : start]
            if _PLAIN_GAP.fullmatch(gap) is not None:
                pass
            elif _LINE_GAP.fullmatch(gap) is not None:
                lines += 1
            elif _is_told(gap):
                marked += 1
            else:
                if _FEWEST <= size <= _MOST:
                    yield tokens, marked, lines
                tokens, marked, lines, size = [], 0, 0, 0
        digits = group[0].rstrip(_STAYS)
        size += len(digits)
        tokens.append(token_of((digits, start, end, False, False)))
    if _FEWEST <= size <= _MOST:
        yield tokens, marked, lines


def _is_told(gap: str) -> bool:
    """`_are_told` of the words in a gap, no currency among them."""
    if len(gap) > _LONGEST_GAP or not _SIGNS.isdisjoint(gap):
        return False
    return _are_told(gap.encode("utf-8", "surrogatepass"))


_SIGNS = frozenset("$€£¥₹%@#+=<>")


def _is_round(tokens: list[Token]) -> bool:
    """Whether all groups are round: prices and years."""
    return all([token.digits[-2:] == "00" for token in tokens])  # noqa: C419 -- half the time of a generator


def _may_wrap(tokens: list[Token], rules: Dialing) -> bool:
    """Whether groups over a line's end can be a number: in North America only of the shape that all write."""
    return rules.country != NORTH_AMERICA or _is_north_american(tokens, rules)


def _is_north_american(tokens: list[Token], rules: Dialing) -> bool:
    return rules.country == NORTH_AMERICA and [len(token.digits) for token in tokens] in NORTH_AMERICAN_SHAPES


def _in_region(tokens: list[Token], digits: str, text: str, rules: Dialing) -> list[Hit]:
    if rules.region in WITH_TRUNK and digits[0] != "0":
        return []
    return whole_of(tokens, text, rules)
