"""Values of SPL fields: numbers and their text, comparison, sort keys, multivalues.

A null is None, a multivalue is a list of two or more scalars (see model.py). Numbers are doubles in Splunk; here a
whole number below 2**53 is kept as int so that its text has no `.0`.
"""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any, Union

Number = Union[int, float]

NUMBER_TEXT = re.compile(r"\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*\Z", re.ASCII)
WHOLE_TEXT = re.compile(r"\s*[+-]?\d{1,15}\s*\Z", re.ASCII)
EXACT_LIMIT = 2**53
BEYOND_TEXT = 10**4000
"""Python refuses to write whole numbers of more than 4,300 digits."""


def normalize_number(number: Number) -> Number | None:
    """Returns the number as int when it is whole and exact in a double, else as float; None for NaN and infinity."""
    if isinstance(number, int):
        if -EXACT_LIMIT <= number <= EXACT_LIMIT:
            return number
        try:
            return float(number)
        except OverflowError:
            return None
    if number != number or number in (math.inf, -math.inf):
        return None
    if number.is_integer() and -EXACT_LIMIT <= number <= EXACT_LIMIT:
        return int(number)
    return number


def special_text(number: Number) -> str | None:
    """Returns how eval writes what is no finite number: `inf`, `-inf` or `nan`; None for a finite one."""
    if number != number:
        return "nan"
    return {math.inf: "inf", -math.inf: "-inf"}.get(number)


def number_of(value: Any) -> Number | None:
    """Returns the number a scalar is or reads as (`10`, `-1.5`, `1e3`); None for other text, lists, bools and None."""
    kind = type(value)
    if kind is int or kind is float:
        return value  # type: ignore[no-any-return]  # its type was just looked at
    if kind is str or isinstance(value, str):
        if len(value) <= 15 and value.isdigit() and value.isascii():
            return int(value)
        if not value or len(value) > 400 or value[0].isalpha():
            return None
        if WHOLE_TEXT.match(value):
            return int(value)
        if NUMBER_TEXT.match(value):
            return normalize_number(float(value))
    return None


def text_of(value: Any) -> str:
    """Returns a scalar as Splunk writes it: `5` for 5.0, plain decimals where they fit; a list joined by new lines."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, list):
        return "\n".join(text_of(item) for item in value)
    return ""


def _float_text(value: float) -> str:
    if value != value:
        return "nan"
    if value in (math.inf, -math.inf):
        return "inf" if value > 0 else "-inf"
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    text = repr(value)
    if "e" not in text:
        return text
    if 1e-7 <= abs(value) < 1e21:
        return format(Decimal(text), "f")
    return text


def values_of(value: Any) -> list[Any]:
    """Returns the values of a field as a list: [] for null, one item for a scalar, the list itself for a multivalue."""
    if value is None:
        return []
    if isinstance(value, list):
        return value
    return [value]


def collapse(values: Iterable[Any]) -> Any:
    """Returns None for no values, the scalar for one, a list for more; nulls are dropped."""
    kept = [value for value in values if value is not None]
    if not kept:
        return None
    return kept[0] if len(kept) == 1 else kept


def compare(left: Any, right: Any) -> int:
    """Returns -1, 0 or 1: by number when both scalars are numbers or read as numbers, else by text (case kept)."""
    left_number = number_of(left)
    if left_number is not None:
        right_number = number_of(right)
        if right_number is not None:
            return (left_number > right_number) - (left_number < right_number)
    left_text, right_text = text_of(left), text_of(right)
    return (left_text > right_text) - (left_text < right_text)


@lru_cache(maxsize=65536)
def _address_key(text: str) -> tuple[int, int] | None:
    if text.count(".") != 3 and ":" not in text:
        return None
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.version, int(address))


def sort_key(value: Any) -> tuple[int, Any, Any]:
    """Returns a total order over scalars: numbers first by size, then IP addresses by address, then text by code point.

    A multivalue is ordered by its first value. None is the caller's business (missing goes last in `sort`).
    """
    if isinstance(value, list):
        value = value[0] if value else ""
    number = number_of(value)
    if number is not None:
        return (0, number, "")
    text = text_of(value)
    address = _address_key(text)
    if address is not None:
        return (1, address, text)
    return (2, text, "")


def address_key(value: Any) -> tuple[int, int] | None:
    """Returns (version, number) of an IP address given as text, or None."""
    return _address_key(text_of(value)) if value is not None else None


def json_scalar(value: Any) -> Any:
    """Returns a JSON scalar as a field value: true and false become text, null None, whole floats ints.

    A whole number that a double cannot hold stays the text it was, as in a field of Splunk's.
    """
    if value is None:
        return None
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int) and not -EXACT_LIMIT <= value <= EXACT_LIMIT:
        return str(value) if abs(value) < BEYOND_TEXT else None
    if isinstance(value, (int, float)):
        return normalize_number(value)
    return value


def truth(text: str) -> bool | None:
    """Returns the bool of an option's text (t, true, 1, yes, y and their opposites, any case), or None."""
    lowered = text.strip().lower()
    if lowered in ("t", "true", "1", "yes", "y", "on"):
        return True
    if lowered in ("f", "false", "0", "no", "n", "off"):
        return False
    return None
