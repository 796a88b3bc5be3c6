"""Multivalue and statistical functions: mvappend, mvindex, mvmap, mvfilter, split, ..., avg, max, min, sum, random."""

from __future__ import annotations

import random
import time
from typing import Any

from understudy.spl import times
from understudy.spl.bounds import MAP_SECONDS, check_text, check_values
from understudy.spl.errors import RuntimeSplError, SplSyntaxError
from understudy.spl.eval.compile import require_boolean
from understudy.spl.eval.functions.comparison import regex_argument
from understudy.spl.eval.functions.conversion import infer_json
from understudy.spl.eval.shapes import (
    CallSite,
    Evaluate,
    Function,
    JsonText,
    constant,
    on_present,
    on_values,
)
from understudy.spl.eval.tree import Field, Literal, fields_of
from understudy.spl.json_fields import dump_json
from understudy.spl.model import Context, Row
from understudy.spl.regexes import compile_regex
from understudy.spl.values import collapse, normalize_number, number_of, text_of, values_of


def _mvappend(*arguments: Any) -> Any:
    values = [value for argument in arguments for value in values_of(argument)]
    check_values(len(values), "'mvappend'")
    return collapse(values)


def _mvcount(value: Any) -> Any:
    return len(values_of(value)) or None


def _mvdedup(value: Any) -> Any:
    kept: dict[str, Any] = {}
    for item in values_of(value):
        kept.setdefault(text_of(item), item)
    return collapse(kept.values())


def _mvindex(value: Any, start: Any, end: Any = None) -> Any:
    first = number_of(start)
    items = values_of(value)
    if first is None or (end is not None and number_of(end) is None):
        return None
    begin = int(first)
    last = begin if end is None else int(number_of(end) or 0)
    begin = begin + len(items) if begin < 0 else begin
    last = last + len(items) if last < 0 else last
    if begin < 0 or begin >= len(items) or last < begin:
        return None
    return collapse(items[begin : last + 1])


def _mvjoin(value: Any, delimiter: Any) -> Any:
    mark, texts = text_of(delimiter), [text_of(item) for item in values_of(value)]
    check_text(len(mark) * len(texts) + sum(map(len, texts)), "'mvjoin'")
    return mark.join(texts)


def _mvsort(value: Any) -> Any:
    return collapse(sorted(values_of(value), key=text_of))


def _mvzip(left: Any, right: Any, delimiter: Any = ",") -> Any:
    mark, lefts, rights = text_of(delimiter), values_of(left), values_of(right)
    check_text(len(mark) * min(len(lefts), len(rights)), "'mvzip'")
    return collapse([text_of(one) + mark + text_of(other) for one, other in zip(lefts, rights, strict=False)])


def _split(value: Any, delimiter: Any) -> Any:
    mark = text_of(delimiter)
    pieces: list[str] = []
    for item in values_of(value):
        text = text_of(item)
        check_values(len(pieces) + (text.count(mark) if mark else len(text)), "'split'")
        pieces.extend(text.split(mark) if mark else list(text))
    return collapse(pieces)


def _mvrange(site: CallSite) -> Evaluate:
    evaluators = [argument.evaluate for argument in site.arguments]

    def run(row: Row, context: Context) -> Any:
        arguments = [evaluate(row, context) for evaluate in evaluators]
        if None in arguments:
            return None
        start, end = number_of(arguments[0]), number_of(arguments[1])
        if start is None or end is None:
            return None
        step = number_of(arguments[2]) if len(arguments) > 2 else 1
        span = None
        if step is None:
            try:
                span = times.parse_span(text_of(arguments[2]))
            except ValueError:
                return None
        if step is not None and step == 0:
            return None
        found: list[Any] = []
        value: Any = start
        while (value < end) if step is None or step > 0 else (value > end):
            found.append(normalize_number(value))
            check_values(len(found), "'mvrange'", site.position)
            if span is not None:
                value = times.add(value, span.count, span.unit or "s", context.zone)
            else:
                value = start + step * len(found) if step is not None else value
        return collapse(found)

    return run


def _mvfilter(site: CallSite) -> Evaluate:
    names = fields_of(site.nodes[0])
    if len(names) != 1:
        raise SplSyntaxError("'mvfilter' needs a condition on exactly one field.", site.position)
    name = next(iter(names))
    condition = require_boolean(site.arguments[0], site.position, "The argument of 'mvfilter'")

    def run(row: Row, context: Context) -> Any:
        return collapse([value for value in values_of(row.get(name)) if condition({name: value}, context) is True])

    return run


def _mvmap(site: CallSite) -> Evaluate:
    subject, expression = site.arguments[0].evaluate, site.arguments[1].evaluate
    if len(site.arguments) == 3:
        variable = constant(site, 2)
        if not isinstance(variable, str):
            if not isinstance(site.nodes[2], Field):
                raise SplSyntaxError("The third argument of 'mvmap' must be a name between quotes.", site.position)
            variable = site.nodes[2].name
    else:
        names = fields_of(site.nodes[0])
        if isinstance(site.nodes[0], Field):
            variable = site.nodes[0].name
        elif len(names) == 1:
            variable = next(iter(names))
        else:
            raise SplSyntaxError("'mvmap' must iterate over one field, or name its variable.", site.position)

    def run(row: Row, context: Context) -> Any:
        items = values_of(subject(row, context))
        if not items:
            return None
        inner = dict(row)
        results: list[Any] = []
        started = time.monotonic()
        for number, item in enumerate(items):
            if number % 16 == 15 and time.monotonic() - started > MAP_SECONDS:
                raise RuntimeSplError(f"'mvmap' took over {MAP_SECONDS} s on one row.", site.position)
            inner[variable] = item
            results.extend(values_of(expression(inner, context)))
            check_values(len(results), "'mvmap'", site.position)
        return collapse(results)

    return run


