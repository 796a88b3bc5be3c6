"""Comparison in eval: by number where both sides read as numbers, else as text. Null gives null, a list any value.

Against a literal there is a short way for the common row, a single value of the literal's own type; all other rows
take the general way, so that both give the same answer.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from understudy.spl.eval.shapes import Compiled, Evaluate
from understudy.spl.eval.tree import Binary, Expr, Field, Literal
from understudy.spl.model import Context, Row
from understudy.spl.values import compare, number_of, text_of

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


def order_as_text(left: Any, right: Any) -> int:
    left_text, right_text = text_of(left), text_of(right)
    return (left_text > right_text) - (left_text < right_text)


def order_of(left: Any, right: Any) -> int:
    """Returns -1, 0, 1 for two scalars or bools; a bool equals its own text in any case."""
    if isinstance(left, bool) or isinstance(right, bool):
        return order_as_text(text_of(left).lower(), text_of(right).lower())
    return compare(left, right)


def compile_comparison(node: Binary, left: Compiled, right: Compiled) -> Compiled:
    """Returns the closure of `left op right`, its kind bool."""
    order = order_as_text if left.kind == right.kind == "text" else order_of
    if isinstance(node.right, Literal):
        return Compiled(_with_literal(node.left, left.evaluate, node.right.value, node.op, order), "bool")
    if isinstance(node.left, Literal):
        return Compiled(_with_literal(node.right, right.evaluate, node.left.value, MIRRORED[node.op], order), "bool")
    return Compiled(_general(left.evaluate, right.evaluate, node.op, order), "bool")


def decide(left: Any, right: Any, apply: Callable[[Any, Any], bool], order: Callable[[Any, Any], int]) -> bool | None:
    """Returns what an operator says of two values of any kind; None when one of them is null."""
    if left is None or right is None:
        return None
    if isinstance(left, list) or isinstance(right, list):
        lefts = left if isinstance(left, list) else [left]
        rights = right if isinstance(right, list) else [right]
        return any(apply(order(one, other), 0) for one in lefts for other in rights)
    return apply(order(left, right), 0)


def _general(left: Evaluate, right: Evaluate, op: str, order: Callable[[Any, Any], int]) -> Evaluate:
    apply = OPERATORS[op]

    def compared(row: Row, context: Context) -> Any:
        left_value = left(row, context)
        if left_value is None:
            return None
        return decide(left_value, right(row, context), apply, order)

    return compared


def _with_literal(tree: Expr, evaluate: Evaluate, literal: Any, op: str, order: Callable[[Any, Any], int]) -> Evaluate:
    """The literal stands on the right. A text literal that reads as no number is compared with texts as text."""
    apply = OPERATORS[op]
    is_number = type(literal) is int or type(literal) is float
    if not is_number and order is order_of and number_of(literal) is not None:
        return _general(evaluate, lambda row, context: literal, op, order)
    name = tree.name if isinstance(tree, Field) else None

    def field_with_number(row: Row, context: Context) -> Any:
        value = row.get(name)  # type: ignore[arg-type]  # chosen only where there is a name
        kind = type(value)
        if kind is int or kind is float:
            return apply(value, literal)
        if kind is str and (number := number_of(value)) is not None:
            return apply(number, literal)
        return decide(value, literal, apply, order)

    def number(row: Row, context: Context) -> Any:
        value = evaluate(row, context)
        kind = type(value)
        if kind is int or kind is float:
            return apply(value, literal)
        return decide(value, literal, apply, order)

    def text(row: Row, context: Context) -> Any:
        value = evaluate(row, context)
        if type(value) is str:
            return apply(value, literal)
        return decide(value, literal, apply, order)

    if is_number:
        return number if name is None else field_with_number
    return text
