"""Comparison and conditional functions: case, if, coalesce, in, like, match, cidrmatch, searchmatch and so on."""

from __future__ import annotations

import re
from datetime import UTC
from functools import lru_cache
from typing import Any

from understudy.spl.errors import SplSyntaxError
from understudy.spl.eval.comparisons import order_as_text, order_of
from understudy.spl.eval.compile import require_boolean
from understudy.spl.eval.shapes import CallSite, Evaluate, Function, common_kind, constant, on_values
from understudy.spl.model import Context, Row
from understudy.spl.regexes import Regex, compile_regex
from understudy.spl.search_match import address_in, compile_match, network_of
from understudy.spl.values import text_of, values_of


def _pairs(site: CallSite) -> list[tuple[Evaluate, Evaluate]]:
    if len(site.arguments) % 2:
        raise SplSyntaxError(f"'{site.name}' needs pairs of condition and value.", site.position)
    what = f"Each condition of '{site.name}'"
    return [
        (require_boolean(condition, site.position, what), value.evaluate)
        for condition, value in zip(site.arguments[::2], site.arguments[1::2], strict=True)
    ]


def _case(site: CallSite) -> Evaluate:
    pairs = _pairs(site)

    def run(row: Row, context: Context) -> Any:
        for condition, value in pairs:
            if condition(row, context) is True:
                return value(row, context)
        return None

    return run


def _validate(site: CallSite) -> Evaluate:
    pairs = _pairs(site)

    def run(row: Row, context: Context) -> Any:
        for condition, value in pairs:
            if condition(row, context) is not True:
                return value(row, context)
        return None

    return run


def _if(site: CallSite) -> Evaluate:
    condition = require_boolean(site.arguments[0], site.position, "The first argument of 'if'")
    then, otherwise = site.arguments[1].evaluate, site.arguments[2].evaluate
    return lambda row, context: (then if condition(row, context) is True else otherwise)(row, context)


def _coalesce(site: CallSite) -> Evaluate:
    evaluators = [argument.evaluate for argument in site.arguments]

    def run(row: Row, context: Context) -> Any:
        for evaluate in evaluators:
            value = evaluate(row, context)
            if value is not None:
                return value
        return None

    return run


def _in(site: CallSite) -> Evaluate:
    subject, *items = site.arguments
    pairs = [(item.evaluate, order_as_text if subject.kind == item.kind == "text" else order_of) for item in items]

    def run(row: Row, context: Context) -> Any:
        wanted = values_of(subject.evaluate(row, context))
        if not wanted:
            return None
        for evaluate, order in pairs:
            for value in values_of(evaluate(row, context)):
                if any(order(one, value) == 0 for one in wanted):
                    return True
        return False

    return run


def _nullif(left: Any, right: Any) -> Any:
    if left is not None and right is not None:
        same = left == right if isinstance(left, list) or isinstance(right, list) else order_of(left, right) == 0
        if same:
            return None
    return left


@lru_cache(maxsize=1024)
def like_pattern(pattern: str) -> re.Pattern[str]:
    """Returns the pattern of an SQL LIKE: % any text, _ one character, backslash takes the next one literally.

    Each % but the last is an atomic group, so that matching is linear in the text for each start.
    """
    pieces: list[list[str]] = [[]]
    index = 0
    while index < len(pattern):
        character = pattern[index]
        if character == "\\" and index + 1 < len(pattern):
            index += 1
            pieces[-1].append(re.escape(pattern[index]))
        elif character == "%":
            if len(pieces) == 1 or pieces[-1]:
                pieces.append([])
        else:
            pieces[-1].append("." if character == "_" else re.escape(character))
        index += 1
    head, *rest = ["".join(piece) for piece in pieces]
    text = head + "".join(f"(?>.*?{piece})" for piece in rest[:-1])
    if rest:
        text += f".*{rest[-1]}"
    return re.compile(text + r"\Z", re.DOTALL)


