"""Facts about indexes without reading events: what metadata and eventcount answer from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from understudy.spl.errors import SplSyntaxError
from understudy.spl.model import Context, Row
from understudy.spl.search_tree import Node
from understudy.storage.prefilter import Clause, Translator, conjoin

if TYPE_CHECKING:
    from understudy.storage.scan import StoredEvents

KINDS = {"hosts": "host", "sources": "source", "sourcetypes": "sourcetype"}


def indexes(events: StoredEvents) -> Sequence[Mapping[str, Any]]:
    """Returns name, count, first, last (epoch seconds or None) and size_bytes (of the text) of each visible index.

    default: whether the user's searches reach the index without naming it.
    """
    names = events.access.searchable(events.store.index_names())
    default = frozenset(events.access.searched_by_default(names))
    found: dict[str, tuple[Any, ...]] = {}
    cursor = events.store.cursor()
    try:
        rows = cursor.execute(
            "SELECT idx, count(*), min(time), max(time), sum(strlen(raw)) FROM events GROUP BY idx"
        ).fetchall()
    finally:
        cursor.close()
    for name, *facts in rows:
        found[name] = tuple(facts)
    empty = (0, None, None, 0)
    return [
        {
            "name": name,
            "count": facts[0],
            "first": facts[1],
            "last": facts[2],
            "size_bytes": int(facts[3] or 0),
            "default": name in default,
        }
        for name in names
        for facts in (found.get(name, empty),)
    ]


def metadata(events: StoredEvents, kind: str, tree: Node, context: Context) -> Iterator[Row]:
    """Yields one row per host, source or sourcetype of the indexes that the tree names, by name.

    Role search filters hold here too, as far as SQL decides them; a filter it cannot decide gives no rows.
    """
    column = KINDS.get(kind)
    if column is None:
        raise SplSyntaxError(f"metadata knows hosts, sources and sourcetypes, not '{kind}'")
    reached = events.reach(tree, context.now, context.zone, indexed_only=True)
    clause = Translator(events.store.schema.column, only_indexed=True).translate(reached.tree)
    if clause is None or not clause.exact:
        clause = Clause("FALSE")
    where = conjoin([events.bounds(reached, context.earliest, context.latest), clause])
    cursor = events.store.cursor()
    try:
        rows = cursor.execute(
            f"SELECT {column}, count(*), min(time), max(time), max(indextime) FROM events "
            f"WHERE {where.sql} AND {column} <> '' GROUP BY 1 ORDER BY 1",
            list(where.parameters),
        ).fetchall()
    finally:
        cursor.close()
    for value, count, first, last, recent in rows:
        yield {
            column: value,
            "firstTime": whole(first),
            "lastTime": whole(last),
            "recentTime": whole(recent),
            "totalCount": count,
            "type": kind,
        }


def whole(time: float) -> int | float:
    return int(time) if float(time).is_integer() else time
