"""Mutants: one change to one place of a syntax tree, and the run that asks of each whether anything notices.

A comparison turned, `and` for `or`, one side of either left out, a condition always true or false, a constant or what
is returned changed, a statement left out, an entry of a table taken away. Which of these a proof takes is its own.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from proofs.model import Outcome, drawn

TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OTHER_CALL = {"any": "all", "all": "any", "min": "max", "max": "min"}
STATEMENTS = (ast.Raise, ast.AugAssign, ast.Delete)
CONDITIONS = (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.If, ast.IfExp, ast.Continue)


class Change(NamedTuple):
    """One mutant: where it is made (file or module, function or ""), which node in walking order, which variant."""

    file: str
    function: str
    number: int
    variant: int
    text: str


def variants(node: ast.AST) -> Iterator[tuple[int, ast.AST]]:
    """Yields (variant, what takes the node's place)."""
    if isinstance(node, (ast.Compare, ast.BoolOp, ast.UnaryOp, ast.If, ast.IfExp, ast.BinOp)):
        yield from _conditions(node)
    elif isinstance(node, ast.Constant):
        yield from enumerate(map(ast.Constant, _others(node.value)))
    elif isinstance(node, (ast.Set, ast.Tuple, ast.List, ast.Dict)):
        yield from _tables(node)
    elif isinstance(node, ast.Continue):
        yield 0, ast.Break()
    elif isinstance(node, STATEMENTS) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        yield 0, ast.Pass()
    elif isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        yield 0, ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OTHER_CALL:
        made = copy.deepcopy(node)
        made.func = ast.Name(OTHER_CALL[node.func.id], ast.Load())
        yield 0, made


def _conditions(node: ast.AST) -> Iterator[tuple[int, ast.AST]]:
    if isinstance(node, ast.Compare):
        for at, sign in enumerate(node.ops):
            made = copy.deepcopy(node)
            made.ops[at] = TURNED[type(sign)]()
            yield at, made
    elif isinstance(node, ast.BoolOp):
        other = copy.deepcopy(node)
        other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield 0, other
        for at in range(len(node.values)):
            left = [value for place, value in enumerate(node.values) if place != at]
            yield at + 1, left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield 0, node.operand
    elif isinstance(node, (ast.If, ast.IfExp)):
        for at, value in enumerate((True, False)):
            made_if = copy.deepcopy(node)
            made_if.test = ast.Constant(value)
            yield at, made_if
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield 0, node.left
        yield 1, node.right


def _others(value: object) -> list[bool | int | str]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1]
    return [f"{value}_mutant"] if isinstance(value, str) else []


def _tables(node: ast.Set | ast.Tuple | ast.List | ast.Dict) -> Iterator[tuple[int, ast.AST]]:
    if isinstance(node, ast.Dict):
        for at in range(len(node.keys)):
            made_dict = copy.deepcopy(node)
            del made_dict.keys[at], made_dict.values[at]
            yield at, made_dict
    elif isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        for at in range(len(node.elts)):
            made = copy.deepcopy(node)
            del made.elts[at]
            empty = isinstance(node, ast.Set) and not made.elts
            yield at, ast.parse("set()", mode="eval").body if empty else made


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def changed(tree: ast.Module, within: Callable[[ast.Module], ast.AST], number: int, variant: int) -> ast.Module:
    """A copy of the tree with one change; `within` gives the part of it whose nodes are counted."""
    made_tree = copy.deepcopy(tree)
    target = next(node for at, node in enumerate(ast.walk(within(made_tree))) if at == number)
    made = dict(variants(target))[variant]

    class Place(ast.NodeTransformer):
        def generic_visit(self, node: ast.AST) -> ast.AST:
            return made if node is target else super().generic_visit(node)

    found: ast.Module = ast.fix_missing_locations(Place().visit(made_tree))
    return found


def shown(node: ast.AST, most: int, first: int, last: int) -> str:
    """A node as code, its middle left out if it is long."""
    text = ast.unparse(node)
    return text if len(text) <= most else f"{text[:first]}...{text[-last:]}"


def run(
    known: Sequence[Change], dies: Callable[[Change], bool], unchanged_dies: Callable[[], bool], seed: int, batch: int,
    size: int, batch_size: int,
) -> Outcome:  # fmt: skip
    """A full run goes through all mutants; the batch beyond draws some of them."""
    chosen = drawn(known, seed, batch, size, batch_size)
    failures = []
    if unchanged_dies():
        failures.append("the code itself is told from itself: a death would prove nothing")
    failures += [f"survives: {change.text}" for change in chosen if not dies(change)]
    return Outcome(len(chosen), failures)
