"""Mathematical, trigonometric and bitwise functions. Where there is no finite value the result is `nan` or `inf`."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

from understudy.spl.errors import SplSyntaxError
from understudy.spl.eval.functions.conversion import WIDE
from understudy.spl.eval.precision import build_sigfig
from understudy.spl.eval.shapes import CallSite, Evaluate, Function, on_each, on_numbers
from understudy.spl.eval.tree import Literal, Unary
from understudy.spl.values import normalize_number, number_of

MASK = 2**53 - 1
PI = 3.14159265358979


def _round(value: Any, places: Any = 0) -> Any:
    number, digits = number_of(value), number_of(places)
    if number is None or digits is None or not 0 <= digits <= 300:
        return None
    if isinstance(number, int):
        return number
    exact = Decimal(repr(number))
    # one tester's account (spl.md section 2): a negative half goes toward zero
    fraction = WIDE.remainder(exact.scaleb(int(digits)), Decimal(1)).copy_abs()
    half_down = -(2**53) < exact < 0 and fraction == Decimal("0.5")
    rounded = exact.quantize(Decimal(1).scaleb(-int(digits)), ROUND_CEILING if half_down else ROUND_HALF_UP, WIDE)
    return normalize_number(float(rounded))


def _build_round(site: CallSite) -> Evaluate:
    places = site.nodes[1] if len(site.nodes) > 1 else None
    if isinstance(places, Unary) and places.op == "-" and isinstance(places.item, Literal):
        raise SplSyntaxError("'round' takes no negative number of decimal places.", places.position)
    return on_each(_round)(site)


def _natural(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _inverse_tangent(number: float) -> float:
    return math.copysign(math.inf, number) if abs(number) == 1 else math.atanh(number)


def _hyperbolic_sine(number: float) -> float:
    try:
        return math.sinh(number)
    except OverflowError:
        return math.copysign(math.inf, number)


def _logarithm(number: float, base: float = 10) -> float | None:
    if base == 1:
        return None
    if number == 0 and base > 0:
        return -math.inf if base > 1 else math.inf
    return math.log10(number) if base == 10 else math.log2(number) if base == 2 else math.log(number) / math.log(base)


def _power(base: float, exponent: float) -> Any:
    if isinstance(base, int) and isinstance(exponent, int) and 0 <= exponent <= 64 and abs(base) < 2**32:
        return base**exponent
    if base == 0 and exponent < 0:
        return math.inf
    return float(base) ** float(exponent)


def _bits(apply: Callable[..., int]) -> Callable[..., Any]:
    """Keeps bit functions to whole numbers from 0 to 2**53-1; anything else has no value."""

    def checked(*numbers: Any) -> Any:
        if any(number != int(number) or not 0 <= number <= MASK for number in numbers):
            return None
        return apply(*[int(number) for number in numbers])

    return checked


def _and(*numbers: int) -> int:
    result = MASK
    for number in numbers:
        result &= number
    return result


def _or(*numbers: int) -> int:
    result = 0
    for number in numbers:
        result |= number
    return result


def _xor(*numbers: int) -> int:
    result = 0
    for number in numbers:
        result ^= number
    return result


def _shift_left(number: int, by: int) -> int:
    return (number << by) & MASK if by <= 53 else 0


def _shift_right(number: int, by: int) -> int:
    return number >> by if by <= 53 else 0


def _not(number: int, mask: int = MASK) -> int:
    return ~number & MASK & mask


def _numeric(name: str, least: int, most: int | None, apply: Callable[..., Any], syntax: str) -> Function:
    return Function(name, least, most, "number", on_numbers(apply), syntax)


ONE_NUMBER: dict[str, Callable[[Any], Any]] = {
    **{"abs": abs, "ceiling": math.ceil, "ceil": math.ceil, "floor": math.floor, "exp": math.exp, "exact": lambda x: x},
    **{"ln": _natural, "sqrt": math.sqrt, "acos": math.acos, "acosh": math.acosh},
    **{"asin": math.asin, "asinh": math.asinh, "atan": math.atan, "atanh": _inverse_tangent, "cos": math.cos},
    **{"cosh": math.cosh, "sin": math.sin, "sinh": _hyperbolic_sine, "tan": math.tan, "tanh": math.tanh},
}

FUNCTIONS = [
    *(_numeric(name, 1, 1, apply, f"{name}(<number>)") for name, apply in ONE_NUMBER.items()),
    _numeric("atan2", 2, 2, math.atan2, "atan2(<y>, <x>)"),
    _numeric("hypot", 2, 2, math.hypot, "hypot(<x>, <y>)"),
    _numeric("log", 1, 2, _logarithm, "log(<number>, <base>)"),
    _numeric("pow", 2, 2, _power, "pow(<number>, <exponent>)"),
    Function("pi", 0, 0, "number", lambda site: lambda row, context: PI, "pi()"),
    Function("round", 1, 2, "number", _build_round, "round(<number>, <places>)"),
    Function("sigfig", 1, 1, "number", build_sigfig, "sigfig(<number>)"),
    _numeric("bit_and", 2, None, _bits(_and), "bit_and(<number>, <number>, ...)"),
    _numeric("bit_or", 2, None, _bits(_or), "bit_or(<number>, <number>, ...)"),
    _numeric("bit_xor", 2, None, _bits(_xor), "bit_xor(<number>, <number>, ...)"),
    _numeric("bit_not", 1, 2, _bits(_not), "bit_not(<number>, <mask>)"),
    _numeric("bit_shift_left", 2, 2, _bits(_shift_left), "bit_shift_left(<number>, <offset>)"),
    _numeric("bit_shift_right", 2, 2, _bits(_shift_right), "bit_shift_right(<number>, <offset>)"),
]
