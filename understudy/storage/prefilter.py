"""A search tree as SQL, for what SQL can decide the same way as the row matcher.

`Clause.exact` says that SQL alone decides; otherwise the clause lets through at least what matches, and the row
matcher must look again. Letter case is folded in SQL only for ASCII values, where both sides fold alike.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from understudy.spl.search_match import network_of
from understudy.spl.search_tree import And, Compare, Everything, Node, Not, Or, Term, TimeBound
from understudy.spl.values import number_of, text_of
from understudy.storage.aliases import Known

TEXT_COLUMNS = {"index": "idx", "host": "host", "source": "source", "sourcetype": "sourcetype"}
TIME_COLUMNS = {"_time": "time", "_indextime": "indextime"}


@dataclass(frozen=True)
class Clause:
    """An SQL condition with its parameters."""

    sql: str
    parameters: tuple[Any, ...] = ()
    exact: bool = True


EVERYTHING = Clause("TRUE")
NOTHING = Clause("FALSE")
Column = Callable[[str], str | None]


def conjoin(clauses: Collection[Clause]) -> Clause:
    """Returns the AND of the clauses; TRUE without any."""
    kept = [clause for clause in clauses if clause.sql != "TRUE"]
    return Clause(
        " AND ".join(f"({clause.sql})" for clause in kept) or "TRUE",
        tuple(item for clause in kept for item in clause.parameters),
        all(clause.exact for clause in clauses),
    )


class Translator:
    """Turns trees into clauses. column: the list column of a field whose values are known from the index alone.

    only_indexed: no other fields exist (tstats), so a field without a column matches nothing. alias: what is known of a
    field that is an alias of another.
    """

    def __init__(
        self, column: Column, *, only_indexed: bool, alias: Callable[[str], Known | None] = lambda name: None
    ) -> None:
        self.alias = alias
        self._column = column
        self._only_indexed = only_indexed

    def translate(self, node: Node) -> Clause | None:
        """Returns the clause of a tree, or None when SQL can say nothing about it."""
        if isinstance(node, Everything):
            return EVERYTHING
        if isinstance(node, And):
            found = [self.translate(item) for item in node.items]
            clause = conjoin([item for item in found if item is not None])
            return clause if None not in found else Clause(clause.sql, clause.parameters, False)
        if isinstance(node, Or):
            return self._disjunction(node)
        if isinstance(node, Not):
            inner = self.translate(node.item)
            if inner is None or not inner.exact:
                return None
            return Clause(f"NOT ({inner.sql})", inner.parameters)
        if isinstance(node, TimeBound):
            column = "indextime" if node.side.startswith("_index") else "time"
            operator = ">=" if node.side.endswith("earliest") else "<"
            return Clause(f"{column} {operator} ?", (float(node.value),))
        if isinstance(node, Term):
            return term_clause(node)
        return self._compare(node)

    def _disjunction(self, node: Or) -> Clause | None:
        found = [self.translate(item) for item in node.items]
        clauses = [item for item in found if item is not None]
        if len(clauses) < len(found):
            return None
        if not clauses:
            return NOTHING
        return Clause(
            " OR ".join(f"({clause.sql})" for clause in clauses),
            tuple(item for clause in clauses for item in clause.parameters),
            all(clause.exact for clause in clauses),
        )

    def _compare(self, node: Compare) -> Clause | None:
        if node.field in TIME_COLUMNS:
            number = number_of(node.value)
            if number is None or "*" in node.value:
                return None
            if node.op in {"=", "!="} and text_of(number) != node.value:
                return None  # these compare texts: 1.0 is not 1
            return Clause(f"{TIME_COLUMNS[node.field]} {node.op} ?", (float(number),))
        if "*" in node.field:
            return None
        column = TEXT_COLUMNS.get(node.field)
        if column is None:
            column = self._column(node.field)
            if column is None:
                if self._only_indexed and not node.field.startswith("_"):
                    return NOTHING
                return self._compare_alias(node)
        test = value_clause(node)
        if test is None:
            return None
        sql, parameter = test
        negated = node.op == "!="
        if node.field in TEXT_COLUMNS:
            inner = sql.format(value=column)
            return Clause(f"{column} <> '' AND {'NOT ' if negated else ''}({inner})", (parameter,))
        inner = sql.format(value="v")
        condition = f"NOT ({inner})" if negated else inner
        return Clause(f"coalesce(len(list_filter({column}, lambda v: {condition})), 0) > 0", (parameter,))

    def _compare_alias(self, node: Compare) -> Clause | None:
        known = self.alias(node.field)
        if known is None or (known.field not in TEXT_COLUMNS and self._column(known.field) is None):
            return None
        inner = self._compare(replace(node, field=known.field))
        if inner is None:
            return None
        marks = ", ".join("?" * len(known.sourcetypes))
        other = f"sourcetype NOT IN ({marks})"
        return Clause(f"{other} OR ({inner.sql})", (*sorted(known.sourcetypes), *inner.parameters), False)


def value_clause(node: Compare) -> tuple[str, str] | None:
    """Returns the SQL test of `{value}` against the comparison's value, and its parameter."""
    wanted = node.value
    if node.op not in {"=", "!="} or not wanted:
        return None
    if not wanted.isascii() and not node.case:
        return None
    shown = "{value}" if node.case else "lower({value})"
    folded = wanted if node.case else wanted.lower()
    if "*" in wanted:
        escaped = folded.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{shown} LIKE ? ESCAPE '\\'", escaped.replace("*", "%")
    if network_of(wanted) is not None:
        return None
    return f"{shown} = ?", folded


def term_clause(node: Term) -> Clause | None:
    """Returns a clause that lets through every event whose text may hold the term."""
    if not node.text.strip("*"):
        return None
    pieces = [piece for piece in node.text.split("*") if piece and piece.isascii()]
    if not pieces:
        return None
    piece = max(pieces, key=len)
    if node.case:
        return Clause("contains(raw, ?)", (piece,), False)
    return Clause("contains(lower(raw), ?)", (piece.lower(),), False)


__all__ = ["EVERYTHING", "NOTHING", "Clause", "Translator", "conjoin"]