def _like(text: Any, pattern: Any) -> Any:
    if text is None or pattern is None:
        return None
    compiled = like_pattern(text_of(pattern))
    return any(compiled.match(text_of(value)) is not None for value in values_of(text))


def regex_argument(site: CallSite, index: int) -> Regex | None:
    """Returns the compiled pattern of a literal argument (malformed: SplSyntaxError), or None if computed."""
    pattern = constant(site, index)
    return None if pattern is None else compile_regex(text_of(pattern), site.nodes[index].position)


def _match(site: CallSite) -> Evaluate:
    fixed = regex_argument(site, 1)
    subject, pattern = site.arguments[0].evaluate, site.arguments[1].evaluate

    def run(row: Row, context: Context) -> Any:
        text = subject(row, context)
        compiled = fixed
        if compiled is None:
            computed = pattern(row, context)
            compiled = None if computed is None else compile_regex(text_of(computed), site.position)
        if text is None or compiled is None:
            return None
        return any(compiled.search(text_of(value)) is not None for value in values_of(text))

    return run


def _cidrmatch(network_text: Any, address: Any) -> Any:
    if network_text is None or address is None:
        return None
    network = network_of(text_of(network_text).strip())
    if network is None:
        return text_of(network_text) == text_of(address)
    return any(address_in(text_of(value), network) for value in values_of(address))


def _searchmatch(site: CallSite) -> Evaluate:
    from understudy.spl.search_expression import parse

    fixed = constant(site, 0)
    if isinstance(fixed, str):
        parse(fixed, site.nodes[0].position + 1, 0.0, UTC)
    tests: dict[tuple[str, float], Any] = {}

    def run(row: Row, context: Context) -> Any:
        text = site.arguments[0].evaluate(row, context)
        if text is None:
            return None
        key = (text_of(text), context.now)
        test = tests.get(key)
        if test is None:
            if len(tests) > 200:
                tests.clear()
            test = tests[key] = compile_match(parse(key[0], site.position, context.now, context.zone))
        return test(row)

    return run


def _lookup(site: CallSite) -> Evaluate:
    from understudy.spl.eval.table_lookup import build_lookup

    return build_lookup(site)


def _kind_of_values(site: CallSite) -> str:
    return common_kind([argument.kind for argument in site.arguments[1::2]])


FUNCTIONS = [
    Function("case", 2, None, "any", _case, "case(<condition>, <value>, ...)", _kind_of_values),
    Function("validate", 2, None, "any", _validate, "validate(<condition>, <value>, ...)", _kind_of_values),
    Function(
        "if",
        3,
        3,
        "any",
        _if,
        "if(<condition>, <value>, <value>)",
        lambda site: common_kind([argument.kind for argument in site.arguments[1:]]),
    ),
    *(
        Function(
            name,
            1,
            None,
            "any",
            _coalesce,
            f"{name}(<value>, ...)",
            lambda site: common_kind([argument.kind for argument in site.arguments]),
        )
        for name in ("coalesce", "ifnull")
    ),
    Function("in", 2, None, "bool", _in, "in(<field>, <value>, ...)"),
    Function("like", 2, 2, "bool", on_values(_like), "like(<text>, <pattern>)"),
    Function("match", 2, 2, "bool", _match, "match(<text>, <regex>)"),
    Function("cidrmatch", 2, 2, "bool", on_values(_cidrmatch), "cidrmatch(<cidr>, <ip>)"),
    Function("searchmatch", 1, 1, "bool", _searchmatch, "searchmatch(<search>)"),
    Function("lookup", 2, 3, "text", _lookup, "lookup(<table>, <json_object>, <json_array>)"),
    Function(
        "nullif", 2, 2, "any", on_values(_nullif), "nullif(<field>, <field>)", lambda site: site.arguments[0].kind
    ),
    Function("null", 0, 0, "null", lambda site: lambda row, context: None, "null()"),
    Function("true", 0, 0, "bool", lambda site: lambda row, context: True, "true()"),
    Function("false", 0, 0, "bool", lambda site: lambda row, context: False, "false()"),
]
