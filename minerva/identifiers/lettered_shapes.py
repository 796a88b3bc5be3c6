"""Numbers in which letters stand for most digits (`SO3-SSS-OIZZ`), told by the shape in which all write them.

Elsewhere so many letters are words or serial numbers. In North America a number has three groups of three, three and
four; in one block of ten (`98lOOlOlOO`) a digit stands first. Only the letters most like digits count: capitals and l.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minerva.identifiers import lettered_numbers
from minerva.identifiers.id_labels import follows_id
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import Run, Token

LETTERS = "OoIlSsZB!zi"
_TO_DIGITS = str.maketrans(LETTERS, "00115528121")
_SIGN = f"[0-9{LETTERS}]"
_SHAPES = bytes(
    48 if char in "0123456789" or char in LETTERS else 32 if char in " .-~_*/" or char > "\x7f" else 120
    for char in map(chr, range(256))
)
_BEYOND_FIRST = bytes(range(0x80, 0xC0))
"""All but the first byte of characters beyond ASCII."""
_GAP = r"(?: ?[.\-~_*/\u2600-\u27bf\U0001f300-\U0001faff] ?| )"
_GROUPED = late(rf"(?<![^\W_])\(?({_SIGN}{{3}})\)?{_GAP}?({_SIGN}{{3}}){_GAP}({_SIGN}{{4}})(?![^\W_]|[.\-/][^\W_])")
_BLOCK = late(rf"(?<![^\W_])([0-9]{_SIGN}{{9}})(?![^\W_]|[.\-/][^\W_])")
_SMALL = late("[osiz]")
_FEWEST_LETTERS, _FEWEST_DIGITS = 2, 2


def may_hold(encoded: bytes) -> bool:
    """Whether a text (UTF-8) holds digits or letters like them in one of the two shapes."""
    shape = encoded.translate(_SHAPES) if encoded.isascii() else encoded.translate(_SHAPES, _BEYOND_FIRST)
    found = shape.find
    return found(b"000 0000") >= 0 or found(b"0000000000") >= 0 or found(b"000   0000") >= 0


def runs(text: str, in_north_america: bool) -> Iterator[Run]:
    """Each such number as a run, of North America if it stands in groups."""
    if in_north_america:
        for match in _GROUPED.finditer(text):
            if _may_be_number(match) and not follows_id(text, match.start()):
                yield _run(match)
    for match in _BLOCK.finditer(text):
        letters = _letters_in(match[1])
        if letters >= _FEWEST_LETTERS and 10 - letters >= _FEWEST_DIGITS and not follows_id(text, match.start()):
            yield _run(match)


def _letters_in(written: str) -> int:
    return len(written) - sum(map(str.isdigit, written))


def _may_be_number(match: re.Match[str]) -> bool:
    """Whether letters and digits stand in one group, or a word announces a number, more than one of each where blanks
    are between, and no group is a word or what may be one: `SOS 250 2015` is no number."""
    groups = match.groups()
    letters = _letters_in("".join(groups))
    if letters < _FEWEST_LETTERS or (" " in match[0] and 10 - letters < _FEWEST_DIGITS):
        return False
    if all(group.isalpha() or group.isdigit() for group in groups):
        # `347 - SSs - SOOz`
        is_word = not lettered_numbers.WORDS.isdisjoint([*map(str.lower, groups)])
        return not is_word and lettered_numbers.is_announced(match.string, match.start())
    return not any(group.isalpha() and _SMALL.search(group) for group in groups)


def _run(match: re.Match[str]) -> Run:
    return Run(
        [Token(group.translate(_TO_DIGITS), *match.span(place)) for place, group in enumerate(match.groups(), 1)],
        "lookalike",
    )
