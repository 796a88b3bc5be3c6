"""The text of `_meta`: blank-separated `name::value` tokens that become indexed fields.

A value in double quotes may hold blanks; in it `\\"` is a quote and `\\\\` a backslash, any other backslash stays.
A token without `::` is no field and is left out, which is what happens to the rest of an unquoted value with blanks.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

TOKEN = regex.compile(r'([^\s:"]+(?::[^\s:"]+)*)::(?:"((?:[^"\\]|\\.)*)"(?=\s|$)|(\S*))', regex.DOTALL)
ESCAPE = regex.compile(r'\\(["\\])')


def parse(text: str) -> Iterator[tuple[str, str]]:
    """Yields the fields of a _meta text in order; empty values are none."""
    position = 0
    end = len(text)
    while position < end:
        if text[position].isspace():
            position += 1
            continue
        match = TOKEN.match(text, position)
        if match is None:
            while position < end and not text[position].isspace():
                position += 1
            continue
        position = match.end()
        value = match[3] if match[2] is None else unescape(match[2])
        if value:
            yield match[1], value


def unescape(value: str) -> str:
    return ESCAPE.sub(r"\1", value) if "\\" in value else value


def render(name: str, value: str) -> str:
    """Returns the token that parses back to the name and value."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{name}::"{escaped}"'
