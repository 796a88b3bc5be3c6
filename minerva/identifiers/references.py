"""Character references and tags of HTML as scraped pages keep them (`212&nbsp;555`, `<b>212</b>-555`), read as the sign
they stand for or as nothing; and the long vowel mark that stands for a dash between digits in Japanese.

Only tags without attributes that mark text or end a line, comments and elements that are not shown, and only those
references of blanks, dashes, digits and what
is not seen: signs of an address (`&#64;`) are read where addresses are, and `&amp;` within a URL stays. Source of the
names: HTML Living Standard, 4.5 text-level semantics and 13.5 named character references.
"""

from __future__ import annotations

import re

from minerva.identifiers.late import late

_NAMED = {"nbsp": " ", "ensp": " ", "emsp": " ", "thinsp": " ", "hairsp": " ", "numsp": " ", "puncsp": " ",
          "ndash": "-", "mdash": "-", "minus": "-", "hyphen": "-", "dash": "-", "horbar": "-", "bull": "\u2022",
          "middot": "\u00b7", "shy": "\u00ad", "zwj": "\u200d", "zwnj": "\u200c"}  # fmt: skip
_NUMBERED = frozenset("0123456789 -\u00a0\u00ad\u00b7\u2022\u2212") | frozenset(map(chr, range(0x2000, 0x2016)))
_REFERENCE = late(rf"&(?:({'|'.join(_NAMED)})|#0{{0,2}}([0-9]{{2,4}})|#[xX]0{{0,2}}([0-9a-fA-F]{{2,4}}));")
_NOTHING = "\ufe0f"
"""Belongs to the sign before it and is not seen (characters.end_of_marks)."""


_TAG = late(
    r"</?(?:(br|p|div)|b|i|u|s|em|strong|small|big|mark|span|font|sub|sup|wbr) ?/?>", re.IGNORECASE
)  # fmt: skip
LONG_VOWEL = "\u30fc"
_DIGIT = "[0-9\uff10-\uff19\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u96f6]"
OF = "\u306e"
"""Japanese for `of`, which stands between the groups of a number that is read out: `090\u306e1734\u306e5628`."""
FIRST_BYTE = 0xE3
"""Of both in UTF-8."""
_DASH = late(f"(?<={_DIGIT}){LONG_VOWEL}(?={_DIGIT})|(?<=[0-9\uff10-\uff19]){OF}(?=[0-9\uff10-\uff19])")
_HIDDEN = late(
    r"<!--[^\n]{0,200}?-->"
    r"|<(span|b|i|em|font|u|p|div) [^<>\n]{0,80}?(?:display: ?none|visibility: ?hidden)[^<>\n]{0,40}>"
    r"[^<>\n]{0,80}</\1>",
    re.IGNORECASE,
)
"""Comments, and elements whose style says that they are not shown."""


def may_hold(text: str) -> bool:
    """False where `resolved` changes nothing."""
    return "&" in text or "<" in text or LONG_VOWEL in text or OF in text


def resolved(text: str) -> str:
    """A text of the same length in which each of them is its sign, with signs that stand for nothing behind it: every
    position stays; the text itself if there is none. Linear."""
    if "&" in text and _REFERENCE.search(text) is not None:
        text = _REFERENCE.sub(_sign, text)
    if "<" in text and _HIDDEN.search(text) is not None:
        text = _HIDDEN.sub(_nothing, text)
    if "<" in text and _TAG.search(text) is not None:
        text = _TAG.sub(_blank, text)
    if (LONG_VOWEL in text or OF in text) and _DASH.search(text) is not None:
        text = _DASH.sub("-", text)
    return text


def _blank(match: re.Match[str]) -> str:
    return (" " if match[1] else _NOTHING) + _NOTHING * (len(match[0]) - 1)


def _nothing(match: re.Match[str]) -> str:
    return _NOTHING * len(match[0])


def _sign(match: re.Match[str]) -> str:
    name, decimal, hexadecimal = match.groups()
    sign = _NAMED[name] if name else chr(int(decimal) if decimal else int(hexadecimal, 16))
    if not name and sign not in _NUMBERED:
        return match[0]
    return sign + _NOTHING * (len(match[0]) - 1)
