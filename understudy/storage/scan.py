"""Reading events: SQL narrows, the row matcher decides, roles hold at every leaf.

Events come newest first and in windows of time, so that a search over many of them neither waits for all nor holds
all. A search sees the events that were on disk when it began.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from understudy.access import AccessContext
from understudy.conf import boolean
from understudy.spl.model import Context, Row, Stream
from understudy.spl.search_match import compile_match
from understudy.spl.search_tree import Everything, Node
from understudy.storage import index_facts, tstats_answer
from understudy.storage.prefilter import Clause, Translator, conjoin
from understudy.storage.search_fields import SearchFields
from understudy.storage.visibility import Reach, reach

if TYPE_CHECKING:
    from understudy.storage.store import Store

WINDOW_ROWS = 50_000
FETCH_ROWS = 2_000
HOUR_S = 3600


class StoredEvents:
    """The events one user may see; the `Events` of a search's context."""

    def __init__(self, store: Store, access: AccessContext) -> None:
        self.store = store
        self.access = access

    def reach(self, tree: Node, now: float, zone: tzinfo) -> Reach:
        """Returns what the user's roles leave of a tree. Every read of this class begins here."""
        names = self.store.index_names()
        return reach(tree, self.access, names, now, zone)

    def bounds(self, reached: Reach, earliest: float | None, latest: float | None) -> Clause:
        """Returns the clause that holds for every read: visible indexes, the time range, events of this moment."""
        marks = ", ".join("?" * len(reached.indexes))
        clauses = [Clause(f"idx IN ({marks})", reached.indexes) if reached.indexes else Clause("FALSE")]
        lows = [value for value in (earliest, reached.earliest, self._window_start(latest)) if value is not None]
        if lows:
            clauses.append(Clause("time >= ?", (float(max(lows)),)))
        if latest is not None:
            clauses.append(Clause("time < ?", (float(latest),)))
        clauses.append(Clause("id <= ?", (self.store.last_id,)))
        return conjoin(clauses)

    def _window_start(self, latest: float | None) -> float | None:
        window = self.access.time_window
        if window <= 0:
            return None
        return (self.store.clock() if latest is None else latest) - window

    def scan(self, tree: Node, earliest: float | None, latest: float | None, context: Context) -> Iterator[Row]:
        """Yields matching events newest first, search-time fields extracted. Range is [earliest, latest)."""
        reached = self.reach(tree, context.now, context.zone)
        if not reached.indexes:
            return
        columns = self.store.schema.fields
        bounds = self.bounds(reached, earliest, latest)
        narrowed = self._narrow(reached.tree)
        matches = compile_match(reached.tree)
        extract = SearchFields(self.store.conf, context)
        server = self.store.conf.get("server", "general", "serverName") or "understudy"
        select = ", ".join(["id, time, indextime, idx, host, source, sourcetype, raw, repeats", *columns.values()])
        names = list(columns)
        cursor = self.store.cursor()
        try:
            for low, high in self._windows(cursor, bounds):
                where = conjoin([bounds, Clause("time >= ? AND time < ?", (low, high)), narrowed])
                cursor.execute(
                    f"SELECT {select} FROM events WHERE {where.sql} ORDER BY time DESC, id DESC", list(where.parameters)
                )
                while rows := cursor.fetchmany(FETCH_ROWS):
                    if context.cancelled():
                        return
                    for values in rows:
                        row = event_row(values, names, server)
                        extract.add(row)
                        if matches(row):
                            yield row
        finally:
            cursor.close()

    def _narrow(self, tree: Node) -> Clause:
        """Returns what SQL may decide beforehand; it lets through at least what the row matcher does."""
        if not self.store.pushdown:
            return Clause("TRUE")
        fields = self.store.conf.stanzas("fields")

        def column(name: str) -> str | None:
            # Only a field that fields.conf calls indexed is known from the index alone.
            return self.store.schema.column(name) if boolean(fields.get(name, {}).get("INDEXED")) else None

        return Translator(column, only_indexed=False).translate(tree) or Clause("TRUE")

    def _windows(self, cursor: Any, bounds: Clause) -> Iterator[tuple[float, float]]:
        """Yields time windows, newest first, of about WINDOW_ROWS events of the visible indexes each."""
        found = cursor.execute(
            f"SELECT floor(time / {HOUR_S}), count(*) FROM events WHERE {bounds.sql} GROUP BY 1 ORDER BY 1 DESC",
            list(bounds.parameters),
        ).fetchall()
        high: float | None = None
        low = 0.0
        held = 0
        for hour, count in found:
            if high is None:
                high = (hour + 1) * HOUR_S
            low = hour * HOUR_S
            held += count
            if held >= WINDOW_ROWS:
                yield low, high
                high, held = None, 0
        if high is not None:
            yield low, high

    def tstats(self, request: Any, context: Context) -> Stream:
        """Answers a parsed tstats (understudy.spl.commands.tstats.Request) from indexed fields only."""
        return tstats_answer.answer(self, request, context)

    def indexes(self) -> Sequence[Mapping[str, Any]]:
        """Returns the visible indexes: name, event count, first and last time (None without events), size in bytes."""
        return index_facts.indexes(self)

    def metadata(self, kind: str, tree: Node, context: Context) -> Iterator[Row]:
        """Yields hosts, sources or sourcetypes with counts and times."""
        return index_facts.metadata(self, kind, tree, context)

    def everything(self, context: Context) -> Reach:
        return self.reach(Everything(), context.now, context.zone)


def event_row(values: Sequence[Any], names: Sequence[str], server: str) -> Row:
    """Returns the row of one stored event: base fields first, then indexed ones."""
    identity, time, indextime, index, host, source, sourcetype, raw, repeats = values[:9]
    row: Row = {
        "_time": int(time) if time.is_integer() else time,
        "_raw": raw,
        "_indextime": int(indextime),
        "_cd": f"0:{identity}",
        "index": index,
        "splunk_server": server,
        "linecount": raw.count("\n") + 1,
    }
    for name, value in (("host", host), ("source", source), ("sourcetype", sourcetype)):
        if value:
            row[name] = value
    for name, found in zip(names, values[9:], strict=True):
        if found:
            row[name] = found[0] if len(found) == 1 else found
    if repeats:
        row.update(json.loads(repeats))
    return row
