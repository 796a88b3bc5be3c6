"""The syntax tree of an eval expression: plain data, each node with its place in the search text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Union

from understudy.spl.values import Number


@dataclass(frozen=True)
class Literal:
    """A number or a text between double quotes; source is as written (sigfig reads its digits)."""

    value: Number | str
    source: str
    position: int


@dataclass(frozen=True)
class Field:
    name: str
    position: int


@dataclass(frozen=True)
class Unary:
    """op: `-`, `+` or `NOT`."""

    op: str
    item: Expr
    position: int


@dataclass(frozen=True)
class Binary:
    """op: + - * / % . = != < <= > >= AND OR XOR LIKE (`==` is read as `=`)."""

    op: str
    left: Expr
    right: Expr
    position: int


@dataclass(frozen=True)
class Chain:
    """Operands joined by one associative operator, AND or OR: kept flat so that long chains need no deep recursion."""

    op: str
    items: tuple[Expr, ...]
    position: int


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple[Expr, ...]
    position: int


Expr = Union[Literal, Field, Unary, Binary, Chain, Call]


def nodes_of(node: Expr) -> Iterator[Expr]:
    """Yields an expression and all that it is made of, each part after the whole it belongs to."""
    waiting: list[Expr] = [node]
    while waiting:
        item = waiting.pop()
        yield item
        if isinstance(item, Unary):
            waiting.append(item.item)
        elif isinstance(item, Binary):
            waiting += (item.left, item.right)
        elif isinstance(item, Chain):
            waiting += item.items
        elif isinstance(item, Call):
            waiting += item.arguments


def fields_of(node: Expr) -> frozenset[str]:
    """Returns the names of all fields that an expression reads by name."""
    return frozenset(item.name for item in nodes_of(node) if isinstance(item, Field))


def format_expression(node: Expr) -> str:
    """Returns an expression as text that parses to the same tree; each operation stands in parentheses."""
    if isinstance(node, Literal):
        return node.source
    if isinstance(node, Field):
        return f"'{node.name}'"
    if isinstance(node, Unary):
        return f"({node.op} {format_expression(node.item)})"
    if isinstance(node, Binary):
        return f"({format_expression(node.left)} {node.op} {format_expression(node.right)})"
    if isinstance(node, Chain):
        return "(" + f" {node.op} ".join(format_expression(item) for item in node.items) + ")"
    return f"{node.name}({', '.join(format_expression(item) for item in node.arguments)})"
