"""E-mail addresses whose letters are written as codes: references of HTML, percent signs, escapes of programs, rows of
their numbers in hexadecimal or decimal."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from minerva.identifiers import hosts
from minerva.identifiers.mail_boxes import VALID_LOCAL

_CODES = re.compile(
    r"&(?:amp;)?(?:#(?:0{0,4}(?P<decimal>[0-9]{2,3})|x0{0,4}(?P<reference>[0-9a-f]{2}))"
    r"|(?P<named>commat|period|lowbar|hyphen|dash|plus|lt|gt));|&#(?P<open>46|64)(?![0-9;])"
    r"|[(\[]?u\+00(?P<point>[2-7][0-9a-f])[)\]]?|=(?P<quoted>40|2e|5f)|%(?P<percent>[2-7][0-9a-f])|\\(?:x|u00|u\{)(?P<escape>[2-7][0-9a-f])\}?"
)
_NAMED = {"commat": "@", "period": ".", "lowbar": "_", "hyphen": "-", "dash": "-", "plus": "+",
          "lt": "<", "gt": ">"}  # fmt: skip
"""Names of signs in references of HTML."""
_SIGNS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789@._%+-' ()[]{}<>")
_PAIR = "(?:0x)?[2-7][0-9a-f]"
_HEX_ROW = re.compile(rf"(?<!\w){_PAIR}(?P<gap>, ?|[ :;.\-] ?|){_PAIR}(?:(?P=gap){_PAIR}){{5,120}}(?!\w)")
_DECIMAL_ROW = re.compile(r"(?<!\w)[0-9]{2,3}(?P<gap>, ?|[ :;.\-] ?)[0-9]{2,3}(?:(?P=gap)[0-9]{2,3}){5,120}(?!\w)")
_HEX, _DECIMAL = re.compile(r"(?:0x)?([0-9a-f]{2})"), re.compile("[0-9]+")


class Decoded(NamedTuple):
    """A text in lower case with its codes as their letters; `starts`: where each of its characters stands in the text,
    and where the text ends; `codes`: which of its characters were codes."""

    text: str
    starts: list[int]
    codes: list[int]

    def holds_code(self, start: int, end: int) -> bool:
        """Whether a code stands within `text[start:end]`."""
        place = bisect_left(self.codes, start)
        return place < len(self.codes) and self.codes[place] < end


def holds_references(text: str) -> bool:
    """Whether letters or signs of an address may be written as references of HTML."""
    return "&" in text and (
        "&#" in text
        or "&amp;#" in text
        or "&commat" in text
        or "&period" in text
        or "&lowbar" in text
        or "&lt;" in text
    )


def holds_codes(folded: str) -> bool:
    """Whether all letters of an address may be written as codes, references of HTML aside."""
    return (
        "%40" in folded or "%5bat%5d" in folded or "%28at%29" in folded or "\\x40" in folded or "\\u0040" in folded
        or "u+0040" in folded or "\\u{40" in folded or "=40" in folded
    )  # fmt: skip


def decoded(folded: str) -> Decoded | None:
    """The text with its letters for their codes; None if it holds none of letters."""
    pieces: list[str] = []
    starts: list[int] = []
    codes: list[int] = []
    last = 0
    for match in _CODES.finditer(folded):
        decimal = match.group("decimal") or match.group("open")
        if match.group("named"):
            sign = _NAMED[match.group("named")]
        else:
            number = int(decimal) if decimal else int(match.group(match.lastgroup or 0), 16)
            sign = chr(number).lower()
        if sign not in _SIGNS:
            continue
        begin, end = match.span()
        pieces += (folded[last:begin], sign)
        starts += range(last, begin)
        codes.append(len(starts))
        starts.append(begin)
        last = end
    if not pieces:
        return None
    pieces.append(folded[last:])
    starts += range(last, len(folded) + 1)
    return Decoded("".join(pieces), starts, codes)


def may_be_row(folded: str) -> bool:
    """Whether the numbers of a sign and a dot are in a text."""
    return ("40" in folded and "2e" in folded) or ("64" in folded and "46" in folded)


def rows(folded: str) -> list[tuple[int, int, str]]:
    """(start, end, address) of addresses that are rows of numbers: `6a 65 6e 40 ...`, `106 101 110 64 ...`."""
    found: list[tuple[int, int, str]] = []
    for pattern, part, base in ((_HEX_ROW, _HEX, 16), (_DECIMAL_ROW, _DECIMAL, 10)):
        for match in pattern.finditer(folded):
            numbers = [int(each, base) for each in part.findall(match.group())]
            local, _, host = "".join(map(chr, numbers)).lower().partition("@")
            if len(local) <= 64 and VALID_LOCAL.fullmatch(local) is not None and hosts.is_host(host):
                found.append((*match.span(), f"{local}@{host}"))
    return found
