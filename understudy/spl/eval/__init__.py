"""Eval expressions: text to tree (parser.py) to closure (compile.py); functions/ holds the function tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Union

from understudy.spl.errors import SplSyntaxError
from understudy.spl.eval.compile import compile_tree
from understudy.spl.eval.functions import functions
from understudy.spl.eval.parser import parse_expression
from understudy.spl.eval.shapes import Compiled, JsonText
from understudy.spl.eval.tree import Expr, fields_of
from understudy.spl.lexer import text_of_tokens
from understudy.spl.model import Context, Row, Token

__all__ = ["Expression", "JsonText", "compile_expression", "evaluate_boolean", "expression_of", "functions"]


@dataclass(frozen=True)
class Expression:
    """A compiled expression. fields: names it reads; kind: its static kind (shapes.py); tree: as parsed."""

    compiled: Compiled
    tree: Expr
    position: int
    fields: frozenset[str] = field(default_factory=frozenset)

    @property
    def kind(self) -> str:
        return self.compiled.kind

    def evaluate(self, row: Row, context: Context) -> Any:
        """Returns a Value, a bool, or None for null."""
        return self.compiled.evaluate(row, context)


def compile_expression(text_or_tokens: Union[str, Sequence[Token]], position: int = 0) -> Expression:
    """Returns the Expression of a text (position: its offset) or of the tokens it was split into.

    Raises SplSyntaxError (malformed, wrong types, wrong argument count) or UnsupportedError (unknown function).
    """
    if isinstance(text_or_tokens, str):
        return _compiled(text_or_tokens, position)
    text, start = text_of_tokens(list(text_or_tokens))
    return _compiled(text, start if text else position)


@lru_cache(maxsize=256)
def _compiled(text: str, position: int) -> Expression:
    return expression_of(parse_expression(text, position), position)


def expression_of(tree: Expr, position: int) -> Expression:
    """Returns the Expression of a parsed tree."""
    try:
        return Expression(compile_tree(tree), tree, position, fields_of(tree))
    except RecursionError:
        raise SplSyntaxError("The expression is nested too deeply.", position) from None


def evaluate_boolean(expression: Expression, row: Row, context: Context) -> bool:
    """Whether the expression is true for the row; null and values that are no Boolean count as not true."""
    return expression.compiled.evaluate(row, context) is True
