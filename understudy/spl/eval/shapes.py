"""What compiled expressions and eval functions are made of.

Static kinds: bool, number, text (never read as a number, even if it looks like one), scalar (a field), any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from understudy.spl.eval.tree import Expr
from understudy.spl.model import Context, Row
from understudy.spl.values import collapse, normalize_number, number_of, special_text, text_of

Evaluate = Callable[[Row, Context], Any]
"""Any: a Value, a bool or None; which one is known only when the row is."""


class JsonText(str):
    """Text that a JSON function made: another JSON function embeds it as JSON and not as a string."""

    __slots__ = ()


@dataclass(frozen=True)
class Compiled:
    evaluate: Evaluate
    kind: str


@dataclass(frozen=True)
class CallSite:
    """One call in an expression: its compiled arguments and, for functions that need them, their trees."""

    name: str
    arguments: tuple[Compiled, ...]
    nodes: tuple[Expr, ...]
    position: int
    compile: Callable[[Expr], Compiled]


@dataclass(frozen=True)
class Function:
    """An eval function. maximum None = any number; kind is the static kind of its result ("same": see kind_of)."""

    name: str
    minimum: int
    maximum: int | None
    kind: str
    build: Callable[[CallSite], Evaluate]
    syntax: str
    kind_of: Callable[[CallSite], str] | None = None


def on_values(apply: Callable[..., Any]) -> Callable[[CallSite], Evaluate]:
    """Builds a call that hands all argument values over as they are, nulls included."""

    def build(site: CallSite) -> Evaluate:
        evaluators = [argument.evaluate for argument in site.arguments]
        if len(evaluators) == 1:
            only = evaluators[0]
            return lambda row, context: apply(only(row, context))
        if len(evaluators) == 2:
            first, second = evaluators
            return lambda row, context: apply(first(row, context), second(row, context))
        return lambda row, context: apply(*[evaluate(row, context) for evaluate in evaluators])

    return build


def on_present(apply: Callable[..., Any]) -> Callable[[CallSite], Evaluate]:
    """Builds a call that is null when any argument is null."""

    def guarded(*arguments: Any) -> Any:
        return None if None in arguments else apply(*arguments)

    return on_values(guarded)


def on_each(apply: Callable[..., Any]) -> Callable[[CallSite], Evaluate]:
    """Builds a call that is null when any argument is null and goes over each value of a multivalue first argument."""

    def guarded(*arguments: Any) -> Any:
        for argument in arguments:
            if argument is None:
                return None
        first = arguments[0]
        if isinstance(first, list):
            return collapse([apply(value, *arguments[1:]) for value in first])
        return apply(*arguments)

    return on_values(guarded)


def on_text(apply: Callable[..., Any]) -> Callable[[CallSite], Evaluate]:
    """Builds a call over each value of the first argument, with every argument given as text."""

    def with_text(*arguments: Any) -> Any:
        return apply(*[text_of(argument) for argument in arguments])

    return on_each(with_text)


def on_numbers(apply: Callable[..., Any]) -> Callable[[CallSite], Evaluate]:
    """Builds a call on numbers: null when any argument is none, `nan` or `inf` where there is no finite value."""

    def with_numbers(*arguments: Any) -> Any:
        numbers = [number_of(argument) for argument in arguments]
        if None in numbers:
            return None
        try:
            result = apply(*numbers)
        except ValueError:
            return "nan"
        except OverflowError:
            return "inf"
        except ZeroDivisionError:
            return None
        if result is None:
            return None
        if isinstance(result, complex):
            return "nan"
        number = normalize_number(result)
        return special_text(result) if number is None else number

    return on_values(with_numbers)


def constant(site: CallSite, index: int) -> Any:
    """Returns the literal an argument is, or None when it is computed."""
    from understudy.spl.eval.tree import Literal

    node = site.nodes[index] if index < len(site.nodes) else None
    return node.value if isinstance(node, Literal) else None


def common_kind(kinds: Sequence[str]) -> str:
    """Returns the one kind of several results, `any` when they differ; null() agrees with everything."""
    known = {kind for kind in kinds if kind != "null"}
    if not known:
        return "null"
    if len(known) == 1:
        return known.pop()
    return "any" if "bool" in known or "any" in known else "scalar"
