"""Compiles expression trees to closures over (row, context): operators, comparison, three-valued logic.

Null in arithmetic, concatenation or comparison gives null; AND, OR and NOT follow three-valued logic, so that a row
is kept by `where` only when its condition is true and not merely unknown.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from typing import Any

from understudy.spl.bounds import check_text
from understudy.spl.errors import SplSyntaxError, UnsupportedError
from understudy.spl.eval.comparisons import compile_comparison
from understudy.spl.eval.precision import rounded_product
from understudy.spl.eval.shapes import CallSite, Compiled, Evaluate
from understudy.spl.eval.tree import Binary, Call, Chain, Expr, Field, Literal, Unary
from understudy.spl.model import Context, Row
from understudy.spl.values import EXACT_LIMIT, normalize_number, number_of, special_text, text_of

ELSEWHERE = {
    "concat": "a . b",
    "contains": 'like(field, "%text%")',
    "count": "mvcount(field)",
    "endswith": 'like(field, "%text")',
    "iff": "if(condition, a, b)",
    "length": "len(field)",
    "nvl": "coalesce(a, b)",
    "startswith": 'like(field, "text%")',
}
"""Functions of other languages, and what SPL writes for them."""
ARITHMETIC = ("+", "-", "*", "/", "%")


def compile_tree(node: Expr) -> Compiled:
    """Returns the closure and static kind of a tree; raises SplSyntaxError (types) or UnsupportedError (functions)."""
    if isinstance(node, Literal):
        value = node.value
        return Compiled(lambda row, context: value, "text" if isinstance(value, str) else "number")
    if isinstance(node, Field):
        name = node.name
        return Compiled(lambda row, context: row.get(name), "scalar")
    if isinstance(node, Unary):
        return _unary(node)
    if isinstance(node, Chain):
        return _chain(node)
    if isinstance(node, Call):
        return compile_call(node)
    if node.op in ARITHMETIC or node.op == ".":
        return _spine(node)
    if node.op == "LIKE":
        return compile_call(Call("like", (node.left, node.right), node.position))
    return compile_comparison(node, compile_tree(node.left), compile_tree(node.right))


def compile_call(node: Call) -> Compiled:
    from understudy.spl.eval.functions import functions

    function = functions().get(node.name)
    if function is None:
        raise UnsupportedError(f"The eval function '{node.name}' is not supported{_nearest(node.name)}.", node.position)
    count = len(node.arguments)
    if count < function.minimum or (function.maximum is not None and count > function.maximum):
        raise SplSyntaxError(
            f"The arguments to the '{node.name}' function are invalid: {count} given, {function.syntax} expected.",
            node.position,
        )
    arguments = tuple(compile_tree(argument) for argument in node.arguments)
    site = CallSite(node.name, arguments, node.arguments, node.position, compile_tree)
    kind = function.kind if function.kind_of is None else function.kind_of(site)
    return Compiled(function.build(site), kind)


def _nearest(name: str) -> str:
    from difflib import get_close_matches

    from understudy.spl.eval.functions import functions

    if name in ELSEWHERE:
        return f"; write {ELSEWHERE[name]}"
    close = get_close_matches(name, functions(), 1)
    return f"; did you mean '{close[0]}'" if close else ""


def require_boolean(compiled: Compiled, position: int, what: str) -> Evaluate:
    """Returns the closure of a condition; raises SplSyntaxError when it can never be true or false."""
    if compiled.kind not in ("bool", "any", "null"):
        raise SplSyntaxError(f"{what} must be a Boolean expression.", position)
    return compiled.evaluate


def _unary(node: Unary) -> Compiled:
    item = compile_tree(node.item)
    evaluate = item.evaluate
    if node.op == "NOT":
        condition = require_boolean(item, node.position, "The operand of NOT")

        def negated(row: Row, context: Context) -> Any:
            value = condition(row, context)
            return (not value) if isinstance(value, bool) else None

        return Compiled(negated, "bool")
    sign = -1 if node.op == "-" else 1

    def signed(row: Row, context: Context) -> Any:
        number = number_of(evaluate(row, context))
        return None if number is None else sign * number

    return Compiled(signed, "number")


def _chain(node: Chain) -> Compiled:
    what = f"An operand of {node.op}"
    items = [require_boolean(compile_tree(item), node.position, what) for item in node.items]
    if node.op == "XOR":

        def exclusive(row: Row, context: Context) -> Any:
            result = False
            for item in items:
                value = item(row, context)
                if not isinstance(value, bool):
                    return None
                result = result != value
            return result

        return Compiled(exclusive, "bool")
    decisive = node.op == "OR"

    def logical(row: Row, context: Context) -> Any:
        unknown = False
        for item in items:
            value = item(row, context)
            if value is decisive:
                return decisive
            if not isinstance(value, bool):
                unknown = True
        return None if unknown else not decisive

    return Compiled(logical, "bool")


def _add(left: Any, right: Any) -> Any:
    left_number = number_of(left)
    if left_number is not None:
        right_number = number_of(right)
        return None if right_number is None else left_number + right_number
    return _add_texts(left, right)


def _add_texts(left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        check_text(len(left) + len(right), "'+'")
        return left + right
    return None


def _concatenate(left: Any, right: Any) -> Any:
    if left is None or right is None or isinstance(left, list) or isinstance(right, list):
        return None
    left_text, right_text = text_of(left), text_of(right)
    check_text(len(left_text) + len(right_text), "'.'")
    return left_text + right_text


def _on_two_numbers(apply: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def operate(left: Any, right: Any) -> Any:
        left_number = number_of(left)
        if left_number is None:
            return None
        right_number = number_of(right)
        return None if right_number is None else apply(left_number, right_number)

    return operate


def _modulo(left: Any, right: Any) -> Any:
    if right == 0:
        return None
    if isinstance(left, int) and isinstance(right, int):
        return int(math.copysign(abs(left) % abs(right), left))
    return math.fmod(left, right)


OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": _add,
    "-": _on_two_numbers(lambda left, right: left - right),
    "*": _on_two_numbers(lambda left, right: left * right),
    "/": _on_two_numbers(lambda left, right: None if right == 0 else left / right),
    "%": _on_two_numbers(_modulo),
    ".": _concatenate,
}


def _spine(node: Binary) -> Compiled:
    """Compiles a run of arithmetic and concatenation from left to right without recursion on its length."""
    links: list[Binary] = []
    first: Expr = node
    while isinstance(first, Binary) and (first.op in ARITHMETIC or first.op == "."):
        links.append(first)
        first = first.left
    start = compile_tree(first)
    kind = start.kind
    steps: list[tuple[Callable[[Any, Any], Any], Evaluate]] = []
    for link in reversed(links):
        right = compile_tree(link.right)
        operation = OPERATIONS[link.op]
        if "bool" in (kind, right.kind):
            raise SplSyntaxError(f"The operator '{link.op}' does not take a Boolean value.", link.position)
        if link.op == "+" and kind == "text" and right.kind == "text":
            operation = _add_texts
        elif link.op != "." and link.op != "+":
            kind = "number"
        elif link.op == "+" and "text" not in (kind, right.kind):
            kind = "number" if kind == right.kind == "number" else "scalar"
        if link.op == ".":
            kind = "text"
        steps.append((operation, right.evaluate))
    begin = start.evaluate

    def run(row: Row, context: Context) -> Any:
        value = begin(row, context)
        for operation, evaluate in steps:
            value = operation(value, evaluate(row, context))
            if value is None:
                return None
            if not isinstance(value, str):
                number = normalize_number(value)
                value = special_text(value) if number is None else number
        return value

    rounded = rounded_product(node)
    if rounded is not None:
        return Compiled(lambda row, context: rounded, "number")
    if isinstance(first, Field) and all(link.op in EXACT and _is_whole(link.right) for link in links):
        return Compiled(_with_constants(first.name, list(reversed(links)), run), kind)
    return Compiled(run, kind)


EXACT: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def _is_whole(node: Expr) -> bool:
    return isinstance(node, Literal) and type(node.value) is int


def _with_constants(name: str, links: Sequence[Binary], general: Evaluate) -> Evaluate:
    """The short way of `field*2+1`: whole numbers at every step; whatever else comes up takes the general way."""
    steps = [(EXACT[link.op], link.right.value) for link in links if isinstance(link.right, Literal)]

    def run(row: Row, context: Context) -> Any:
        value: Any = row.get(name)
        if type(value) is str:
            value = number_of(value)
        for apply, constant in steps:
            if type(value) is not int:
                return general(row, context)
            value = apply(value, constant)
            if not -EXACT_LIMIT <= value <= EXACT_LIMIT:
                return general(row, context)
        return value

    return run
