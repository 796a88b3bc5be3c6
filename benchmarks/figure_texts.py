"""Figures in the text of pages: which numbers a page states, whether they are the committed ones, and how to set them.

A statement is a piece of a page with names in place of its numbers: `F1 {chicago.f1}`. Blanks and line ends are alike;
a row of a table stands on one line, from its first word.
`{name:short}` is written .967, `{name:cell}` .967 or 1.00, `{name:,}` and the like as Python formats numbers, `{_}` is
any word and not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

Value = int | float

_TOKEN = re.compile(r"\{([a-z_][\w.]*)(?::([^{}]*))?\}")
_NUMBER = r"-?(?:\d[\d,]*(?:\.\d+)?|\.\d+)"


class Statement(NamedTuple):
    """page: path from the project's root; text: see above; row: True for the beginning of a line."""

    page: str
    text: str
    row: bool = False


class Stated(NamedTuple):
    """A number as a page states it, and the name and format of its figure. line: from 1; start, end: in the page."""

    name: str
    form: str
    number: str
    line: int
    start: int
    end: int


def written(value: Value, form: str = "") -> str:
    """Returns a figure as a page states it: three decimals, or a whole number."""
    if form == "short":
        return f"{value:.3f}".removeprefix("0")
    if form == "cell":
        return f"{value:.3f}".removeprefix("0")[:4]
    return format(value, form or ("d" if isinstance(value, int) else ".3f"))


def names_of(statement: Statement) -> list[str]:
    """Returns the names of the figures in a statement."""
    return [name for name, _ in _TOKEN.findall(statement.text) if name != "_"]


def stated(statement: Statement, page: str) -> list[Stated]:
    """Returns the numbers of each place of a page that says what the statement says; empty where none does."""
    tokens = [(name, form) for name, form in _TOKEN.findall(statement.text) if name != "_"]
    return [
        Stated(
            name, form, match[group], page.count("\n", 0, match.start(group)) + 1, match.start(group), match.end(group)
        )
        for match in _pattern(statement).finditer(page)
        for group, (name, form) in enumerate(tokens, 1)
    ]


def faults(statements: Iterable[Statement], pages: Mapping[str, str], figures: Mapping[str, Value]) -> Iterator[str]:
    """Yields a sentence for each statement that a page does not make, and each number that is not its figure.

    pages: path -> text. Raises KeyError for a page that is not given.
    """
    for statement in statements:
        found = stated(statement, pages[statement.page])
        if not found:
            yield f"{statement.page} does not say: {statement.text}"
        for each in found:
            if each.name not in figures:
                yield f"{statement.page}:{each.line}: no figure is called {each.name}"
            elif written(figures[each.name], each.form) != each.number:
                wanted = written(figures[each.name], each.form)
                yield f"{statement.page}:{each.line} says {each.number}, but {each.name} is {wanted}"


def restated(statements: Iterable[Statement], page: str, figures: Mapping[str, Value]) -> str:
    """Returns a page with its numbers set to the figures; where two blanks or more stand before one, columns stay."""
    for statement in statements:
        for each in reversed(stated(statement, page)):
            text, before = written(figures[each.name], each.form), page[: each.start]
            room = len(before) - len(before.rstrip(" "))
            if room > 1:
                before = before.rstrip(" ") + " " * max(1, room + len(each.number) - len(text))
            page = before + text + page[each.end :]
    return page


def _pattern(statement: Statement) -> re.Pattern[str]:
    blank = r"[ ]+" if statement.row else r"\s+"

    def literal(text: str) -> str:
        return "".join(blank if piece.isspace() else re.escape(piece) for piece in re.split(r"(\s+)", text) if piece)

    parts, end, text = [r"^[ ]*" if statement.row else r"(?<![\w.])"], 0, statement.text
    for token in _TOKEN.finditer(text):
        parts += [literal(text[end : token.start()]), r"\S+" if token[1] == "_" else f"({_NUMBER})"]
        end = token.end()
    return re.compile("".join([*parts, literal(text[end:]), r"(?!\w|\.\d)"]), re.MULTILINE)
