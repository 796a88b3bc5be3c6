"""The form of a text in which near-duplicates are sought: lower-case words between single separators, as bytes.

Scripts written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) become one word per character.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple, Union

SPACE = 0x20

# Letters without spaces between words: Thai, Lao, Burmese, Khmer, kana, the Han planes.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_UNSPACED_SIGN = re.compile(f"([{_UNSPACED}])")
# Vowel signs and accents belong to their word, though `\w` leaves them out; an underscore does not, though it is in it.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff"
)
_FOREIGN_SEPARATOR = re.compile(rf"[^\x00-\x7f\w{_MARKS}]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
# A number is one word with its groups, as written: 415-555-0123.
_WORD = re.compile(rf"[0-9]+(?:[ ().\-/]{{1,2}}[0-9]+)*(?!\w)|[{_UNSPACED}]|(?:(?![{_UNSPACED}_])[\w{_MARKS}])+")


def _table() -> bytes:
    signs = bytearray([SPACE]) * 256
    for code in (*b"abcdefghijklmnopqrstuvwxyz", *b"0123456789", *range(0x80, 0x100)):
        signs[code] = code
    for code in b"ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        signs[code] = code + 32
    return bytes(signs)


_ASCII = _table()


def normal_text(text: str) -> bytes:
    """Returns the words of a text in UTF-8, separated by spaces; no other byte below 0x30 occurs."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return plain.encode("ascii", _FOLDING).translate(_ASCII)


class _Folded(dict[str, bytes]):
    """Runs of signs outside ASCII as they are compared, worked out when they are first met; the most are kept."""

    def __missing__(self, run: str) -> bytes:
        plain = _INVISIBLE.sub("", run).casefold()
        found = _UNSPACED_SIGN.sub(r" \1 ", _FOREIGN_SEPARATOR.sub(" ", plain)).encode("utf-8", "replace")
        if len(run) <= _LONGEST_KEPT:
            if len(self) >= _MOST_KEPT:
                self.clear()
            self[run] = found
        return found


_MOST_KEPT, _LONGEST_KEPT = 1 << 16, 64
_FOLDED = _Folded()


def _fold_run(error: UnicodeError) -> tuple[bytes, int]:
    if error.__class__ is not UnicodeEncodeError:
        raise error
    end = error.end
    return _FOLDED[error.object[error.start : end]], end


# An encoder hands each run of signs outside ASCII to its error handler, four times faster than `re.sub` finds them.
_FOLDING = "minerva.text.normal"
codecs.register_error(_FOLDING, _fold_run)


LETTER, SEPARATOR, NOTHING = 1, 2, 3


def sign_alone(sign: str) -> Union[tuple[int, int], None]:
    """Returns what becomes of a sign outside ASCII wherever it stands, as (kind, code point of the letter as compared).

    None where its neighbors have a say or where it becomes several signs.
    """
    if _INVISIBLE.match(sign) and not unicodedata.combining(sign):
        return NOTHING, SPACE
    if any(map(_may_compose, unicodedata.normalize("NFKC", sign))):
        return None
    folded = normal_text(sign).decode()
    if folded and not folded.strip(" "):
        return SEPARATOR, SPACE
    return (LETTER, ord(folded)) if len(folded) == 1 else None


def _may_compose(sign: str) -> bool:
    # With the sign before it: marks, the later parts of a Hangul syllable, and some letters beyond the first plane.
    category = unicodedata.category(sign)
    return category[0] == "M" or "\u1100" <= sign <= "\u11ff" or (sign > "\uffff" and category[0] == "L")


class Word(NamedTuple):
    """A word as compared, and where it stands in the text (code points, end exclusive)."""

    normal: str
    start: int
    end: int


def words_with_places(text: str) -> list[Word]:
    """Returns the words of a text with their places in it, for showing what a template shares."""
    return [
        Word(unicodedata.normalize("NFKC", _INVISIBLE.sub("", found[0])).casefold(), found.start(), found.end())
        for found in _WORD.finditer(text)
    ]
