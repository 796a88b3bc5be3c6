"""The language of indicators: what it says, what it refuses, and that not knowing never makes a yes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minerva.risk.expression import ExpressionError, parse


@pytest.mark.parametrize(
    ("text", "values", "known"),
    [
        ("a", {"a": 1.0}, True), ("a", {"a": 0.0}, False), ("a", {"a": None}, None), ("a", {}, None),
        ("a >= 2 and b < 0.6", {"a": 2.0, "b": 0.5}, True), ("a and b", {"a": 0.0, "b": None}, False),
        ("a or b", {"a": None, "b": 1.0}, True), ("a or b", {"a": None, "b": 0.0}, None),
        ("not (a or b)", {"a": 0.0, "b": 0.0}, True), ("not a", {"a": None}, None), ("a != 3", {"a": 4.0}, True),
    ],
)  # fmt: skip
def test_an_expression_says_yes_no_or_unknown(text: str, values: dict[str, float | None], known: bool | None) -> None:
    assert parse(text).test(values) is known


@pytest.mark.parametrize(
    "text",
    ["", "a >", "a > b", "(a", "a b", "a.b", "__import__('os')", "a; b", "and", "1 > a", "a == 1", "a" * 400, "(" * 60],
)
def test_what_is_no_expression_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


NAMES = ("a", "b", "c")
NUMBERS = st.sampled_from(["0", "1", "2.5"])
ATOMS = st.builds(lambda name, sign, number: f"{name} {sign} {number}", st.sampled_from(NAMES),
                  st.sampled_from([">=", "<", "=", "!="]), NUMBERS) | st.sampled_from(NAMES)  # fmt: skip
TEXTS = st.recursive(
    ATOMS,
    lambda inner: (
        st.builds(lambda one, word, other: f"({one} {word} {other})", inner, st.sampled_from(["and", "or"]), inner)
        | inner.map(lambda one: f"(not {one})")
    ),
    max_leaves=6,
)  # fmt: skip
VALUES = st.fixed_dictionaries({name: st.none() | st.sampled_from([0.0, 1.0, 2.5, 4.0]) for name in NAMES})


@given(TEXTS, VALUES, st.sampled_from(NAMES))
def test_knowing_less_never_changes_a_no_or_an_unknown_into_a_yes(
    text: str, values: dict[str, float | None], gone: str
) -> None:
    expression = parse(text)
    before, after = expression.test(values), expression.test({**values, gone: None})
    assert after is None or after is before
