"""Whatever text comes in, only SplErrors come out; printing an expression and reading it back changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.understudy.spl.core.conftest import answer
from understudy.spl import values, wildcard
from understudy.spl.errors import SplError
from understudy.spl.eval.parser import parse_expression
from understudy.spl.eval.tree import format_expression
from understudy.spl.lexer import tokenize, unescape

ROWS: list[dict[str, Any]] = [{"_time": 1, "_raw": "a b=1 c", "a": 1, "b": ["x", "2"]}, {"a": "z"}]
MARKS = (
    "|",
    "[",
    "]",
    "(",
    ")",
    '"',
    "'",
    "`",
    "```",
    "\\",
    ",",
    "=",
    "!=",
    "<",
    " ",
    "\n",
    "*",
    "-",
    "+",
    ".",
    "%",
    "\x00",
)
WORDS = (
    "a",
    "b",
    "1",
    "AND",
    "OR",
    "NOT",
    "eval",
    "where",
    "search",
    "stats",
    "count",
    "by",
    "append",
    "join",
    "map",
    "return",
)
OTHERS = (
    "format",
    "IN",
    "TERM(",
    "if(",
    "mvmap(",
    "round(",
    "case(",
    "$a$",
    "earliest=-1d",
    "é",
    "head",
    "rex",
    "makeresults",
)
PIECES = st.sampled_from([*MARKS, *(f"{word} " for word in WORDS), *(f"{word} " for word in OTHERS)])
OPERATORS = st.sampled_from([" + ", "-", "*", "/", "%", "."])
COMPARISONS = st.sampled_from(["=", "!=", "<", ">="])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda left, op, right: f"({left}{op}{right})", inner, OPERATORS, inner),
        st.builds(lambda left, op, right: f"if({left}{op}{right},1,{left})", inner, COMPARISONS, inner),
        st.builds(lambda one, two: f"coalesce({one}, -{two})", inner, inner),
    )


EXPRESSIONS = st.recursive(st.sampled_from(["a", "'b c'", "1", "2.5", '"t\\"x"', "null()"]), _larger, max_leaves=12)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_answered_or_refused(text: str) -> None:
    refusal = None
    try:
        answer(text, ROWS)
    except SplError as error:
        refusal = error
    assert refusal is None or (refusal.message and refusal.kind in {"syntax", "unsupported", "missing", "runtime"})


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS)
def test_printed_expression_reads_back_the_same(text: str) -> None:
    printed = format_expression(parse_expression(text))
    assert format_expression(parse_expression(printed)) == printed


@given(st.text())
def test_tokens_lie_where_they_say(text: str) -> None:
    try:
        tokens = tokenize(text, 7)
    except SplError:
        return
    for token in tokens:
        assert text[token.position - 7 : token.position - 7 + len(token.raw)] == token.raw


@given(st.one_of(st.integers(-(2**53), 2**53), st.floats(allow_nan=False, allow_infinity=False)))
def test_text_of_a_number_reads_back_as_that_number(number: float) -> None:
    read = values.number_of(values.text_of(number))
    assert read == number


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (5.0, "5"),
        (0.1, "0.1"),
        (1e20, "100000000000000000000"),
        (0.00001, "0.00001"),
        (-2.50, "-2.5"),
        (1 / 3, "0.3333333333333333"),
        (10**15, "1000000000000000"),
    ],
)
def test_number_is_written_plainly(number: float, text: str) -> None:
    assert values.text_of(number) == text


@given(st.text("ab*", max_size=8), st.text("ab", max_size=12))
def test_wildcard_agrees_with_a_pattern(pattern: str, text: str) -> None:
    import re

    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None
    assert wildcard.matcher(pattern)(text) is expected


def test_unescape_resolves_quotes_and_backslashes_only() -> None:
    assert unescape(r"a\"b\\c\d") == r'a"b\c\d'


@pytest.mark.parametrize(
    "text", ["(" * 5000, "[" * 5000, "a=(" * 3000, "| eval x=" + "(" * 4000, "NOT " * 5000, "`" * 3001, "'" * 5001]
)
def test_deep_or_long_text_is_refused_not_crashed(text: str) -> None:
    with pytest.raises(SplError):
        answer(text, ROWS)
