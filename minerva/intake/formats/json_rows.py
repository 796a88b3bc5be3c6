"""JSON rows: the items of a list anywhere in a document, one at a time, and the lines of JSON lines.

A document is read through a window that holds one item, so its length does not matter; what stands before a fault is
given, and an item with a fault of its own (NaN, a repeated key, too deep) costs itself alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Protocol

from minerva.intake.errors import BodyError, FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.nested import cleaned_row
from minerva.intake.formats.strict_json import (
    MAX_DEPTH,
    check_depth,
    held_bytes,
    item_decoder,
    parse_json_text,
)
from minerva.intake.formats.tables import Lines
from minerva.intake.rows import Row

MAX_ITEM_CHARS = 8 * 1024 * 1024
MAX_ITEM_BYTES = 64 * 1024 * 1024
"""Memory that the values of one item may take."""
_BLOCK_CHARS = 256 * 1024
_SPACE = re.compile(r"[ \t\r\n]*")
_NUMBER = re.compile(r"[-+.0-9eE]*")
_STRICT = item_decoder()
_LENIENT = json.JSONDecoder(parse_int=str, parse_float=str)


class Readable(Protocol):
    """A text that is read on."""

    def readline(self, size: int, /) -> str: ...

    def read(self, size: int, /) -> str: ...


def json_rows(text: Readable, facts: ReadFacts, name: str) -> Iterator[Row]:
    """The items of the list at the facts' `items` (dotted; `{}` at its end: the values of an object, by `_key`).

    `items` "*" takes the first list of objects, else the document. Raises FileError after the rows before the fault.
    """
    window = _Window(text, name)
    geo = facts.format == "geojson"
    path = facts.items or ("features" if geo else "")
    found = _items(window, path.split(".")) if path not in ("", "*") else _top(window, path)
    number = 0
    for number, (key, item, fault) in enumerate(found, 1):
        place = f"{name}#{number}"
        if number <= facts.skip_rows:
            continue
        if fault:
            yield Row(place, None, fault)
            continue
        if isinstance(item, list) and facts.header:
            item = dict(zip(facts.header, item))
        if not isinstance(item, dict):
            yield Row(place, None, "not_object")
            continue
        if key is not None:
            item["_key"] = key
        yield cleaned_row(place, _with_point(item) if geo else item, facts)


def json_lines(text: Readable, facts: ReadFacts, name: str, before: int = 0) -> Iterator[Row]:
    """Each line's object. `before`: lines that came before the text's first."""
    lines = Lines(text)
    if facts.format == "jsonl":
        lines.skip(facts.skip_rows)
    for place, line, fault in lines.numbered(name, before):
        if line is None:
            yield Row(place, None, fault)
            continue
        line = line.strip("\ufeff\x1a \t\r\n")
        if not line:
            continue
        try:
            item = parse_json_text(line)
        except BodyError as error:
            yield Row(place, None, error.code)
        else:
            yield cleaned_row(place, item, facts) if isinstance(item, dict) else Row(place, None, "not_object")


def _with_point(item: dict[str, Any]) -> dict[str, Any]:
    """A feature whose point also says `longitude` and `latitude` (RFC 7946: in this order)."""
    shape = item.get("geometry")
    if isinstance(shape, dict) and shape.get("type") == "Point":
        at = shape.get("coordinates")
        if isinstance(at, list) and len(at) >= 2 and not isinstance(at[0], (list, dict)):
            return {**item, "geometry": {**shape, "longitude": at[0], "latitude": at[1]}}
    return item


class _Window:
    """The part of a text that is being decoded."""

    def __init__(self, text: Readable, name: str) -> None:
        self._text, self.name = text, name
        self._held, self._at, self._ended = "", 0, False

    def more(self) -> bool:
        """Read on; False at the end of the text."""
        if self._ended:
            return False
        block = self._text.read(max(_BLOCK_CHARS, len(self._held) - self._at))
        self._ended = not block
        if block:
            self._held, self._at = self._held[self._at :] + block, 0
        return bool(block)

    def peek(self) -> str:
        """The next character that is no blank, "" at the end."""
        while True:
            found = _SPACE.match(self._held, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._held):
                return self._held[self._at]
            if not self.more():
                return ""

    def take(self, wanted: str) -> str:
        """Pass over one of these characters. Raises FileError where another stands."""
        found = self.peek()
        if not found or found not in wanted:
            raise self.broken()
        self._at += 1
        return found

    def broken(self, code: str = "json") -> FileError:
        """The error of a document that is not JSON."""
        return FileError(code, f"{self.name}: not JSON, or cut off")

    def value(self) -> tuple[Any, str]:
        """The value that begins here, or None and a fault of its own. Raises FileError where the text is no JSON."""
        if not self.peek():
            raise self.broken()
        while True:
            try:
                value, end = _STRICT.raw_decode(self._held, self._at)
                if self._may_go_on(end):
                    continue
                check_depth(value)
            except json.JSONDecodeError:
                self._grow()
            except BodyError as error:
                self._pass_over()
                return None, error.code
            except RecursionError:
                raise self.broken("json_depth") from None
            else:
                self._at = end
                return value, ""

    def _pass_over(self) -> None:
        while True:
            try:
                _, end = _LENIENT.raw_decode(self._held, self._at)
            except json.JSONDecodeError:
                self._grow()
            except RecursionError:
                raise self.broken("json_depth") from None
            else:
                if not self._may_go_on(end):
                    self._at = end
                    return

    def _may_go_on(self, end: int) -> bool:
        """Whether a number that ends with the window was read on."""
        rest = _NUMBER.match(self._held, end)
        is_cut = rest is not None and rest.end() == len(self._held) and self._held[self._at] in "-0123456789"
        return is_cut and len(self._held) - self._at <= MAX_ITEM_CHARS and self.more()

    def _grow(self) -> None:
        size = len(self._held) - self._at
        if size > MAX_ITEM_CHARS:
            raise FileError("too_large", f"{self.name}: an item has more than {MAX_ITEM_CHARS} characters")
        if size > _BLOCK_CHARS and held_bytes(self._held[self._at :]) > MAX_ITEM_BYTES:
            raise FileError("json_memory", f"{self.name}: an item takes more than {MAX_ITEM_BYTES} bytes of memory")
        if not self.more():
            raise self.broken()


Found = tuple[Any, Any, str]
"""The key of an item (None in a list), the item, and its fault."""


def _top(window: _Window, path: str) -> Iterator[Found]:
    start = window.peek()
    if start == "[":
        yield from _list(window)
    elif path == "*" and start:
        document, fault = window.value()
        listed = None if fault else _first_list(document)
        for item in [document] if listed is None else listed:
            yield None, item, fault
    else:
        raise _no_list(window, path)
    _end(window)


def _first_list(document: Any) -> Any:
    """The first list of objects in a document, breadth first; None if it holds none."""
    level = [document]
    for _ in range(MAX_DEPTH):
        deeper = []
        for value in level:
            if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
                return value
            if isinstance(value, dict):
                deeper += [child for child in value.values() if isinstance(child, (dict, list))]
        level = deeper
    return None


def _items(window: _Window, parts: list[str]) -> Iterator[Found]:
    """Walk down objects to the list, give its items, and read the rest for faults."""
    if parts == ["{}"]:
        yield from _object(window)
        _end(window)
        return
    yield from _inside(window, parts)
    _end(window)


def _inside(window: _Window, parts: list[str]) -> Iterator[Found]:
    if not parts:
        if window.peek() != "[":
            raise _no_list(window, "")
        yield from _list(window)
        return
    if parts == ["{}"]:
        yield from _object(window)
        return
    if window.peek() != "{":
        raise _no_list(window, parts[0])
    seen = False
    for key in _keys(window):
        if key == parts[0]:
            if seen:
                raise window.broken()
            seen = True
            yield from _inside(window, parts[1:])
        else:
            window.value()
    if not seen:
        raise _no_list(window, parts[0])


def _keys(window: _Window) -> Iterator[str]:
    """The keys of an object; whoever asks reads the value of each before the next."""
    window.take("{")
    if window.peek() == "}":
        window.take("}")
        return
    while True:
        if window.peek() != '"':
            raise window.broken()
        key, _ = window.value()
        window.take(":")
        yield key
        if window.take(",}") == "}":
            return


def _list(window: _Window) -> Iterator[Found]:
    window.take("[")
    if window.peek() == "]":
        window.take("]")
        return
    while True:
        item, fault = window.value()
        yield None, item, fault
        if window.take(",]") == "]":
            return


def _object(window: _Window) -> Iterator[Found]:
    if window.peek() != "{":
        raise _no_list(window, "{}")
    for key in _keys(window):
        item, fault = window.value()
        yield key, item, fault


def _end(window: _Window) -> None:
    if window.peek() not in ("", "\x1a"):
        raise window.broken()


def _no_list(window: _Window, where: str) -> FileError:
    return FileError("items", f"{window.name}: no list at {where or '(top)'!r}")
