"""Multivalues as one text, `$a$;$b$`: as they cross to search commands and stand in lookup files."""

from __future__ import annotations

import re
from collections.abc import Sequence

from understudy.spl.model import Scalar

_ITEM = re.compile(r"\$((?:[^$]|\$\$)*)\$(?:;|$)")


def text_of(value: Scalar) -> str:
    """Returns a scalar as the text that crosses the wire; whole floats lose their `.0`."""
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def encode_multivalue(values: Sequence[Scalar]) -> str:
    return ";".join("$" + text_of(value).replace("$", "$$") + "$" for value in values)


def decode_multivalue(text: str) -> list[str]:
    """Returns the values of `$a$;$b$`; text of another form is one value."""
    values: list[str] = []
    at = 0
    while at < len(text):
        match = _ITEM.match(text, at)
        if match is None:
            return [text]
        values.append(match[1].replace("$$", "$"))
        at = match.end()
    return values
