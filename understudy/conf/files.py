"""Text of one .conf or .meta file: reading, writing, and putting it on disk whole or not at all.

Rules of the format: `[stanza]`, `key = value`, a line that begins with `#` is a comment, a backslash at the end of
a line continues the value (the line break stays in it), the last of two equal keys wins, repeated stanzas are
merged, and settings before the first stanza belong to `default`.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Stanzas = dict[str, dict[str, str]]
DEFAULT = "default"


class ConfError(Exception):
    """A conf file or object cannot be read or written as asked; the message names file, line or object."""


@dataclass(frozen=True)
class Problem:
    """One line that was left out, and why. line is 1-based."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.text}"


def parse(data: bytes, path: Path) -> tuple[Stanzas, list[Problem]]:
    """Returns the stanzas of a file, and the lines that could not be used.

    A line that is not UTF-8 is left out and named; the rest of the file counts.
    """
    stanzas: Stanzas = {}
    problems: list[Problem] = []
    current = DEFAULT
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    number = 0
    while number < len(lines):
        first = number + 1
        parts: list[bytes] = []
        while True:
            line = lines[number].removesuffix(b"\r")
            number += 1
            is_comment = not parts and line.lstrip().startswith(b"#")
            if line.endswith(b"\\") and not is_comment and number < len(lines):
                parts.append(line[:-1])
                continue
            parts.append(line)
            break
        try:
            text = b"\n".join(parts).decode("utf-8").strip()
        except UnicodeDecodeError as error:
            problems.append(Problem(path, first, f"not UTF-8 (byte 0x{error.object[error.start]:02x}), line left out"))
            continue
        if not text or text.startswith("#"):
            continue
        if text.startswith("["):
            end = text.rfind("]")
            if end < 0:
                problems.append(Problem(path, first, "a stanza header without its closing bracket"))
                continue
            current = text[1:end]
            stanzas.setdefault(current, {})
            continue
        key, equals, value = text.partition("=")
        key = key.strip()
        if not equals or not key:
            problems.append(Problem(path, first, "neither a stanza header nor 'key = value'"))
            continue
        stanzas.setdefault(current, {})[key] = value.strip()
    return stanzas, problems


def read(path: Path) -> tuple[Stanzas, list[Problem]]:
    """Returns what `parse` makes of the file; nothing for a file that is absent."""
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}, []
    except OSError as error:
        return {}, [Problem(path, 0, f"cannot be read: {error.strerror}")]
    return parse(data, path)


def check_name(text: str, what: str) -> None:
    """Raises ConfError for a stanza or key that the format cannot hold."""
    if any(mark in text for mark in "\n\r\0"):
        raise ConfError(f"{what} must be one line")
    if text != text.strip():
        raise ConfError(f"{what} must not begin or end with a blank: {text!r}")
    if what == "key" and (not text or "=" in text or text[0] in "#["):
        raise ConfError(f"{what} {text!r} cannot be written to a conf file")
    if text.endswith("\\"):
        raise ConfError(f"{what} must not end with a backslash: {text!r}")


def render(stanzas: Mapping[str, Mapping[str, str]]) -> str:
    """Returns the text of a file that reads back as the same stanzas. Raises ConfError when no text can."""
    blocks = []
    for stanza, settings in stanzas.items():
        check_name(stanza, "stanza")
        lines = [f"[{stanza}]"]
        for key, value in settings.items():
            check_name(key, "key")
            lines.append(f"{key} = {render_value(key, value)}".rstrip(" "))
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def render_value(key: str, value: str) -> str:
    """Returns the value with its line breaks continued."""
    value = value.replace("\r\n", "\n").strip()
    if "\0" in value or "\r" in value:
        raise ConfError(f"the value of {key!r} holds a control character that a conf file cannot")
    if any(line.endswith("\\") for line in value.split("\n")):
        raise ConfError(f"the value of {key!r} has a line that ends with a backslash, which a conf file cannot hold")
    return value.replace("\n", "\\\n")


def write_atomic(path: Path, data: bytes) -> None:
    """Puts the bytes at the path: a reader or a crash sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(name, 0o600)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


TRUE_WORDS = frozenset({"1", "true", "t", "yes", "y", "on", "enabled", "enable"})
FALSE_WORDS = frozenset({"0", "false", "f", "no", "n", "off", "disabled", "disable", ""})


def boolean(text: str | None, default: bool = False) -> bool:
    """Returns the truth of a conf value; the default for an absent or an unknown word."""
    if text is None:
        return default
    word = text.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    return default
