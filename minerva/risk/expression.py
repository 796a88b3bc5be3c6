"""The small language in which an indicator says when it holds: features, numbers, comparisons, and, or, not, ( ).

A text becomes closures and is never evaluated as code. What is not known (None) stays unknown: a comparison with it is
unknown, `and` and `or` follow Kleene, so that knowing less never turns "not known" or "no" into "yes".
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from typing import Callable, NamedTuple, Optional

Known = Optional[bool]
Values = Mapping[str, Optional[float]]
Test = Callable[[Values], Known]

LONGEST, DEEPEST = 300, 20
_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<name>[a-z][a-z0-9_]*)|(?P<sign>>=|<=|!=|[<>=()]))")
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip
_WORDS = ("and", "or", "not")


class ExpressionError(ValueError):
    """The text is no expression; the message says what was expected and at which character."""


class Expression(NamedTuple):
    """A parsed text: `test` gives True, False or None for unknown; `names` are the features that it reads; `directions`
    (feature, whether a lower value is nearer to yes), both ways for one that is compared for equality."""

    text: str
    test: Test
    names: frozenset[str]
    directions: frozenset[tuple[str, bool]]


def parse(text: str) -> Expression:
    """The expression of a text. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(f"longer than {LONGEST} characters")
    reader = _Reader(text)
    test = reader.either(0)
    if reader.at < len(reader.tokens):
        raise reader.expected("and, or, or the end")
    return Expression(text, test, frozenset(name for name, _ in reader.directions), frozenset(reader.directions))


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str, int]] = []
        self.directions: set[tuple[str, bool]] = set()
        self.denied = False
        self.at = 0
        start = 0
        stripped = text.rstrip()
        while start < len(stripped):
            found = _TOKEN.match(stripped, start)
            if found is None:
                raise ExpressionError(f"character {start + 1}: expected a feature, a number, a comparison or ( )")
            self.tokens.append((str(found.lastgroup), found[str(found.lastgroup)], found.start(str(found.lastgroup))))
            start = found.end()

    def expected(self, what: str) -> ExpressionError:
        place = f"character {self.tokens[self.at][2] + 1}" if self.at < len(self.tokens) else "at the end"
        return ExpressionError(f"{place}: expected {what}")

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, *texts: str) -> bool:
        if self.peek() in texts:
            self.at += 1
            return True
        return False

    def either(self, depth: int) -> Test:
        if depth > DEEPEST:
            raise ExpressionError(f"more than {DEEPEST} parentheses within each other")
        parts = [self.both(depth)]
        while self.take("or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else _any(parts)

    def both(self, depth: int) -> Test:
        parts = [self.one(depth)]
        while self.take("and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else _all(parts)

    def one(self, depth: int) -> Test:
        if self.take("not"):
            self.denied = not self.denied
            inner = self.one(depth + 1)
            self.denied = not self.denied
            return _not(inner)
        if self.take("("):
            inner = self.either(depth + 1)
            if not self.take(")"):
                raise self.expected(")")
            return inner
        name = self._name()
        sign = self.peek() if self.peek() in _COMPARE else ">"
        ways = (False, True) if sign in ("=", "!=") else (sign.startswith("<") != self.denied,)
        self.directions.update((name, lower) for lower in ways)
        if self.peek() in _COMPARE:
            compare = _COMPARE[sign]
            self.at += 1
            if self.at >= len(self.tokens) or self.tokens[self.at][0] != "number":
                raise self.expected("a number")
            self.at += 1
            return _compared(name, compare, float(self.tokens[self.at - 1][1]))
        return _compared(name, operator.gt, 0.0)

    def _name(self) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != "name" or self.peek() in _WORDS:
            raise self.expected("a feature")
        self.at += 1
        return self.tokens[self.at - 1][1]


def _compared(name: str, compare: Callable[[float, float], bool], bound: float) -> Test:
    def test(values: Values) -> Known:
        value = values.get(name)
        return None if value is None else compare(value, bound)

    return test


def _not(inner: Test) -> Test:
    def test(values: Values) -> Known:
        known = inner(values)
        return None if known is None else not known

    return test


def _all(parts: list[Test]) -> Test:
    def test(values: Values) -> Known:
        found = [part(values) for part in parts]
        return False if False in found else None if None in found else True

    return test


def _any(parts: list[Test]) -> Test:
    def test(values: Values) -> Known:
        found = [part(values) for part in parts]
        return True if True in found else None if None in found else False

    return test
