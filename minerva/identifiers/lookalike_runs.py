"""Runs of digits in which letters that look like digits stand for some (`4l5-5S5-O123`).

Which part of a run is a phone is decided by the numbering plan (phone_tokens.py). Everything is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers.characters import not_beginning
from minerva.identifiers.kept import keep
from minerva.identifiers.late import late
from minerva.identifiers.phone_context import DATE, has_plus
from minerva.identifiers.phone_shapes import CLUSTER, FEWEST, FULL, SHAPE
from minerva.identifiers.phone_tokens import Row, Run, Token, token_of

LOOKALIKE: dict[str, str] = {
    "O": "0", "o": "0", "Q": "0", "D": "0", "Ø": "0", "ø": "0", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1",
    "L": "1", "Z": "2", "z": "2", "E": "3", "A": "4", "S": "5", "s": "5", "G": "6", "b": "6", "T": "7", "B": "8",
    "g": "9", "q": "9",
    "О": "0", "о": "0", "Ο": "0", "ο": "0", "Օ": "0", "օ": "0", "І": "1", "і": "1", "Ι": "1", "ι": "1", "Ӏ": "1",
    "З": "3", "з": "3", "Э": "3", "э": "3", "Ʒ": "3", "Ч": "4", "ч": "4", "Ѕ": "5", "ѕ": "5", "б": "6", "Б": "6",
    "Ƽ": "5", "ƽ": "5", "Т": "7", "В": "8", "в": "8", "Β": "8", "β": "8", "Ꮾ": "6", "Ց": "8",
    "Ƨ": "2", "Ȝ": "3", "ȝ": "3", "Ӡ": "3", "ӡ": "3", "Ꮞ": "4", "Ȣ": "8", "ȣ": "8", "ǀ": "1", "׀": "1", "ן": "1",
}  # fmt: skip
"""Letters that look like digits; those beyond ASCII stand among digits for no other reason."""
BEYOND_ASCII = {sign: digit for sign, digit in LOOKALIKE.items() if sign > "\x7f"}
ASCII_LETTERS = "".join(sign for sign in LOOKALIKE if sign.isascii() and sign.isalpha())
_CLASS = "".join(map(re.escape, LOOKALIKE))
_PICTURES = "\u00b7\u2022\u2219\u25a0-\u27bf\U0001f300-\U0001faff"


def _stretch(signs: str, like_digits: str) -> re.Pattern[str]:
    # A digit stands first so that the search skips from digit to digit.
    return re.compile(rf"[0-9](?:[ .\-()*~^_{signs}]{{0,3}}[0-9{like_digits}]){{4,}}")


_ASCII = "".join(filter(str.isascii, LOOKALIKE))
_ASCII_CLASS = re.escape(_ASCII)
"""A class of ASCII alone is one bitmap."""
_STRETCH, _STRETCH_WITH_PICTURES = _stretch("", _ASCII_CLASS), _stretch(_PICTURES + "\ufe0f", _CLASS)
_SEPARATORS = " .-()*~^_"
_DIGITS_AND_SIGNS = "0123456789" + _SEPARATORS
_ASCII_SIGNS = _DIGITS_AND_SIGNS + "/" + _ASCII
_SIGNS = _ASCII_SIGNS + "".join(BEYOND_ASCII)
_PICTURE = late(f"[{_PICTURES}\ufe0f]")


def _lookalikes(gaps: str, like_digits: str) -> re.Pattern[str]:
    sign = f"[0-9{like_digits}]"
    gap = r"(?:[ .\-]| [.\-] |\.{3})"
    return re.compile(
        # A sign first, so that the search skips to it; then each digit apart, or in groups.
        rf"{sign}(?<!\w{sign})(?:{gap}(?:{sign}{gap}){{7,15}}{sign}(?!\w)"
        rf"|{sign}{{0,16}}(?:(?:[ .\-()*~^_]{{1,2}}| [/\-~*^_.] {gaps}){sign}{{1,12}}){{0,16}}(?!\w))"
    )


_LOOKALIKE_RUN, _ASCII_RUN = _lookalikes("", _CLASS), _lookalikes("", _ASCII_CLASS)
_LOOKALIKE_RUN_WITH_PICTURES = _lookalikes(rf"| ?[{_PICTURES}]\ufe0f? ?", _CLASS)
_LOOKALIKE_GROUP = late(rf"[0-9{_CLASS}]+")
_FEWEST_REAL = 3

SIGN_BYTES = bytes(48 if chr(code).isdigit() or chr(code) in LOOKALIKE else code for code in range(128)) + bytes(
    range(128, 256)
)
"""Digits and ASCII signs like them as 0."""
_SEPARATOR_BYTES = _SEPARATORS.encode()
_SIGN_KINDS = bytes(
    48 if sign.isdigit() else 49 if sign in LOOKALIKE else 120 if sign.isalnum() else
    32 if sign in _SEPARATORS else 124 for sign in map(chr, range(256))
)  # fmt: skip
"""0 for digits, 1 for signs like them, x for other letters, blanks for plain separators."""


def may_hold(encoded: bytes) -> bool:
    """Whether seven digits and ASCII letters like them, some of each, stand together, plain separators between."""
    signs = encoded.translate(SIGN_BYTES, _SEPARATOR_BYTES)
    if not encoded.isascii():
        if signs.find(CLUSTER) >= 0:
            return True
        # Pictures may stand between.
        signs, encoded = signs.translate(None, _BEYOND_ASCII), encoded.translate(None, _BEYOND_ASCII)
    if signs.find(CLUSTER) < 0:
        return _may_be_slashed(encoded)
    kinds = encoded.translate(_SIGN_KINDS)
    for match in _SIGNS_BEHIND.finditer(kinds):
        if _is_mixed(kinds, *match.span()):
            return True
    return _may_be_slashed(encoded)


def _may_be_slashed(encoded: bytes) -> bool:
    """Whether a group of digits and letters like them stands behind a slash, or an area code before one."""
    return _SLASH in encoded and (_SLASHED.search(encoded) is not None or _AREA_SLASHED.search(encoded) is not None)


_SLASH = ord("/")
# A slash first, so that the search skips from one to the next.
_SLASHED = late(rb"/ ?(?:[OoIl]{1,3}[0-9]|[0-9]{1,3}[OoIl])[0-9OoIl]{0,2}(?![0-9A-Za-z])")
_AREA_SLASHED = late(rb"[0O](?<![0-9A-Za-z/.][0O])[1-9OoIlSB][0-9OoIlSB]{1,3} ?/ ?[0-9OoIlSB]{2}")
"""A trunk prefix, an area code and a slash, as in `O171/39 2OO 63`."""
_SLASHED_RUN = late(rf"(?<![\w/.])[0-9{_CLASS}]{{2,4}}(?: ?//? ?[0-9{_CLASS}]{{2,4}}){{2,4}}(?![\w/])")
_BEHIND_AREA = late(
    rf"(?<![\w/.])[0O][1-9OoIlSB][0-9OoIlSB]{{1,3}} ?/ ?[0-9{_CLASS}]{{2,12}}"
    rf"(?:[ .\-]{{1,2}}[0-9{_CLASS}]{{1,12}}){{0,6}}(?![\w/])"
)


def _is_mixed(kinds: bytes, start: int, end: int) -> bool:
    """Whether enough of signs, the first of them a digit, are digits (0), and they or those before a letter like one
    (1); what is glued to other letters aside."""
    if kinds[end : end + 1] == b"x":
        end = kinds.rfind(b" ", start, end) + 1
    farthest = start - _FARTHEST if start > _FARTHEST else 0
    before = kinds[farthest:start].rstrip(b"01 ")
    first = farthest + len(before)
    if before[-1:] == b"x":
        first = kinds.find(b" ", first, end if end > first else first) + 1 or end
    return kinds.count(b"0", first, end) >= _FEWEST_REAL and kinds.find(b"1", first, end) >= 0


# A digit first, so that the search skips from digit to digit; _FEWEST_REAL of them.
_SIGNS_BEHIND = re.compile(rb"0[1 ]*0[1 ]*0[01 ]*")
_FARTHEST = 24
"""How far before a digit letters like digits are looked for that begin its number."""
_FOREIGN = late("[0-9][ \\-]?[" + "".join(BEYOND_ASCII) + "]")


_UNLIKE_FOREIGN = not_beginning(BEYOND_ASCII)


def has_foreign_letters(encoded: bytes) -> bool:
    """Whether a letter of another script that looks like a digit stands behind a digit of a text (UTF-8)."""
    # Few texts have a byte that one of those begins with.
    return (
        encoded.translate(None, _UNLIKE_FOREIGN) != b""
        and _FOREIGN.search(encoded.decode("utf-8", "surrogatepass")) is not None
    )


def runs(text: str) -> Iterator[Run]:
    """All such runs of a text: three real digits at least and one such letter in each."""
    if text.isascii():
        stretches, found, signs = _STRETCH, _ASCII_RUN, _ASCII_SIGNS
    else:
        stretches, found, signs = _STRETCH_WITH_PICTURES, _LOOKALIKE_RUN_WITH_PICTURES, _SIGNS
    simple = "+" not in text
    for stretch in stretches.finditer(text):
        start, end = stretch.span()
        first = start - _FARTHEST if start > _FARTHEST else 0
        before = text[first:start]
        first += len((before if before.isascii() else _PICTURE.sub(" ", before)).rstrip(signs))
        if first < start or stretch.group().strip(_DIGITS_AND_SIGNS):
            for match in found.finditer(text, first, end + 1):
                raw = match[0]
                if simple:
                    # Bytes are looked up and changed sooner.
                    written = raw.encode("utf-8", "surrogatepass")
                    shape = written.translate(SHAPE)
                    groups = known(shape)
                    if groups is None:
                        groups = groups_of(shape)
                    if groups > 0:
                        if len(written) == len(raw):
                            digits = written.translate(_DIGIT_FOR, _NO_DIGITS).decode()
                        else:
                            digits = raw.translate(_DIGITS_ALONE)
                        yield AlikeRow(text, match.span(), digits, ("lookalike", groups))
                        continue
                    if groups == _NONE:
                        continue
                if _has_lookalikes(raw):
                    yield from _lookalike_run(text, match)
    if "/" in text:
        encoded = text.encode("utf-8", "surrogatepass")
        if _SLASHED.search(encoded) is not None:
            for match in _SLASHED_RUN.finditer(text):
                if _has_lookalikes(match[0]) and DATE.fullmatch(match[0].translate(TO_DIGITS)) is None:
                    yield from _lookalike_run(text, match)
        if _AREA_SLASHED.search(encoded) is not None:
            # A slash parts an area code like a dash. Once for all places, as each copy takes as long as the text.
            dashed = text.replace("/", "-")
            for match in _BEHIND_AREA.finditer(text):
                run = _LOOKALIKE_RUN.fullmatch(dashed, *match.span())
                if run is not None and _has_lookalikes(match[0]):
                    yield from _lookalike_run(text, run)


class AlikeRow(Row):
    """A run of all groups of digits and signs like them of a part of a text."""

    __slots__ = ()

    @property
    def tokens(self) -> list[Token]:
        groups = _LOOKALIKE_GROUP.finditer(self._text, self.start, self.end)
        return [token_of((group[0].translate(TO_DIGITS), *group.span(), False, False)) for group in groups]


_NONE, CAREFULLY = 0, -1
_groups: dict[bytes, int] = {}
"""Of what looks alike (in UTF-8), each digit as 9, how many groups are one run; _NONE where they are no number,
CAREFULLY where `_lookalike_run` must look."""
known = _groups.get
_MOST_KNOWN, _LONGEST_KNOWN = 4096, 40
_MARKS = frozenset("|!")
"""May be marks between and behind sentences."""


def groups_of(look: bytes) -> int:
    shape = look.decode("utf-8", "surrogatepass")
    match = _LOOKALIKE_RUN.fullmatch(shape)
    if len(shape) > _LONGEST_KNOWN or match is None:
        return CAREFULLY
    groups, count = _LOOKALIKE_GROUP.findall(shape), _NONE
    # An I alone may be the speaker, which the text around tells.
    if "I" in groups or not _MARKS.isdisjoint(shape):
        count = CAREFULLY
    elif _has_lookalikes(shape) and (read := list(_lookalike_run(shape, match))):
        count = len(groups) if [run.count for run in read] == [len(groups)] else CAREFULLY
    return keep(_groups, look, count, _MOST_KNOWN)


def _lookalike_run(text: str, match: re.Match[str]) -> Iterator[Run]:
    raw = match.group()
    offset = match.start()
    may_have_plus = "+" in text
    tokens: list[Token] = []
    letters = 0
    cut = False
    for group in _LOOKALIKE_GROUP.finditer(raw):
        written = group[0]
        first, last = group.span()
        start, end = offset + first, offset + last
        if written.isdigit():
            tokens.append(token_of((written, start, end, may_have_plus and has_plus(text, start), False)))
            continue
        only_letters = written.isalpha() and written.isascii()
        if (
            (
                only_letters
                and (_is_word(raw, first, last) or _is_clause(raw, first, last) or _begins_sentence(raw, first, last))
            )
            or (written == "I" and _is_speaker(text, start))
            or not written.strip("|!")
            or _SIZE.fullmatch(written) is not None
        ):
            # A word or a mark between sentences is no part of a number (`5o3-555-3948 is my cell`), nor is what a unit
            # measures.
            if written.lower() in _UNITS and tokens:
                tokens.pop()
            yield from _piece(text, tokens, letters)
            tokens, letters, cut = [], 0, True
            continue
        letters += only_letters
        bare = written.rstrip("|!")
        ends = bare != written and sum([len(token[0]) for token in tokens]) + len(bare) >= FULL
        if ends:
            # The mark of a sentence's end.
            written, end = bare, start + len(bare)
        plus = may_have_plus and has_plus(text, start)
        tokens.append(token_of((written.translate(TO_DIGITS), start, end, plus, False)))
        if ends:
            yield from _piece(text, tokens, letters)
            tokens, letters, cut = [], 0, True
    if cut:
        yield from _piece(text, tokens, letters)
    elif letters < 2 or _is_spaced(tokens):
        yield Run(tokens, "lookalike")


def _is_word(raw: str, start: int, end: int) -> bool:
    """Whether letters that look like digits are a word: a known one, or small ones or capitals with some that seldom
    stand for digits, capitals unless a sign joins them to other groups (`EAT-5ss-0167`)."""
    letters = raw[start:end]
    if letters.lower() in _WORDS:
        return True
    if letters.islower():
        return len(letters) > 2 and not _OFTEN.issuperset(letters)
    return (
        letters.isupper()
        and len(letters) > 1
        and not _OFTEN_IN_CAPITALS.issuperset(letters)
        and not _is_joined(raw[end : end + 2])
        and not _is_joined(raw[max(0, start - 2) : start][::-1])
    )


def _begins_sentence(raw: str, start: int, end: int) -> bool:
    """Whether letters begin the sentence behind a number as a word does: `3B80. Il locale`."""
    return start > 1 and raw[start - 2 : start] == ". " and end - start > 1 and raw[start:end].istitle()


def _is_joined(beside: str) -> bool:
    """Whether the two characters beside letters, the nearer one first, join them to what is beyond."""
    return len(beside) == 2 and beside[0] in _JOINING and beside[1] != " "


def _is_speaker(text: str, start: int) -> bool:
    """Whether a letter begins a sentence as who speaks: `32121-6254. I am home`."""
    return text[max(0, start - 2) : start] == ". " and _SAYS.match(text, start + 1) is not None


def _is_clause(raw: str, start: int, end: int) -> bool:
    """Whether a letter names a clause of what stands before: `Sec. 415.555(b)(1)`."""
    if end - start > 1 or start < 2:
        return False
    return raw[end : end + 1] == ")" and raw[start - 1] == "(" and raw[start - 2].isdigit()


def _is_spaced(tokens: list[Token]) -> bool:
    """Whether each digit of a whole number stands alone, as no words do: `9 O 4 - S S S - O I 2 S`."""
    return len(tokens) >= FULL and max([len(token[0]) for token in tokens]) == 1


def _piece(text: str, tokens: list[Token], letters: int) -> Iterator[Run]:
    """The run of a piece of what was found, `letters` of its groups letters alone, if it can be a number by itself."""
    if tokens and letters < 2 and _has_lookalikes(text[tokens[0].start : tokens[-1].end]):
        yield Run(tokens, "lookalike")


def _has_lookalikes(raw: str) -> bool:
    """Whether a run has signs enough for a number, and of those that look like digits some and not too many."""
    encoded = raw.encode()
    real = len(encoded) - len(encoded.translate(None, _REAL))
    latin = len(encoded) - len(encoded.translate(None, _LATIN))
    other = len(raw) - len(encoded.translate(None, _BEYOND_ASCII))
    if not latin + other or real + latin + other < FEWEST:
        return False
    if latin > real:
        # More letters than digits: only in a long number, and only the letters that are most like digits.
        closest = len(encoded) - len(encoded.translate(None, _CLOSEST))
        if other or real + latin < FULL - 1 or closest < latin:
            return False
    return real >= _FEWEST_REAL or other > 3


_JOINING = ".-*~^_"
_OFTEN, _OFTEN_IN_CAPITALS = frozenset("ols"), frozenset("OILSZBGQ")
_UNITS = frozenset(["lb", "lbs", "oz"])
_SIZE = late(r"[0-9]{1,4}(?:GB|Gb|gb|TB|Tb|tb)")
"""A size of a memory or disk."""
_SAYS = late(r" (?=[a-z]*[ac-fhjkmnprt-y])[a-z]{2,}(?![^\W_])")
"""A word with letters like no digit."""
_REAL = b"0123456789"
_LATIN = _ASCII.encode()
_CLOSEST = b"OoIlSs"
_BEYOND_ASCII = bytes(range(128, 256))
TO_DIGITS = str.maketrans(LOOKALIKE)
_DIGIT_FOR = bytes.maketrans(_LATIN, "".join(map(LOOKALIKE.__getitem__, _ASCII)).encode())
_NO_DIGITS = _SEPARATOR_BYTES + b"/"
_DIGITS_ALONE = {**TO_DIGITS, **dict.fromkeys(_NO_DIGITS, None)}
_WORDS = frozenset(
    ["as", "is", "go", "so", "do", "all", "ill", "sell", "at", "it", "bill", "big", "lbs", "lb", "is", "las", "los",
     "also", "be", "best", "size", "ages", "age", "total", "deal", "sale", "lots", "oz", "lo", "de", "del"]
)  # fmt: skip
