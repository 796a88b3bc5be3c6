"""E-mail addresses in ROT13 or base64, in texts that say so: `wra4h@znvy.rknzcyr (rot13)`, `amVuNHVA... | base64 -d`.

Linear in the text: each word is decoded once.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import re

from minerva.identifiers import hosts
from minerva.identifiers.mail_boxes import VALID_LOCAL

_ADDRESS = re.compile(
    r"(?<![\w@.%+\-])[a-z0-9._%+\-]{2,64}(?:@| ?[(\[]?(?:at|ng)[)\]]? ?)[a-z0-9\-]{2,60}(?:\.[a-z0-9\-]{2,60}){1,4}"
)
_SIGN = re.compile(r"@| ?[(\[]?(?:at|ng)[)\]]? ?")
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{12,120}={0,2}(?![A-Za-z0-9+/=])")
_MOST = 20


def may_hold(folded: str) -> bool:
    """Whether a text names one of them."""
    return "rot13" in folded or "base64" in folded or "rot-13" in folded or "rot 13" in folded or "base 64" in folded


def decoded(text: str, folded: str) -> list[tuple[int, int, str]]:
    """(start, end, address) of those that are valid once decoded."""
    found: list[tuple[int, int, str]] = []
    if "rot" in folded:
        for match in _ADDRESS.finditer(folded):
            local, _, host = _SIGN.sub("@", match[0], count=1).partition("@")
            _add(found, match.start(), match.end(), codecs.decode(f"{local}@{host}", "rot13"))
    if "base" in folded:
        for count, match in enumerate(_BASE64.finditer(text)):
            if count == _MOST:
                break
            written = match[0]
            try:
                plain = base64.b64decode(written + "=" * (-len(written) % 4), validate=True).decode("ascii")
            except (binascii.Error, UnicodeDecodeError):
                continue
            _add(found, match.start(), match.end(), plain.strip().lower())
    return found


def _add(found: list[tuple[int, int, str]], start: int, end: int, address: str) -> None:
    """Adds an address if it is a valid one."""
    local, _, host = address.partition("@")
    if len(local) <= 64 and VALID_LOCAL.fullmatch(local) is not None and hosts.is_host(host):
        found.append((start, end, address))