def _mvfind(site: CallSite) -> Evaluate:
    fixed = regex_argument(site, 1)
    subject, pattern = site.arguments[0].evaluate, site.arguments[1].evaluate

    def run(row: Row, context: Context) -> Any:
        compiled = fixed
        if compiled is None:
            computed = pattern(row, context)
            if computed is None:
                return None
            compiled = compile_regex(text_of(computed), site.position)
        for index, value in enumerate(values_of(subject(row, context))):
            if compiled.search(text_of(value)) is not None:
                return index
        return None

    return run


def _commands(value: Any) -> Any:
    from understudy.spl.errors import SplError
    from understudy.spl.lexer import command_of, split_pipeline

    names: list[str] = []
    for item in values_of(value):
        text = text_of(item)
        try:
            stages = split_pipeline(text)
        except SplError:
            return None
        if stages and stages[0].text.strip():
            first = stages[0].text.split()[0]
            names.append("search" if first != "search" else first)
        for stage in stages[1:]:
            try:
                names.append(command_of(stage)[0])
            except SplError:
                return None
    return collapse(names)


def _mv_to_json_array(value: Any, infer: Any = False) -> Any:
    if value is None:
        return None
    items = values_of(value)
    return JsonText(dump_json([infer_json(item) if infer is True else text_of(item) for item in items]))


def _extreme(sign: int) -> Any:
    """Strings are greater than numbers; numbers go by size, strings by code point; nulls are ignored."""

    def key(value: Any) -> tuple[int, Any]:
        number = number_of(value)
        return (1, text_of(value)) if number is None else (0, number)

    def apply(*arguments: Any) -> Any:
        items = [value for argument in arguments for value in values_of(argument)]
        if not items:
            return None
        best = max(items, key=key) if sign > 0 else min(items, key=key)
        number = number_of(best)
        return best if number is None else number

    return apply


def _numbers(arguments: tuple[Any, ...]) -> list[Any]:
    found = [number_of(value) for argument in arguments for value in values_of(argument)]
    return [number for number in found if number is not None]


def _on_number_arguments(apply: Any) -> Any:
    """sum() and avg() take fields and numbers: a text in the call is an error, the text of a field is passed over."""

    def build(site: CallSite) -> Evaluate:
        for node in site.nodes:
            if isinstance(node, Literal) and isinstance(node.value, str):
                message = f"'{site.name}' takes numbers, not the text {node.source[:40]}; tonumber() makes one."
                raise SplSyntaxError(message, node.position)
        return on_values(apply)(site)

    return build


def _sum(*arguments: Any) -> Any:
    numbers = _numbers(arguments)
    return normalize_number(sum(numbers)) if numbers else None


def _avg(*arguments: Any) -> Any:
    numbers = _numbers(arguments)
    return normalize_number(sum(numbers) / len(numbers)) if numbers else None


FUNCTIONS = [
    Function("mvappend", 1, None, "scalar", on_values(_mvappend), "mvappend(<value>, ...)"),
    Function("mvcount", 1, 1, "number", on_values(_mvcount), "mvcount(<multivalue>)"),
    Function("mvdedup", 1, 1, "scalar", on_values(_mvdedup), "mvdedup(<multivalue>)"),
    Function("mvfilter", 1, 1, "scalar", _mvfilter, "mvfilter(<condition>)"),
    Function("mvfind", 2, 2, "number", _mvfind, "mvfind(<multivalue>, <regex>)"),
    Function("mvindex", 2, 3, "scalar", on_present(_mvindex), "mvindex(<multivalue>, <start>, <end>)"),
    Function("mvjoin", 2, 2, "text", on_present(_mvjoin), "mvjoin(<multivalue>, <delimiter>)"),
    Function("mvmap", 2, 3, "scalar", _mvmap, "mvmap(<multivalue>, <expression>, <variable>)"),
    Function("mvrange", 2, 3, "scalar", _mvrange, "mvrange(<start>, <end>, <step>)"),
    Function(
        "mvreverse",
        1,
        1,
        "scalar",
        on_values(lambda value: collapse(reversed(values_of(value)))),
        "mvreverse(<multivalue>)",
    ),
    Function("mvsort", 1, 1, "scalar", on_values(_mvsort), "mvsort(<multivalue>)"),
    Function("mvzip", 2, 3, "scalar", on_present(_mvzip), "mvzip(<multivalue>, <multivalue>, <delimiter>)"),
    Function("mv_to_json_array", 1, 2, "text", on_values(_mv_to_json_array), "mv_to_json_array(<field>, <infer>)"),
    Function("split", 2, 2, "scalar", on_present(_split), "split(<text>, <delimiter>)"),
    Function("commands", 1, 1, "scalar", on_present(_commands), "commands(<search>)"),
    Function("max", 1, None, "scalar", on_values(_extreme(1)), "max(<value>, ...)"),
    Function("min", 1, None, "scalar", on_values(_extreme(-1)), "min(<value>, ...)"),
    Function("sum", 1, None, "number", _on_number_arguments(_sum), "sum(<value>, ...)"),
    Function("avg", 1, None, "number", _on_number_arguments(_avg), "avg(<value>, ...)"),
    Function("random", 0, 0, "number", lambda site: lambda row, context: random.randrange(2**31), "random()"),
]
