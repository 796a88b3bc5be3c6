"""Search-time transforms (REPORT-): REGEX with or without FORMAT, or DELIMS with FIELDS."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping

import regex

from understudy.conf import boolean
from understudy.spl.model import Row
from understudy.spl.regexes import Regex, compile_regex
from understudy.spl.values import collapse, text_of, values_of

QUOTED = regex.compile(r'"((?:[^"\\]|\\.)*)"')
FORMAT_PAIR = regex.compile(r'("[^"]+"|[^\s:]+)::("[^"]*"|\S+)')
ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", '\\"': '"', "\\\\": "\\"}
NOT_CLEAN = regex.compile(r"[^A-Za-z0-9_]")
Found = Iterator[tuple[str, str]]


def clean_key(name: str) -> str:
    """Returns the field name that CLEAN_KEYS makes."""
    return str(NOT_CLEAN.sub("_", name)).lstrip("_0123456789")


def compile_report(name: str, settings: Mapping[str, str] | None) -> Callable[[Row], None]:
    """Returns the step that adds a transform's fields to a row. Raises ValueError for a stanza that cannot be used."""
    if settings is None:
        raise ValueError(f"transform '{name}' is not in transforms.conf")
    source = settings.get("SOURCE_KEY", "_raw")
    source = source.removeprefix("field:")
    add_values = boolean(settings.get("MV_ADD"))
    clean = boolean(settings.get("CLEAN_KEYS"), True)
    keep_empty = boolean(settings.get("KEEP_EMPTY_VALS"))
    if settings.get("DELIMS"):
        read = delimited(settings)
    elif settings.get("REGEX"):
        read = by_regex(compile_regex(settings["REGEX"]), settings.get("FORMAT", ""))
    else:
        raise ValueError(f"transform '{name}' has neither REGEX nor DELIMS")

    def step(row: Row) -> None:
        present = set(row)
        for value in values_of(row.get(source)):
            for key, text in read(text_of(value)):
                field = clean_key(key) if clean else key
                if not field or (not text and not keep_empty):
                    continue
                if field not in row:
                    row[field] = text
                elif add_values or field not in present:
                    row[field] = collapse([*values_of(row[field]), text]) if add_values else row[field]

    return step


def by_regex(pattern: Regex, template: str) -> Callable[[str], Found]:
    """Returns the reader of (name, value) pairs that REGEX and FORMAT describe.

    A name that is itself a group, or _KEY_/_VAL_ groups, make the regex run over the whole text.
    """
    pairs = [(match[1].strip('"'), match[2].strip('"')) for match in FORMAT_PAIR.finditer(template)]
    named = pattern.groups
    keys = [group for group in named if group.startswith("_KEY_")]
    repeated = bool(keys) or any(name.startswith("$") for name, _ in pairs)

    def fill(match: regex.Match[str], text: str) -> str:
        if text.startswith("$") and text[1:].isdigit() and int(text[1:]) <= match.re.groups:
            return match[int(text[1:])] or ""
        return text

    def read(text: str) -> Found:
        matches = pattern.finditer(text) if repeated else iter(filter(None, [pattern.search(text)]))
        for match in matches:
            if pairs:
                for name, value in pairs:
                    yield fill(match, name), fill(match, value)
                continue
            for key in keys:
                yield match[key] or "", match["_VAL_" + key[len("_KEY_") :]] or ""
            for name in named:
                if not name.startswith(("_KEY_", "_VAL_")) and match[name] is not None:
                    yield name, match[name]

    return read


def delimited(settings: Mapping[str, str]) -> Callable[[str], Found]:
    """Returns the reader of DELIMS: two sets split pairs and then name from value, one set needs FIELDS."""
    sets = ["".join(unescaped(item)) for item in QUOTED.findall(settings["DELIMS"])]
    names = [item.strip() for row in csv.reader([settings.get("FIELDS", "")], skipinitialspace=True) for item in row]
    names = [name for name in names if name]
    if len(sets) == 1 and not names:
        raise ValueError("DELIMS with one set of delimiters needs FIELDS")
    if not sets or len(sets) > 2:
        raise ValueError("DELIMS needs one or two sets of delimiters in double quotes")
    first = regex.compile(f"[{regex.escape(sets[0])}]{'' if names else '+'}")
    second = regex.compile(f"[{regex.escape(sets[1])}]") if len(sets) == 2 else None

    def read(text: str) -> Found:
        pieces = first.split(text)
        if second is None:
            yield from ((name, piece.strip().strip('"')) for name, piece in zip(names, pieces, strict=False))
            return
        for piece in pieces:
            parts = second.split(piece, 1)
            if len(parts) == 2:
                yield parts[0].strip(), parts[1].strip().strip('"')

    return read


def unescaped(text: str) -> Iterator[str]:
    position = 0
    while position < len(text):
        pair = text[position : position + 2]
        yield ESCAPES.get(pair, text[position])
        position += 2 if pair in ESCAPES else 1
