"""Significant figures for sigfig(): products keep the fewest figures of their operands, sums the fewest decimals."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from decimal import Context as Arithmetic
from typing import Any, Union

from understudy.spl.eval.shapes import CallSite, Evaluate
from understudy.spl.eval.tree import Binary, Expr, Field, Literal, Unary
from understudy.spl.model import Context, Row
from understudy.spl.values import normalize_number, number_of, text_of

EXACT = 17
_WIDE = Arithmetic(prec=800, rounding=ROUND_HALF_UP)
"""Holds every digit of the largest and of the smallest number beside each other."""
Precision = tuple[int, int]
"""(significant figures, decimals) of a number as it was written."""
Known = Union[Precision, None]


def precision_of_text(text: str) -> Precision:
    """Returns figures and decimals of a number's text: `1.00` has (3, 2), `1111` has (4, 0)."""
    try:
        _sign, digits, exponent = Decimal(text.strip()).as_tuple()
    except InvalidOperation:
        return EXACT, EXACT
    decimals = max(0, -exponent) if isinstance(exponent, int) else EXACT
    return max(1, len(digits)), decimals


def precision_of(node: Expr, row: Row) -> Precision:
    """Returns the precision of an expression's operands; calls and other operations are taken as exact."""
    if isinstance(node, Literal):
        return precision_of_text(node.source.strip('"'))
    if isinstance(node, Field):
        return precision_of_text(text_of(row.get(node.name)))
    if isinstance(node, Unary):
        return precision_of(node.item, row)
    if isinstance(node, Binary) and node.op in ("*", "/"):
        left, right = precision_of(node.left, row), precision_of(node.right, row)
        return min(left[0], right[0]), EXACT
    if isinstance(node, Binary) and node.op in ("+", "-"):
        left, right = precision_of(node.left, row), precision_of(node.right, row)
        return EXACT, min(left[1], right[1])
    return EXACT, EXACT


def round_to_figures(number: Any, figures: int) -> Any:
    """Returns the number rounded to that many significant figures, half away from zero."""
    exact = Decimal(repr(number))
    if not exact:
        return 0
    if not exact.is_finite():
        return number
    places = figures - 1 - exact.adjusted()
    return normalize_number(float(exact.quantize(Decimal(1).scaleb(-places), context=_WIDE)))


def rounded_product(node: Expr) -> Any:
    """Returns the value of a product or quotient of number literals, or None for anything else.

    It is no more precise than its least precise operand (8.250 * 0.2 is 2, 8.250 * 0.20 is 1.7), and no digit in front
    of the point is lost. With a field, a whole number or a call in it nothing is rounded. Source: eval, "Rounding".
    """
    figures = _literal_figures(node)
    if figures is None or not isinstance(node, Binary):
        return None
    value = _literal_value(node)
    if not value:
        return None
    places = max(0, figures - 1 - value.adjusted())
    quantum = Decimal(1).scaleb(-places)
    return normalize_number(float(value.quantize(quantum, context=_WIDE)))


def _literal_figures(node: Expr) -> int | None:
    if isinstance(node, Literal) and not isinstance(node.value, str):
        return precision_of_text(node.source.lstrip("0."))[0] if "." in node.source else None
    if isinstance(node, Binary) and node.op in ("*", "/"):
        left, right = _literal_figures(node.left), _literal_figures(node.right)
        return None if left is None or right is None else min(left, right)
    return None


def _literal_value(node: Expr) -> Decimal | None:
    if isinstance(node, Literal):
        return Decimal(node.source)
    assert isinstance(node, Binary)
    left, right = _literal_value(node.left), _literal_value(node.right)
    if left is None or right is None or (node.op == "/" and not right):
        return None
    return left * right if node.op == "*" else left / right


def build_sigfig(site: CallSite) -> Evaluate:
    """Builds sigfig(): the argument's value, rounded by how its operands were written (1.00*1111 gives 1110)."""
    node = site.nodes[0]
    evaluate = site.arguments[0].evaluate

    def run(row: Row, context: Context) -> Any:
        number = number_of(evaluate(row, context))
        if number is None or not math.isfinite(number):
            return number
        figures, decimals = precision_of(node, row)
        if decimals < EXACT and figures == EXACT:
            quantum = Decimal(1).scaleb(-decimals)
            return normalize_number(float(Decimal(repr(number)).quantize(quantum, context=_WIDE)))
        return number if figures >= EXACT else round_to_figures(number, figures)

    return run
