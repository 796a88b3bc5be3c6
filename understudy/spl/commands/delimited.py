"""Multivalues that remember the text by which nomv joins them, as stats delim= and mvcombine delim= set it."""

from __future__ import annotations

from understudy.spl.model import Scalar, Value


class DelimitedValues(list[Scalar]):
    """A multivalue with its delimiter; to everything but nomv it is a plain list."""

    def __init__(self, values: list[Scalar], delimiter: str) -> None:
        super().__init__(values)
        self.delimiter = delimiter


def delimiter_of(value: Value) -> str:
    """Returns a new line for a multivalue that has no delimiter of its own."""
    return value.delimiter if isinstance(value, DelimitedValues) else "\n"
