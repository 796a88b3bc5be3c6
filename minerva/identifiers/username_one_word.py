"""Usernames written in words of which the text says that they are one: `low tide . lena (no spaces)`."""

from __future__ import annotations

import re

from minerva.identifiers import mail_remarks
from minerva.identifiers.characters import folded
from minerva.identifiers.mail_words import DIGIT_WORDS, plain
from minerva.identifiers.platforms import ONE_WORD
from minerva.identifiers.username_pieces import with_signs

_WINDOW, _MOST_CLAUSES = 96, 4
_OPENS, _REST_STARTS = frozenset(" ,([-"), frozenset(" ._-")
_CLAUSE_ENDS = re.compile(r"[,;!?)\]\n]|\.(?=\s|$)|$")
_OTHERS = sorted(map(plain, ONE_WORD), key=len, reverse=True)
_OTHER_ONE = re.compile(rf"[\s,(\[\-]{{1,3}}(?:{'|'.join(_OTHERS)})$")
_OTHER_ENDS = frozenset(word[-3:] for word in _OTHERS)
_LONGEST = len(_OTHERS[0]) + 3
_WORDS = re.compile(r"[A-Za-z0-9_]{1,20}(?:(?: ?[._\-] ?| )[^\W]{1,20}){1,6}(?=\s*(?:$|[\n,;!?)(|]))")
_REST = re.compile(r"(?:(?: ?[._\-] ?| )[^\W]{1,20}){1,6}")
_NUMBER = re.compile(r"(?<= )(?P<number>[a-z]{2,6})$")
_LAST_IS_NUMBER = re.compile(r" (?P<word>[a-z]{2,6}) ?[(\[](?:as )?(?:a |the )?(?:number|digit)[^()\n]{0,20}[)\]]")
_NUMBER_TOLD = re.compile(r"[^()\n]{0,20}(?:number|digit|numeral)")
_CLAUSE_WORDS = frozenset(
    ["add", "are", "as", "booked", "call", "closed", "dm", "follow", "full", "hmu", "is", "it", "its", "me", "more",
     "msg", "my", "no", "now", "on", "only", "open", "or", "our", "page", "please", "pls", "see", "text", "today", "us",
     "we", "write", "you", "your"]
)  # fmt: skip
"""Words of what is said behind a name, which no name written in words holds."""


def _remark_before(window: str, end: int) -> int | None:
    """Where a remark begins that ends at `end` and says that a name is one word."""
    last = window[max(0, end - 3) : end]
    other = _OTHER_ONE.search(window, max(0, end - _LONGEST), end) if last in _OTHER_ENDS else None
    if other is not None:
        return other.start()
    said = mail_remarks.before_sign(window, 0, end) if last in mail_remarks.LAST_THREE else None
    return said.start if said is not None and said.is_one_word else None


def _remark_in(window: str, is_whole: bool) -> tuple[int, int] | None:
    """(start, end) of the first remark in a text in lower case that says that what stands before is one word."""
    for count, bound in enumerate(_CLAUSE_ENDS.finditer(window)):
        if count == _MOST_CLAUSES or (bound.start() == len(window) and not is_whole):
            return None
        start = _remark_before(window, bound.start())
        if start is not None:
            return start, bound.start()
    return None


def is_said_one(text: str, end: int) -> bool:
    """Whether the text says right behind a name that it is one word: `soy jenlosas, todo junto`."""
    found = _remark_in(folded(text[end : end + 40]), end + 40 >= len(text)) if text[end : end + 1] in _OPENS else None
    return found is not None and found[0] == 0


def together(text: str, start: int, remark: str) -> tuple[str, int] | None:
    """(name, its end) of words up to the end of a clause where the remark before says that they are one:
    `insta (no spaces): low tide . lena`."""
    said = folded(remark).rstrip(")] ")
    match = _WORDS.match(text, start) if _remark_before(said, len(said)) is not None else None
    return (with_signs(folded(match.group())).replace(" ", ""), match.end()) if match is not None else None


def apart(text: str, start: int, end: int) -> tuple[str, int] | None:
    """(name, its end) of a name in words of which the text says that they are one: `low tide . lena (no spaces)`,
    `low tide lena, all one word`, or that the last is a number: `jenny seven (number)`."""
    if text[end : end + 1] not in _REST_STARTS:
        return None
    window = folded(text[end : end + _WINDOW])
    number = _LAST_IS_NUMBER.match(window)
    if number is not None and number.group("word") in DIGIT_WORDS:
        return text[start:end] + DIGIT_WORDS[number.group("word")], end + number.end("word")
    found = _remark_in(window, end + _WINDOW >= len(text))
    rest = window[: found[0]].rstrip() if found is not None else ""
    if found is None or _REST.fullmatch(rest) is None or not _CLAUSE_WORDS.isdisjoint(rest.split()):
        return None
    last = _NUMBER.search(rest)
    if last is not None and _NUMBER_TOLD.match(window, found[1]) is not None and last.group() in DIGIT_WORDS:
        rest_said = rest[: last.start()] + DIGIT_WORDS[last.group()]
    else:
        rest_said = rest
    name = with_signs(f"{text[start:end]}{rest_said}").replace(" ", "")
    return (name, end + len(rest)) if name.isascii() else None
