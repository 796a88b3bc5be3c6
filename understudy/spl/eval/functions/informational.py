"""Informational functions (isnull, isnum, typeof, ...) and date and time functions (now, strftime, relative_time, ...).

A field whose text reads as a number is a number; a text between quotes is a string whatever it reads as.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from understudy.spl import times
from understudy.spl.eval.shapes import CallSite, Evaluate, Function
from understudy.spl.json_fields import load_json
from understudy.spl.model import Context, Row
from understudy.spl.values import collapse, normalize_number, number_of, text_of, values_of


def _typed(value: Any, text: bool) -> str:
    if value is None:
        return "Invalid"
    if isinstance(value, bool):
        return "Bool"
    if isinstance(value, list):
        return "Multivalue"
    if not text and number_of(value) is not None:
        return "Number"
    return "String"


def _is_integer(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().lstrip("+-").isdigit()
    number = number_of(value)
    return number is not None and float(number).is_integer()


def _is_json(value: Any, kind: type) -> bool:
    try:
        return isinstance(load_json(value), kind)
    except ValueError:
        return False


TESTS: dict[str, Callable[[Any, bool], bool]] = {
    "isarray": lambda value, text: _is_json(value, list),
    "isbool": lambda value, text: isinstance(value, bool),
    "isdouble": lambda value, text: _typed(value, text) == "Number" and not _is_integer(value),
    "isint": lambda value, text: _typed(value, text) == "Number" and _is_integer(value),
    "ismv": lambda value, text: isinstance(value, list),
    "isnotnull": lambda value, text: value is not None,
    "isnull": lambda value, text: value is None,
    "isnum": lambda value, text: _typed(value, text) == "Number",
    "isobject": lambda value, text: _is_json(value, dict),
    "isstr": lambda value, text: _typed(value, text) == "String",
}


def _test(name: str) -> Function:
    test = TESTS[name]

    def build(site: CallSite) -> Evaluate:
        evaluate, text = site.arguments[0].evaluate, site.arguments[0].kind == "text"
        return lambda row, context: test(evaluate(row, context), text)

    return Function(name, 1, 1, "bool", build, f"{name}(<value>)")


def _typeof(site: CallSite) -> Evaluate:
    evaluate, text = site.arguments[0].evaluate, site.arguments[0].kind == "text"
    return lambda row, context: _typed(evaluate(row, context), text)


def _on_times(apply: Callable[[Any, str, Context], Any]) -> Callable[[CallSite], Evaluate]:
    """Builds a call of (value, text) that goes over each value of a multivalue and is null for null."""

    def build(site: CallSite) -> Evaluate:
        first, second = site.arguments[0].evaluate, site.arguments[1].evaluate

        def run(row: Row, context: Context) -> Any:
            value, text = first(row, context), second(row, context)
            if value is None or text is None:
                return None
            return collapse([apply(item, text_of(text), context) for item in values_of(value)])

        return run

    return build


def _strftime(value: Any, form: str, context: Context) -> Any:
    number = number_of(value)
    return None if number is None else times.strftime(number, form, context.zone)


def _strptime(value: Any, form: str, context: Context) -> Any:
    epoch = times.strptime(text_of(value), form, context.zone, context.now)
    return None if epoch is None else normalize_number(epoch)


def _relative_time(value: Any, specifier: str, context: Context) -> Any:
    number = number_of(value)
    if number is None:
        return None
    try:
        return normalize_number(times.parse_modifier(specifier, number, context.zone))
    except ValueError:
        return None


FUNCTIONS = [
    *(_test(name) for name in TESTS),
    Function("typeof", 1, 1, "text", _typeof, "typeof(<value>)"),
    Function("now", 0, 0, "number", lambda site: lambda row, context: int(context.now), "now()"),
    Function("time", 0, 0, "number", lambda site: lambda row, context: round(time.time(), 6), "time()"),
    Function("strftime", 2, 2, "text", _on_times(_strftime), "strftime(<time>, <format>)"),
    Function("strptime", 2, 2, "number", _on_times(_strptime), "strptime(<text>, <format>)"),
    Function("relative_time", 2, 2, "number", _on_times(_relative_time), "relative_time(<time>, <specifier>)"),
]
