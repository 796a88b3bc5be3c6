"""Which fields of the events a pipeline can see, from the first command on to one that fixes its columns.

None is always a right answer: all of them. A command is listed here only when its reading is known by field names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from understudy.spl.commands import dedup, fields, head
from understudy.spl.commands.eval import DYNAMIC, Assignment
from understudy.spl.eval import Expression
from understudy.spl.eval.tree import Call, nodes_of
from understudy.spl.search_tree import And, Compare, Everything, Node, Not, Or, Term, TimeBound
from understudy.spl.statistics import Call as Statistic
from understudy.spl.statistics.calls import Statistics

WHOLE_ROW = frozenset({"searchmatch", "lookup"})
"""Eval functions that read fields which their arguments do not name."""
TIMED = frozenset({"earliest", "latest", "earliest_time", "latest_time", "rate"})


class Stage(Protocol):
    """A planned command: its name in the registry and its parsed options."""

    @property
    def name(self) -> str: ...

    @property
    def options(self) -> Any: ...


class Unknown(Exception):
    """The pipeline may read any field."""


def needed_fields(stages: Sequence[Stage]) -> frozenset[str] | None:
    """Returns the fields that the stages read from what comes before them, or None for all."""
    needed: set[str] = set()
    made: set[str] = set()

    def reads(names: Iterable[str]) -> None:
        for name in names:
            if "*" in name:
                raise Unknown
            if name not in made:
                needed.add(name)

    try:
        for stage in stages:
            options = stage.options
            if stage.name == "where":
                reads(read_by(options))
            elif stage.name == "eval":
                for assignment in options:
                    reads(read_by(assignment.expression))
                    _assigned(assignment, reads, made)
            elif stage.name == "head" and isinstance(options, head.Options):
                reads(read_by(options.expression) if options.expression is not None else ())
            elif stage.name == "dedup" and isinstance(options, dedup.Options):
                reads(options.names)
                reads(key.field for key in options.sortby)
            elif stage.name == "fields" and isinstance(options, fields.Options):
                continue
            elif stage.name == "table":
                reads(options)
                return frozenset(needed)
            elif stage.name == "stats":
                reads(read_by_statistics(options))
                return frozenset(needed)
            else:
                return None
    except Unknown:
        return None
    return None


def _assigned(assignment: Assignment, reads: Any, made: set[str]) -> None:
    if assignment.dynamic:
        reads(DYNAMIC.findall(assignment.target))
    else:
        made.add(assignment.target)


def read_by(expression: Expression) -> frozenset[str]:
    """Returns the fields an expression reads. Raises Unknown when its text does not tell."""
    if any(isinstance(item, Call) and item.name.lower() in WHOLE_ROW for item in nodes_of(expression.tree)):
        raise Unknown
    return expression.fields


def read_by_statistics(options: Statistics) -> set[str]:
    """Returns the fields that statistics read, group fields and times among them. Raises Unknown on wildcards."""
    found = set(options.by)
    for call in options.calls:
        for part in call.parts or (call,):
            found |= _read_by_call(part)
    return found


def _read_by_call(call: Statistic) -> set[str]:
    found: set[str] = set()
    if call.wildcard:
        raise Unknown
    if call.sparkline or call.function.name in TIMED:
        found.add("_time")
    if call.field is not None:
        found.add(call.field)
    if call.expression is not None:
        found |= read_by(call.expression)
    return found


def read_by_tree(node: Node) -> frozenset[str] | None:
    """Returns the fields a search expression reads, or None for a field name with a wildcard."""
    if isinstance(node, (And, Or)):
        parts = [read_by_tree(item) for item in node.items]
        return None if None in parts else frozenset[str]().union(*(part for part in parts if part is not None))
    if isinstance(node, Not):
        return read_by_tree(node.item)
    if isinstance(node, Compare):
        return None if "*" in node.field else frozenset({node.field})
    if isinstance(node, Term):
        return frozenset({"_raw"})
    if isinstance(node, TimeBound):
        return frozenset({"_indextime" if node.side.startswith("_index") else "_time"})
    assert isinstance(node, Everything)
    return frozenset()
