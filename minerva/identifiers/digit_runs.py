"""Runs of digits with odd signs between them, with look-alike letters for digits, or written backwards.

Which part of a run is a phone is decided by the numbering plan (phone_tokens.py). Everything is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from minerva.identifiers.kept import keep
from minerva.identifiers.phone_context import has_plus
from minerva.identifiers.phone_shapes import BEFORE
from minerva.identifiers.phone_tokens import NORTH_AMERICAN_SHAPES, Row, Run, Token, token_of

_GROUP = re.compile(r"[0-9]+")
_FEWEST = 7
_ODD = re.compile(r"[0-9](?:[\W_]{0,7}[0-9]){6,40}")
_MOST = 41
_WIDEST = 7
"""Signs between two digits of a run."""
_PLAIN_GAP = re.compile(r"(?:[ \t.\-()\[\]]|/(?!/)){1,4}")
_ODD_GAP = re.compile(
    r"(?: {0,2}[^\w\s$€£¥%:,+'\"=#@&?|]{1,3}){1,3} {0,2}| ?_{1,3} ?| {0,2}[~^*=]{1,4} {0,2}|[|]{1,3}| {5,7}"
    r"|\W{0,3}[\U0001f000-\U0001faff\u2600-\u27bf]\W{0,3}"
)
_SOLE_GAPS = frozenset([",", ", ", "'", ":", '"', "=", "&", "\n", "+", "#", "\\", " , ", " : ", "' ", "::", '" "',
                        "' '"])  # fmt: skip
"""Signs that must stand in every gap of a run: elsewhere they end one."""
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:[:,'\"][0-9]{1,2})+")

LOOKALIKE: dict[str, str] = {
    "O": "0", "o": "0", "Q": "0", "D": "0", "Ø": "0", "ø": "0", "I": "1", "l": "1", "i": "1", "|": "1", "!": "1",
    "L": "1", "Z": "2", "z": "2", "E": "3", "A": "4", "S": "5", "s": "5", "G": "6", "b": "8", "T": "7", "B": "8",
    "g": "9", "q": "9",
    "О": "0", "о": "0", "Ο": "0", "ο": "0", "Օ": "0", "օ": "0", "І": "1", "і": "1", "Ι": "1", "ι": "1", "Ӏ": "1",
    "З": "3", "з": "3", "Э": "3", "э": "3", "Ʒ": "3", "Ч": "4", "ч": "4", "Ѕ": "5", "ѕ": "5", "б": "6", "Б": "6",
    "Ƽ": "5", "ƽ": "5", "Т": "7", "В": "8", "в": "8", "Β": "8", "β": "8", "Ꮾ": "6", "Ց": "8",
}  # fmt: skip
"""Letters that look like digits; those beyond ASCII stand among digits for no other reason."""
ASCII_LETTERS = "".join(sign for sign in LOOKALIKE if sign.isascii() and sign.isalpha())
OTHER_LOOK = {"b": "6", "D": "0", "Z": "7"}
"""Second readings, given as alternatives."""
_CLASS = "".join(map(re.escape, LOOKALIKE))
_PICTURES = "\u2600-\u27bf\U0001f300-\U0001faff"


def _stretch(signs: str) -> re.Pattern[str]:
    # A digit stands first so that the search skips from digit to digit.
    return re.compile(rf"[0-9](?:[ .\-(){signs}]{{0,3}}[0-9{_CLASS}]){{4,}}")


_STRETCH, _STRETCH_WITH_PICTURES = _stretch(""), _stretch(_PICTURES + "\ufe0f")
_DIGITS_AND_SIGNS = "0123456789 .-()"
_SIGNS = "0123456789 .-()/" + "".join(LOOKALIKE)


def _lookalikes(gaps: str) -> re.Pattern[str]:
    return re.compile(
        # each digit apart, or in groups
        rf"(?<!\w)(?:(?:[0-9{_CLASS}](?:[ .\-]| - )){{9,16}}[0-9{_CLASS}](?!\w)"
        rf"|[0-9{_CLASS}]{{1,17}}(?:(?:[ .\-()]{{1,2}}| / {gaps})[0-9{_CLASS}]{{1,12}}){{0,16}}(?!\w))"
    )


_LOOKALIKE_RUN, _LOOKALIKE_RUN_WITH_PICTURES = _lookalikes(""), _lookalikes(rf"| ?[{_PICTURES}]\ufe0f? ?")
_LOOKALIKE_GROUP = re.compile(rf"[0-9{_CLASS}]+")
_FEWEST_REAL = 3
_FULL = 10
"""Digits that are a whole number in most countries."""


_CLUSTER = b"0" * _FEWEST
_DIGIT_BYTES = bytes(48 if 48 <= code <= 57 else code for code in range(256))
_SIGN_BYTES = bytes(48 if chr(code).isdigit() or chr(code) in LOOKALIKE else code for code in range(128)) + bytes(
    range(128, 256)
)
_SEPARATORS = bytes(code for code in range(256) if code > 127 or not (chr(code).isalnum() or chr(code) in "$%:"))
_UNLIKE_SEPARATORS = bytes(code for code in _SEPARATORS if chr(code) not in LOOKALIKE)
_TIGHT_SEPARATORS = bytes(code for code in _SEPARATORS if code != 32)
_SIGN_KINDS = bytes(
    48 if sign.isdigit() else 49 if sign in LOOKALIKE else 120 if sign.isalnum() or sign == "_" else
    32 if sign in " .-()" else 124 for sign in map(chr, range(256))
)  # fmt: skip
"""0 for digits, 1 for signs like them, x for other letters, blanks for plain separators."""
_COLONS = re.compile(
    # A colon first, as few texts have many.
    rb":(?:(?<=[0-9]{2}:):?[0-9]{2,4}::?[0-9]{2,4}::?[0-9]|(?<=[0-9]{3}:)[0-9]{3}:[0-9]{4})"
)


def may_hold_any(encoded: bytes) -> bool:
    """False where `may_hold` and `may_hold_letters` are: one look settles most texts."""
    return encoded.translate(_SIGN_BYTES, _UNLIKE_SEPARATORS).find(_CLUSTER) >= 0 or _may_be_between_colons(encoded)


def may_hold(encoded: bytes, found: bool = False) -> bool:
    """Whether seven digits stand together in a text (UTF-8), separators aside; without blanks between if numbers were
    `found` already."""
    # `find`, as `in` of bytes takes three times as long.
    if encoded.translate(_DIGIT_BYTES, _TIGHT_SEPARATORS if found else _SEPARATORS).find(_CLUSTER) >= 0:
        return True
    return _may_be_between_colons(encoded)


def _may_be_between_colons(encoded: bytes) -> bool:
    return encoded.find(b":") >= 0 and _COLONS.search(encoded) is not None


def may_hold_letters(encoded: bytes, found: bool = False) -> bool:
    """`may_hold` of digits and ASCII letters like them, some of each, with none but plain separators between."""
    signs = encoded.translate(_SIGN_BYTES, b".-()" if found else b" .-()")
    if not encoded.isascii():
        if signs.find(_CLUSTER) >= 0:
            return True
        if found:
            return False
        # Pictures may stand between.
        signs, encoded = signs.translate(None, _BEYOND_ASCII), encoded.translate(None, _BEYOND_ASCII)
    if signs.find(_CLUSTER) < 0:
        return False
    kinds = encoded.translate(_SIGN_KINDS)
    for match in _SIGNS_BEHIND.finditer(kinds):
        start, end = match.span()
        if kinds.count(b"0", start, end) >= _FEWEST_REAL and _is_mixed(kinds, start, end):
            return True
    return False


def _is_mixed(kinds: bytes, start: int, end: int) -> bool:
    """Whether enough of signs, the first of them a digit, are digits (0), and they or those before a letter like one
    (1); what is glued to other letters aside."""
    if kinds[end : end + 1] == b"x":
        end = kinds.rfind(b" ", start, end) + 1
    before = kinds[max(0, start - _FARTHEST) : start].rstrip(b"01 ")
    first = max(0, start - _FARTHEST) + len(before)
    if before[-1:] == b"x":
        first = kinds.find(b" ", first, max(end, first)) + 1 or end
    return kinds.count(b"0", first, end) >= _FEWEST_REAL and kinds.find(b"1", first, end) >= 0


# A digit first, so that the search skips from digit to digit.
_SIGNS_BEHIND = re.compile(rb"0[01 ]{2,}")
_FARTHEST = 24
"""How far before a digit letters like digits are looked for that begin its number."""
_FOREIGN = re.compile("[0-9] ?[" + "".join(sign for sign in LOOKALIKE if sign > "\x7f") + "]")


def has_foreign_letters(text: str) -> bool:
    """Whether a letter of another script that looks like a digit stands behind a digit."""
    return _FOREIGN.search(text) is not None


def _odd_spans(text: str, kinds: bytes) -> Iterable[tuple[int, int]]:
    """The spans of all matches of _ODD, found sooner in ASCII; parameters as for `odd_runs`."""
    if len(kinds) != len(text) + BEFORE:
        return [match.span() for match in _ODD.finditer(text)]
    spans = []
    match = _no_letters(kinds)
    while match is not None:
        start, end = match.span()
        digits = kinds.count(b"9", start, end)
        if digits >= _MOST or end - start - digits > _WIDEST:
            spans += [odd.span() for odd in _ODD.finditer(text, start - BEFORE, end - BEFORE)]
        elif digits >= _FEWEST:
            spans.append((start - BEFORE, kinds.rfind(b"9", start, end) + 1 - BEFORE))
        match = _no_letters(kinds, end)
    return spans


# A digit first, so that the search skips from digit to digit.
_no_letters = re.compile(rb"9[^a]{6,}").search


def odd_runs(text: str, kinds: bytes, taken: list[tuple[int, int]]) -> Iterator[Run]:
    """Runs of seven digits or more with odd signs between (`415*555*0123`), outside the spans that are `taken`
    (sorted). Runs over line ends are read as `split`. `kinds` is the text by phone_shapes.KINDS behind blanks."""
    done = 0
    may_have_plus = "+" in text
    index = 0
    for start, end in _odd_spans(text, kinds):
        if start < done:
            continue
        tokens: list[Token] = []
        gaps: list[str] = []
        full = end - start >= _MOST and sum(map(text[start:end].count, "0123456789")) == _MOST
        reach = len(text) if full else end
        last = -1
        while index < len(taken) and taken[index][1] <= start:
            index += 1
        near = index < len(taken) and taken[index][0] < reach
        if not (near or full or may_have_plus):
            written = text[start:end].encode("utf-8", "surrogatepass")
            shape = written.translate(_AS_NINES)
            row = _rows.get(shape) or _row(shape)
            if row[0] != _CUT:
                done = end
                if row[0]:
                    yield Row(text, (start, end), written.translate(None, _NOT_DIGITS).decode(), row)
                continue
        for group in _GROUP.finditer(text, start, reach):
            first, behind = group.span()
            gap = ""
            if last >= 0:
                gap = text[last:first]
                if full and len(gap) > 7:
                    break
            blocked = False
            if near:
                while index < len(taken) and taken[index][1] <= first:
                    index += 1
                blocked = index < len(taken) and taken[index][0] < behind
            plus = may_have_plus and has_plus(text, first)
            if tokens and (blocked or plus or _gap_kind(gap) == _APART):
                yield from _odd_tokens(text, tokens, gaps)
                tokens, gaps = [], []
            if blocked:
                last = -1
            else:
                if tokens:
                    gaps.append(gap)
                tokens.append(token_of((group[0], first, behind, plus, False)))
                last = behind
            done = behind
        yield from _odd_tokens(text, tokens, gaps)


_AS_NINES = bytes(57 if 48 <= code <= 57 else code for code in range(256))
_NOT_DIGITS = bytes(code for code in range(256) if not 48 <= code <= 57)
_CUT = "cut"
_rows: dict[bytes, tuple[str, int]] = {}
"""How groups that look alike (each digit as 9, in UTF-8) are read in one run, "" for those that are none, and how many
they are; _CUT for those with a gap that ends a run."""
_MOST_ROWS = 4096


def _row(shape: bytes) -> tuple[str, int]:
    written = shape.decode("utf-8", "surrogatepass")
    groups, gaps = _GROUP.findall(written), _GROUP.split(written)[1:-1]
    method = _CUT if _APART in map(_gap_kind, gaps) else _method_of(written, groups, gaps)
    return keep(_rows, shape, (method, len(groups)), _MOST_ROWS)


_APART, _PLAIN, _ODDLY, _SOLE = range(4)


@lru_cache(maxsize=4096)
def _gap_kind(gap: str) -> int:
    """What a gap between two groups of a run is: plain, odd, one that must stand in every gap, or one that ends it."""
    if gap in _SOLE_GAPS:
        return _SOLE
    if gap == "" or _PLAIN_GAP.fullmatch(gap) is not None:
        return _PLAIN
    return _ODDLY if _ODD_GAP.fullmatch(gap) is not None else _APART


def _odd_tokens(text: str, tokens: list[Token], gaps: list[str]) -> Iterator[Run]:
    if gaps:
        method = _method_of(text[tokens[0].start : tokens[-1].end], [token.digits for token in tokens], gaps)
        if method:
            yield Run(tokens, method)


def _method_of(written: str, groups: list[str], gaps: list[str]) -> str:
    """How the groups that are `written` with `gaps` between, none of which ends a run, are read: "" if they are too few
    or no gap is odd."""
    if not gaps or sum(map(len, groups)) < _FEWEST:
        return ""
    different = set(gaps)
    kinds = set(map(_gap_kind, different))
    if kinds == {_PLAIN}:
        return ""
    if _SOLE in kinds:
        if any("," in gap for gap in different) and not _is_listed_number(groups):
            return ""
        if len(different) > 1 and not _is_wrapped(groups, gaps):
            return ""
        if _THOUSANDS.fullmatch(written) and not (len(groups) >= _FULL and max(map(len, groups)) == 1):
            return ""
    return "split" if "\n" in different else "separators"


def _is_wrapped(groups: list[str], gaps: list[str]) -> bool:
    """Whether a line ends once within a number of North American shape, whose other gaps are plain and alike."""
    return (
        list(map(len, groups)) in NORTH_AMERICAN_SHAPES
        and gaps.count("\n") == 1
        and len(set(gaps)) == 2
        and all(gap == "\n" or _gap_kind(gap) == _PLAIN for gap in gaps)
    )


def _is_listed_number(groups: list[str]) -> bool:
    """Whether groups with commas between could be one number: single digits, or three or four groups, the last longer
    than three; most rows with commas are lists."""
    sizes = list(map(len, groups))
    return max(sizes) == 1 or (len(sizes) in (3, 4) and sizes[-1] > sizes[-2] == 3)


def lookalike_runs(text: str) -> Iterator[Run]:
    """Runs in which letters stand for digits (`4l5-5S5-O123`): three real digits at least and one such letter."""
    is_ascii = text.isascii()
    stretches = _STRETCH if is_ascii else _STRETCH_WITH_PICTURES
    runs = _LOOKALIKE_RUN if is_ascii else _LOOKALIKE_RUN_WITH_PICTURES
    for stretch in stretches.finditer(text):
        start, end = stretch.span()
        before = text[max(0, start - _FARTHEST) : start].rstrip(_SIGNS)
        first = max(0, start - _FARTHEST) + len(before)
        if first < start or stretch.group().strip(_DIGITS_AND_SIGNS):
            for match in runs.finditer(text, first, end + 1):
                if _has_lookalikes(match[0]):
                    yield from _lookalike_run(text, match)


def _lookalike_run(text: str, match: re.Match[str]) -> Iterator[Run]:
    raw = match.group()
    offset = match.start()
    may_have_plus = "+" in text
    tokens: list[Token] = []
    letters = 0
    cut = False
    for group in _LOOKALIKE_GROUP.finditer(raw):
        written = group.group()
        if not written.isdigit():
            only_letters = written.isalpha() and written.isascii()
            if (only_letters and len(written) > 1 and written.lower() in _WORDS) or not written.strip("|!"):
                # A word or a mark between sentences is no part of a number (`5o3-555-3948 is my cell`), nor is what a
                # unit measures.
                if written.lower() in _UNITS and tokens:
                    tokens.pop()
                yield from _piece(text, tokens, letters)
                tokens, letters, cut = [], 0, True
                continue
            letters += only_letters
        start, end = offset + group.start(), offset + group.end()
        bare = written.rstrip("|!")
        ends = bare != written and sum([len(token[0]) for token in tokens]) + len(bare) >= _FULL
        if ends:
            # The mark of a sentence's end.
            written, end = bare, start + len(bare)
        digits = written.translate(_TO_DIGITS)
        tokens.append(token_of((digits, start, end, may_have_plus and has_plus(text, start), False)))
        if ends:
            yield from _piece(text, tokens, letters)
            tokens, letters, cut = [], 0, True
    if cut:
        yield from _piece(text, tokens, letters)
    elif letters < 2 or _is_spaced(tokens):
        yield Run(tokens, "lookalike")


def _is_spaced(tokens: list[Token]) -> bool:
    """Whether each digit of a whole number stands alone, as no words do: `9 O 4 - S S S - O I 2 S`."""
    return len(tokens) >= _FULL and max([len(token[0]) for token in tokens]) == 1


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
    if not latin + other or real + latin + other < _FEWEST:
        return False
    if latin > real:
        # More letters than digits: only in a long number, and only the letters that are most like digits.
        closest = len(encoded) - len(encoded.translate(None, _CLOSEST))
        if other or real + latin < _FULL - 1 or closest < latin:
            return False
    return real >= _FEWEST_REAL or other > 3


_UNITS = frozenset(["lb", "lbs", "oz"])
_REAL = b"0123456789"
_LATIN = "".join(sign for sign in LOOKALIKE if sign < "\x80").encode()
_CLOSEST = b"OoIlSs"
_BEYOND_ASCII = bytes(range(128, 256))
_TO_DIGITS = str.maketrans(LOOKALIKE)
_WORDS = frozenset(
    ["as", "is", "go", "so", "do", "all", "ill", "sell", "at", "it", "bill", "big", "lbs", "lb", "is", "las", "los",
     "also", "be", "best", "size", "ages", "age", "total", "deal", "sale", "lots", "oz", "lo", "de", "del"]
)  # fmt: skip


_AREA_BEHIND = re.compile(
    r"(?<![0-9])([2-9][0-9]{2})[ .\-]?([0-9]{4})(?![0-9]).{0,100}?(?:(?:area code|prefix)[ :]{0,2}(?:is )?[(\[]? ?"
    r"([2-9][0-9]{2})[)\]]?(?![0-9])|(?<![0-9])([2-9][0-9]{2}) (?:area code|prefix))",
    re.IGNORECASE,
)


_AREA_BEFORE = re.compile(
    r"(?:area code|prefix)[ :]{0,2}(?:is )?[(\[]? ?([2-9][0-9]{2})(?![0-9]).{1,100}?(?<![0-9$])"
    r"([2-9][0-9]{2}[ .\-]?[0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_DDD_BEHIND = re.compile(
    r"(?<![0-9])(9?[2-9][0-9]{3})[ .\-]?([0-9]{4})(?![0-9]).{0,100}?(?<![^\W_])ddd[ :]{0,2}(?:(?:é|e|is) )?\(?"
    r"([1-9][0-9])(?![0-9])",
    re.IGNORECASE,
)


def area_apart_runs(text: str) -> Iterator[Run]:
    """Numbers of North America and Brazil whose area code is named apart: `555-0149, area code (312)`."""
    for pattern in (_AREA_BEHIND, _DDD_BEHIND):
        for match in pattern.finditer(text):
            first, second, *areas = match.groups()
            yield Run([Token("".join(filter(None, areas)) + first + second, *match.span())], "split")
    for match in _AREA_BEFORE.finditer(text):
        yield Run([Token(match[1] + "".join(_GROUP.findall(match[2])), match.start(1), match.end(2))], "split")


_CROSSED = re.compile(
    r"(?<![^\W_])[xX]?(?:[0-9](?:[xX][0-9]){9,14}|[2-9][0-9]{2}[xX][2-9][0-9]{2}[xX][0-9]{4})[xX]?"
    r"(?![^\W_]| ?(?:mm|cm|in)\b)"
)
_WITH_X = re.compile(rb"[0-9][xX][0-9]")
_BY_X = re.compile(r"(?:^[xX])?[0-9]+(?:[xX]$)?")


def may_be_crossed(encoded: bytes) -> bool:
    """Whether an x stands between two digits of a text."""
    return (encoded.find(b"x") >= 0 or encoded.find(b"X") >= 0) and _WITH_X.search(encoded) is not None


def crossed_runs(text: str, in_north_america: bool) -> Iterator[Run]:
    """Runs of digits with an x between each two, or between the groups of a North American number: `514x555x0143`.
    Other groups are measures."""
    for match in _CROSSED.finditer(text):
        start = match.start()
        groups = list(_BY_X.finditer(match[0]))
        if in_north_america or len(groups) >= _FULL:
            yield Run([Token(each[0].strip("xX"), start + each.start(), start + each.end()) for each in groups],
                      "separators")  # fmt: skip


def reversed_runs(text: str) -> Iterator[Run]:
    """Runs of digits, read backwards; for texts that say so."""
    for match in _ODD.finditer(text):
        digits = "".join(filter(str.isdigit, match.group()))[::-1]
        yield Run([Token(digits, match.start(), match.end())], "reversed")
