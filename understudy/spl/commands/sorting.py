"""Sort keys of SPL: `- a +b`, num() str() ip() auto(); missing values come last, whichever way a field is sorted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cmp_to_key
from typing import Any

from understudy.spl.commands.reader import Piece, Reader
from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Row, Scalar
from understudy.spl.values import address_key, number_of, text_of

_CALL = re.compile(r"([+-]?)(auto|num|str|ip)$", re.IGNORECASE)


@dataclass(frozen=True)
class Key:
    field: str
    descending: bool = False
    kind: str = "auto"


def read_keys(reader: Reader) -> list[Key]:
    """Reads sort fields up to the end or an option. A lone sign holds for all fields after it without one."""
    keys: list[Key] = []
    standing = False
    while not reader.done:
        reader.skip_commas()
        piece = reader.peek()
        if piece is None or reader.is_option():
            break
        reader.next()
        if piece.kind == "word" and piece.text in {"+", "-"}:
            standing = piece.text == "-"
            continue
        keys.append(_key(reader, piece, standing))
    return keys


def _key(reader: Reader, piece: Piece, standing: bool) -> Key:
    if piece.kind in {"punct", "subsearch"}:
        raise SplSyntaxError(f"Command '{reader.command}' expects a field here.", piece.position)
    text, descending = piece.text, standing
    if piece.kind != "word":
        return Key(text, descending)
    if text[0] in "+-" and len(text) > 1:
        descending, text = text[0] == "-", text[1:]
    if not reader.is_punct("("):
        return Key(text, descending)
    call = _CALL.match(text)
    inner, begin = reader.inside()
    if call is None:
        return Key(f"{text}({inner})", descending)
    name = inner.strip().strip("\"'")
    if not name:
        raise SplSyntaxError(f"{text}() needs a field.", begin)
    return Key(name, descending, call.group(2).lower())


def _first(value: Any) -> Scalar | None:
    if isinstance(value, list):
        return value[0] if value else None
    return value  # type: ignore[no-any-return]  # a field's value is a scalar, a list or None


def _kind_of(key: Key, rows: list[Row]) -> str:
    """Returns num, ip or str where auto means that for all values, else mixed: decided for each pair of values."""
    if key.kind != "auto":
        return key.kind
    values = [value for row in rows if (value := _first(row.get(key.field))) is not None]
    if all(number_of(value) is not None for value in values):
        return "num"
    if all(address_key(value) is not None for value in values):
        return "ip"
    if any(number_of(value) is not None or address_key(value) is not None for value in values):
        return "mixed"
    return "str"


def _sort_value(value: Scalar, kind: str) -> Any:
    if kind == "num":
        return number_of(value)
    if kind == "ip":
        return address_key(value)
    return _pairwise(value) if kind == "mixed" else text_of(value)


def _compare(left: Scalar, right: Scalar) -> int:
    """Returns -1, 0 or 1: how two values are compared is decided for the pair, as documented for auto."""
    for read in (number_of, address_key):
        one, other = read(left), read(right)
        if one is not None and other is not None:
            return (one > other) - (one < other)  # type: ignore[operator]  # both of one kind
    first, second = text_of(left), text_of(right)
    return (first > second) - (first < second)


_pairwise = cmp_to_key(_compare)


def sorted_rows(rows: list[Row], keys: list[Key]) -> list[Row]:
    """Returns the rows in order; equal rows keep their order."""
    result = list(rows)
    for key in reversed(keys):
        kind = _kind_of(key, result)
        present: list[tuple[Any, Row]] = []
        absent: list[Row] = []
        for row in result:
            value = _first(row.get(key.field))
            sort_value = None if value is None else _sort_value(value, kind)
            if sort_value is None:
                absent.append(row)
            else:
                present.append((sort_value, row))
        present.sort(key=lambda pair: pair[0], reverse=key.descending)
        result = [row for _, row in present] + absent
    return result
