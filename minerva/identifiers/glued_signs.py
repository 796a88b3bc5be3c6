"""Ukrainian digit words with a sign within, where they are glued to other words or to digits: words are split at that
sign, so that `нульп'ятьдва` is no chain of digit words. Each stands as long as it is in a spelling without the sign.
"""

from __future__ import annotations

import re

from minerva.identifiers.late import late

_SIGN = "['\u2019]"
_WORD = rf"(?:п|дев){_SIGN}ять"
_GLUED = late(rf"(?<=[^\W_]){_WORD}|{_WORD}(?=[^\W_])", re.IGNORECASE)
_APOSTROPHE = ord("'")
_CURVED = "\u2019".encode()
_CYRILLIC = 0xD1
"""What half of the small letters of Ukrainian begin with in UTF-8, `я` and `т` among them."""
_CAPITALS = 0xD0


def may_hold(encoded: bytes) -> bool:
    """Whether a text (UTF-8) has such a sign and the letters of most Cyrillic words."""
    return (_CYRILLIC in encoded or _CAPITALS in encoded) and (_APOSTROPHE in encoded or encoded.find(_CURVED) >= 0)


def without(text: str) -> str:
    """The text with such words in their spelling by ear (`пьять`), which is as long; itself without any."""
    return _GLUED.sub(_by_ear, text)


def _by_ear(match: re.Match[str]) -> str:
    word = match[0]
    soft = "ь" if word[0].islower() else "Ь"
    return word[:-4] + soft + word[-3:]
