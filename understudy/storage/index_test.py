"""What the index alone decides about a search tree, row by row: the reference that prefilter.py's SQL must equal.

Default fields, times and the fields that fields.conf calls indexed are looked up in the index (fields.conf INDEXED):
what automatic extraction adds to such a field never finds an event. A term lets through what may hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from understudy.spl.model import Row
from understudy.spl.search_match import Test, compile_match
from understudy.spl.search_tree import And, Compare, Everything, Node, Not, Or, Term, TimeBound
from understudy.storage.prefilter import Translator

Column = Callable[[str], str | None]


@dataclass(frozen=True)
class Decision:
    """A test over the indexed fields of an event. exact: the index decides; otherwise True means: look further."""

    test: Test
    exact: bool


def admits(node: Node, translator: Translator) -> Test:
    """Returns the test of what the index lets through."""
    found = _decide(node, translator)
    return (lambda row: True) if found is None else found.test


def _decide(node: Node, translator: Translator) -> Decision | None:
    if isinstance(node, Everything):
        return Decision(lambda row: True, True)
    if isinstance(node, And):
        parts = [_decide(item, translator) for item in node.items]
        known = [part for part in parts if part is not None]
        tests = [part.test for part in known]
        return Decision(
            lambda row: all(test(row) for test in tests), len(known) == len(parts) and all(p.exact for p in known)
        )
    if isinstance(node, Or):
        parts = [_decide(item, translator) for item in node.items]
        known = [part for part in parts if part is not None]
        if len(known) < len(parts):
            return None
        tests = [part.test for part in known]
        return Decision(lambda row: any(test(row) for test in tests), all(part.exact for part in known))
    if isinstance(node, Not):
        inner = _decide(node.item, translator)
        if inner is None or not inner.exact:
            return None
        test = inner.test
        return Decision(lambda row: not test(row), True)
    if isinstance(node, Compare) and (clause := translator.translate(node)) is not None and not clause.exact:
        return _of_alias(node, translator)
    if isinstance(node, (Compare, TimeBound)) and translator.translate(node) is not None:
        return Decision(compile_match(node), True)
    if isinstance(node, Term) and (clause := translator.translate(node)) is not None:
        piece = str(clause.parameters[0])
        if node.case:
            return Decision(lambda row: piece in str(row["_raw"]), False)
        return Decision(lambda row: piece in str(row["_raw"]).lower(), False)
    return None


def _of_alias(node: Compare, translator: Translator) -> Decision | None:
    known = translator.alias(node.field)
    if known is None:
        return None
    test = compile_match(replace(node, field=known.field))
    return Decision(lambda row: str(row.get("sourcetype", "")) not in known.sourcetypes or test(row), False)


def indexed_view(row: Row, names: Mapping[str, str]) -> Row:
    """Returns the part of a stored event's row that the index knows, before search-time fields."""
    base = ("_raw", "_time", "_indextime", "index", "host", "source", "sourcetype")
    return {name: row[name] for name in (*base, *names) if name in row}
