r"""Rewrites what PCRE writes otherwise than Python's `regex` package: \Q..\E, \k<n>, \g{1}, \x{41}, \cA, \e, \N, \v.

Everything else is left as it stands; one pass, linear time.
"""

from __future__ import annotations

import re

DIFFERENT = re.compile(r"\\[QkgxceNvVHZ]|\(\?J\)")
NAMED = re.compile(r"\\[kg](?:<([^>]*)>|\{([^}]*)\}|'([^']*)')")
NUMBER = re.compile(r"\\g(-?\d+)")
CAPTURE = re.compile(r"\((?!\?(?!P?<(?![=!])|'))(?!\*)")
CLASS = re.compile(r"\[\^?\]?")
POSIX = re.compile(r"\[:\^?\w+:\]")
BRACED = re.compile(r"\\x\{([0-9A-Fa-f]{1,6})\}")
VERTICAL = r"\n\x0b\f\r\x85\u2028\u2029"
SIMPLE = {
    r"\e": (r"\x1b", r"\x1b"),
    r"\N": (r"[^\n]", r"\N"),
    r"\v": (f"[{VERTICAL}]", VERTICAL),
    r"\V": (f"[^{VERTICAL}]", r"\V"),
    r"\H": (r"[^\h]", r"\H"),
    r"\Z": (r"(?=\n?\z)", r"\Z"),
}
"""escape -> what it becomes outside and inside a character class."""


def translate(pattern: str) -> str:
    """Returns the pattern as the `regex` package reads it."""
    if DIFFERENT.search(pattern) is None:
        return pattern
    pieces: list[str] = []
    index = 0
    inside = False
    groups = 0
    while index < len(pattern):
        character = pattern[index]
        if character != "\\":
            if inside and (posix := POSIX.match(pattern, index)) is not None:
                pieces.append(posix.group())
                index = posix.end()
                continue
            if inside:
                inside = character != "]"
            elif character == "[":
                inside = True
                begin = CLASS.match(pattern, index)
                assert begin is not None
                pieces.append(begin.group())
                index = begin.end()
                continue
            elif character == "(":
                if pattern.startswith("(?J)", index):  # names may be given twice here anyway
                    index += 4
                    continue
                groups += CAPTURE.match(pattern, index) is not None
            pieces.append(character)
            index += 1
            continue
        piece, index = _escape(pattern, index, inside, groups)
        pieces.append(piece)
    return "".join(pieces)


def _escape(pattern: str, index: int, inside: bool, groups: int) -> tuple[str, int]:
    """Returns what an escape becomes and where it ends."""
    escape = pattern[index : index + 2]
    if escape == r"\Q":
        end = pattern.find(r"\E", index)
        text = pattern[index + 2 :] if end < 0 else pattern[index + 2 : end]
        return re.escape(text), len(pattern) if end < 0 else end + 2
    if escape in SIMPLE:
        return SIMPLE[escape][inside], index + 2
    braced = BRACED.match(pattern, index)
    if braced is not None and int(braced.group(1), 16) <= 0x10FFFF:
        return rf"\U{int(braced.group(1), 16):08x}", braced.end()
    if escape == r"\c" and index + 2 < len(pattern) and pattern[index + 2].isascii():
        return rf"\x{ord(pattern[index + 2].upper()) ^ 64:02x}", index + 3
    named = None if inside else NAMED.match(pattern, index) or NUMBER.match(pattern, index)
    if named is not None:
        name = next(text for text in named.groups() if text is not None)
        if name.lstrip("-").isdigit():
            number = int(name) if int(name) > 0 else groups + 1 + int(name)
            return f"(?:\\{number})" if number > 0 else f"(?P={name})", named.end()
        return f"(?P={name})", named.end()
    return escape, index + 2
