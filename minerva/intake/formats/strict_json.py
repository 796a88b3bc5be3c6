"""Strict JSON: what the standard parser lets through is refused here.

Refused: NaN and infinities, repeated keys, numbers of more than 100 characters, nesting deeper than 64,
more values than MAX_HELD_BYTES of memory take.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable
from typing import Any

from minerva.intake.errors import BodyError

MAX_DEPTH = 64
_MAX_NUMBER_CHARS = 100
_SMALL_CHARS = 1_000_000
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
MAX_HELD_BYTES = 224 * 1024 * 1024
"""Memory that the values of one document may take, its text included."""


def parse_json(body: bytes) -> Any:
    """The value of a JSON document in UTF-8 (a byte order mark is allowed). Fractions come back as the text they were.

    Raises BodyError with code `json` or `json_depth`.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BodyError("json", f"the answer is not UTF-8 (byte {error.start})") from None
    return parse_json_text(text)


def parse_json_text(text: str, *, fraction: Callable[[str], Any] = str) -> Any:
    """As parse_json, for text. `fraction` makes a value of a number with a point or an exponent, finite by then.

    Raises BodyError with code `json_memory` before it is read where the values could take more than MAX_HELD_BYTES.
    """
    if len(text) > _SMALL_CHARS and held_bytes(text) > MAX_HELD_BYTES:
        raise BodyError("json_memory", f"the JSON holds more than {MAX_HELD_BYTES} bytes of memory take")
    try:
        value = json.loads(
            text,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
            parse_int=_whole,
            parse_float=lambda number: fraction(_finite(number)),
        )
    except RecursionError:
        raise BodyError("json_depth", f"JSON nested deeper than {MAX_DEPTH}") from None
    except json.JSONDecodeError as error:
        raise BodyError("json", f"not JSON (line {error.lineno}, column {error.colno})") from None
    check_depth(value)
    return value


def item_decoder() -> json.JSONDecoder:
    """Decodes one value at a place of a text, as strictly as parse_json does; depth is for check_depth."""
    return json.JSONDecoder(
        object_pairs_hook=_unique, parse_float=_finite, parse_int=_whole, parse_constant=_refuse_constant
    )


def held_bytes(text: str) -> int:
    """About how many bytes a JSON text and its values take at most: those of objects, lists, values and keys."""
    plain = 240 * text.count("{") + 72 * text.count("[") + 60 * text.count(",") + 140 * text.count(":")
    return plain + 2 * sys.getsizeof(text)


def parse_body(text: str) -> dict[str, Any]:
    """The JSON object of a request's body, not deeper than MAX_DEPTH. Raises BodyError with what was expected.

    Numbers are read as the standard parser reads them: bodies of a refresh are large, and hooks would double the time.
    """
    try:
        value = json.loads(text)
    except RecursionError:
        raise BodyError("json_depth", f"JSON nested deeper than {MAX_DEPTH}") from None
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise BodyError("json", "the body must be a JSON object")
    check_depth(value)
    refuse_halves(text, value)
    return value


def refuse_halves(text: str, value: Any) -> None:
    """Raises BodyError for half of a character (a lone surrogate) in a request: neither store nor reply can hold it."""
    try:
        text.encode("utf-8")
        if _HALF.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise BodyError("json", "the body holds half of a character (a lone surrogate)") from None


def _refuse_constant(_: str) -> Any:
    raise BodyError("json", "NaN and infinities are not JSON")


def _whole(text: str) -> int:
    if len(text) > _MAX_NUMBER_CHARS:
        raise BodyError("json", f"a number has more than {_MAX_NUMBER_CHARS} characters")
    return int(text)


def _finite(text: str) -> str:
    if len(text) > _MAX_NUMBER_CHARS or not math.isfinite(float(text)):
        raise BodyError("json", "a number is too large")
    return text


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BodyError("json", "a JSON object repeats a key")
    return found


def check_depth(value: Any) -> None:
    """Raises BodyError (`json_depth`) for a value nested deeper than MAX_DEPTH."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = (
            [
                child
                for parent in level
                for child in (parent.values() if isinstance(parent, dict) else parent)
                if isinstance(child, (dict, list))
            ]
            if level and isinstance(level[0], (dict, list))
            else []
        )
        if not level:
            return
    raise BodyError("json_depth", f"JSON nested deeper than {MAX_DEPTH}")
