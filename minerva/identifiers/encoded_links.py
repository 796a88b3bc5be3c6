"""Numbers of links to a phone whose signs are written as hexadecimal ones: `tel:%2B1%20801%20555%200124`.

Linear in the text: what is read behind each link is bounded.
"""

from __future__ import annotations

import re

from minerva.identifiers import numbering
from minerva.identifiers.late import late
from minerva.identifiers.phone_tokens import CONFIDENCE, Hit
from minerva.identifiers.plans import Dialing

_LINK = late(
    r"(?:tel|sms|callto|phone|number|mobile|wa\.me)[:=/]{1,3}"
    r"((?:%2[Bb]|\+)?(?:[0-9]|%20|%28|%29|%2[DdEe]|[ .\-()]){7,48})",
    re.IGNORECASE,
)
_SIGN = late("%[0-9A-Fa-f]{2}|[^0-9]")


def may_hold(encoded: bytes) -> bool:
    """Whether a sign is written so before digits of a text (UTF-8)."""
    return encoded.find(b"%2") >= 0


def hits(text: str, rules: Dialing) -> list[Hit]:
    """The numbers of a text that are written so."""
    found: list[Hit] = []
    for match in _LINK.finditer(text):
        written = match[1]
        digits = _SIGN.sub("", written)
        plus = written[0] == "+" or written.startswith(("%2B", "%2b"))
        if "%" not in written or not 6 < len(digits) <= numbering.MAX_DIGITS:
            continue
        number = numbering.read(digits.encode(), plus, rules)
        if number is not None:
            start = match.start(1)
            found.append((start, start + len(written.rstrip(" .-(")), number, "link", CONFIDENCE["link"]))
    return found
