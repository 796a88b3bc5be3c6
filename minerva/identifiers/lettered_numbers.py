"""Numbers of any country in which letters stand for most digits (`O6 - 74 - 39 - SS - BB`), where a word announces
them.

Only the letters most like digits count, the gaps between all groups are alike, one group at least has letters and
digits, and all groups together are one number of the region's plan. Everything is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import announced
from minerva.identifiers.id_labels import follows_id
from minerva.identifiers.late import late
from minerva.identifiers.lookalike_runs import BEYOND_ASCII
from minerva.identifiers.phone_tokens import Run, Token

LETTERS = "OoIliSsZzB"
_TO_DIGITS = str.maketrans(LETTERS, "0011155228")
_SIGN = f"[0-9{LETTERS}]"
_PICTURE = "[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?"
_GAP = rf" - | \. | / | ?{_PICTURE} ?|[ .\-~*_/|]"
_MOST_GROUPS = 9
_GROUP = late(f"{_SIGN}+")
# The sign first, so that the search skips to it; nothing of a word or price stands before. All gaps are alike.
_RUN = late(
    rf"{_SIGN}(?<![^\W_].)(?<![@#$€£¥].){_SIGN}{{0,12}}(?![^\W_])"
    rf"(?:({_GAP}){_SIGN}{{1,13}}(?![^\W_])(?:\1{_SIGN}{{1,13}}(?![^\W_])){{0,{_MOST_GROUPS - 2}}})?"
)


def _kinds_of(letters: str) -> bytes:
    """A table for bytes.translate: digits as 1, letters like them as 0, the rest as x."""
    return bytes(49 if 48 <= code <= 57 else 48 if chr(code) in letters else 120 for code in range(256))


_KINDS = _kinds_of(LETTERS)
_SIGNS = _KINDS.replace(b"1", b"0")
_DELETED = b" .-~*_/|" + bytes(range(128, 256))
_FEWEST, _MOST = 8, 15
_FEWEST_REAL, _FEWEST_LETTERS = 3, 2
_CLUSTER = b"0" * _FEWEST
_LONGEST = 13
"""Signs of a group."""
# A digit first, so that the search skips from digit to digit.
_BESIDE = re.compile(b"1(?:(?=0)|(?<=01))")
"""By kinds, a digit beside a letter like one."""
_WRITTEN = b"0123456789" + LETTERS.encode()
_REAL = frozenset("0123456789")
WORDS = frozenset(["is", "so", "lol", "oil", "iso", "ill", "sos", "sol", "bio", "los", "solo", "oils", "i", "o"])
"""Words and names of such letters alone, which no number begins with."""
_REACH = 40
_SAID = late(r"[^\W\d_]+")
_BEGINNINGS = ("telef", "téléf", "appel", "llam", "llám", "escríb", "escrib", "chiam", "scriv", "ruf")
_MARKS = (":", ">", "=", "\u2192", " at", " on")
"""What announces a number: words close before it and their beginnings, and what stands right before it."""


def may_hold(encoded: bytes) -> bool:
    """Whether digits and letters like them stand together in a text (UTF-8), separators aside, enough for a number, and
    both in one group."""
    kinds = encoded.translate(_KINDS)
    if kinds.find(b"10") < 0 and kinds.find(b"01") < 0:
        return False
    if encoded.translate(_SIGNS, _DELETED).find(_CLUSTER) < 0:
        return False
    for match in _BESIDE.finditer(kinds):
        start, end = match.span()
        before = encoded[max(0, start - _LONGEST) : start].rstrip(_WRITTEN)[-1:]
        if not (before.isalnum() or before == b"@") and not (
            encoded[end : end + _LONGEST].lstrip(_WRITTEN)[:1].isalnum()
        ):
            return True
    return False


def runs(text: str) -> Iterator[Run]:
    """Each such number as one token, which is one number or none."""
    yield from _of_many_letters(text)
    place = 0
    while (match := _RUN.search(text, place)) is not None:
        start, place = match.span()
        written = match[0]
        if written.upper() == written.lower() or (len(written) < _FEWEST and match[1] is None):
            # Digits alone, or too few.
            continue
        groups = _GROUP.findall(written)
        place = start + len(groups[0])
        end = match.end()
        while groups[-1].lower() in WORDS and len(groups) > 1:
            end -= len(groups.pop()) + len(match[1])
        if groups[0].lower() not in WORDS and _may_be_number(groups) and is_announced(text, start):
            plus = text[start - 1 : start] == "+"
            yield Run([Token("".join(groups).translate(_TO_DIGITS), start, end, plus)], "lookalike")
            place = end


_WIDE_LETTERS = "OoIliSsZzBEATGbgqQ"
_WIDE_DIGITS = dict(zip(_WIDE_LETTERS, "001115522834766990"))
_WIDE_TO_DIGITS = str.maketrans(_WIDE_DIGITS)
_WIDE_SIGN = f"[0-9{_WIDE_LETTERS}]"
_WIDE = late(
    # a digit first, so that the search skips to it
    rf"[0-9](?:(?<=(?<![^\W_])[0-9])|(?<=(?<![^\W_]){_WIDE_SIGN}[0-9])|(?<=(?<![^\W_]){_WIDE_SIGN}{{2}}[0-9])"
    rf"|(?<=(?<![^\W_]){_WIDE_SIGN}{{3}}[0-9])){_WIDE_SIGN}{{0,12}}(?:[.\-]{_WIDE_SIGN}{{1,8}}){{0,6}}(?![^\W_])"
)
"""Groups of digits and of all letters that are drawn for some, from the first digit on; up to three letters before."""
_MOST_BEFORE = 3
_LEAST = 10
"""Signs of a number with more than the letters most like digits."""


def _of_many_letters(text: str) -> Iterator[Run]:
    """Numbers right behind a word that announces them, with any letters that are drawn for digits: `3E3-iOO-Z1O3`."""
    for match in _WIDE.finditer(text):
        start, end = match.span()
        before = text[max(0, start - _MOST_BEFORE) : start]
        start -= len(before) - len(before.rstrip(_WIDE_LETTERS))
        written = "".join(_WIDE_GROUP.findall(text, start, end))
        letters = sum(map(str.isalpha, written))
        if not (_LEAST <= len(written) <= _MOST and letters > 1 and len(written) - letters >= _FEWEST_REAL):
            continue
        if _is_told_right_before(text, start):
            plus = text[start - 1 : start] == "+"
            yield Run([Token(written.translate(_WIDE_TO_DIGITS), start, end, plus)], "lookalike")


_WIDE_GROUP = late(f"{_WIDE_SIGN}+")
_ODD = {**_WIDE_DIGITS, "$": "5", "|": "1", "\u00df": "8", **BEYOND_ASCII}
"""All signs that are drawn for a digit, in numbers of which most groups hold some."""
_ODD_SIGNS = f"0-9{''.join(map(re.escape, _ODD))}"
_ODD_RUN = late(
    rf"(?<![^\W_])(?<![@#])\(?[{_ODD_SIGNS}]{{1,14}}\)?"
    rf"(?:(?: ?[.\-/_*] ?| )[{_ODD_SIGNS}]{{1,13}}){{0,{_MOST_GROUPS - 1}}}"
    r"(?![^\W_]|[%\u20ac])"
)
_ODD_GROUP = late(f"[{_ODD_SIGNS}]+")
_ODD_TO_DIGITS = str.maketrans(_ODD)
_ODD_KINDS = _kinds_of(_WIDE_LETTERS)


_ODD_SEEN = late(rf"[0-9](?:(?=[{''.join(map(re.escape, _ODD))}])|(?<=[{''.join(map(re.escape, _ODD))}].))")
_ODD_ROW = "0123456789 .-/_*()" + "".join(_ODD)
_MOST_ODD = 64
"""Signs of a row before and behind its first digit beside a letter."""


def may_be_odd(encoded: bytes) -> bool:
    """Whether a group in a text (UTF-8) is of digits and signs drawn for some alone, as in what `odd_runs` reads."""
    for match in _BESIDE.finditer(encoded.translate(_ODD_KINDS)):
        start, end = match.span()
        before = encoded[start - _MOST_LEADING if start > _MOST_LEADING else 0 : start].rstrip(_ODD_WRITTEN)[-1:]
        # More such letters before the first digit are a word.
        if (
            (before or start < _MOST_LEADING)
            and not (before.isalnum() or before in _GLUED)
            and not ((after := encoded[end : end + _LONGEST].lstrip(_ODD_WRITTEN)[:1]).isalnum() or after in _GLUED)
        ):
            return True
    return False


_ODD_WRITTEN = b"0123456789$|" + _WIDE_LETTERS.encode()
_MOST_LEADING = 5
_GLUED = (b"@", b"#")
"""What stands beside a group within an address or name."""


def odd_runs(text: str) -> Iterator[Run]:
    """Numbers behind a plus sign or what announces them, with any signs drawn for digits: `+44 TS4z/O7z494`."""
    done = 0
    for seen in _ODD_SEEN.finditer(text):
        if seen.start() < done:
            continue
        # From where nothing but such groups stands before.
        begin = max(done, seen.start() - _MOST_ODD)
        begin += len(text[begin : seen.start()].rstrip(_ODD_ROW))
        match = _ODD_RUN.search(text, begin, seen.end() + _MOST_ODD)
        if match is None:
            continue
        start, end = match.span()
        done = max(end, seen.end())
        plus = "+" in text[max(0, start - 2) : start]
        groups = [(group[0], *group.span()) for group in _ODD_GROUP.finditer(text, start, end)]
        # Words of such letters are no part of a number.
        while groups and not plus and _is_word(groups[0][0]):
            start = groups.pop(0)[2]
        while groups and _is_word(groups[-1][0]):
            groups.pop()
        if not groups:
            continue
        written = "".join([group for group, _, _ in groups])
        real = sum(map(_REAL.__contains__, written))
        if (
            not _FEWEST <= len(written) <= _MOST
            or not _FEWEST_REAL <= real <= len(written) - _FEWEST_LETTERS
            or any(_is_word(group) for group, _, _ in groups)
            or not any(_is_mixed(group) for group, _, _ in groups)
        ):
            continue
        start, end = groups[0][1], groups[-1][2]
        is_told = plus or is_announced(text, start) or announced.is_pictured(text, start)
        if is_told and not follows_id(text, start):
            yield Run([Token(written.translate(_ODD_TO_DIGITS), start, end, plus)], "lookalike")


def _is_word(group: str) -> bool:
    """Whether letters are a word in small ones, or with a capital, or of two letters and more in capitals alone."""
    return group.isalpha() and len(group) > 1 and (group[1:].islower() or group.lower() in WORDS)


def _is_mixed(group: str) -> bool:
    return not (group.isalpha() or group.isdigit())


def _is_told_right_before(text: str, start: int) -> bool:
    """Whether the last word before `start`, of the same line, announces a number."""
    words = _SAID.findall(text[max(0, start - _REACH) : start].rpartition("\n")[2].lower())
    return bool(words) and words[-1] in announced.WORDS and not follows_id(text, start)


def _may_be_number(groups: list[str]) -> bool:
    """Whether letters and digits are enough for a number and one group has both."""
    written = "".join(groups)
    real = sum(map(_REAL.__contains__, written))
    return (
        _FEWEST <= len(written) <= _MOST
        and real >= _FEWEST_REAL
        and len(written) - real >= _FEWEST_LETTERS
        and not all(group.isalpha() or group.isdigit() for group in groups)
    )


def is_announced(text: str, start: int) -> bool:
    """Whether a word close before `start` or a sign right before it announces a number."""
    before = text[max(0, start - _REACH) : start].rstrip(" +(").lower()
    if before.endswith(_MARKS):
        return True
    return any([word in announced.WORDS or word.startswith(_BEGINNINGS) for word in _SAID.findall(before)])  # noqa: C419
