"""Reading events: SQL narrows, the row matcher decides, roles hold at every leaf.

Events come newest first and in windows of time, so that a search over many of them neither waits for all nor holds
all. A search sees the events that were on disk when it began.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from typing import TYPE_CHECKING, Any

from understudy.access import AccessContext, readable_stanzas
from understudy.conf import boolean
from understudy.spl.commands.collect import SummaryEvent
from understudy.spl.model import Context, Leaf, Row, Stream
from understudy.spl.search_match import Test, compile_match
from understudy.spl.search_tree import Everything, Node
from understudy.storage import collecting, index_facts, tstats_answer
from understudy.storage.aliases import Known, known_aliases
from understudy.storage.index_test import admits, indexed_view
from understudy.storage.needed_fields import read_by_tree
from understudy.storage.prefilter import Clause, Translator, conjoin
from understudy.storage.projection import DERIVED, ORIGIN, Reading, projected, whole
from understudy.storage.props import Props
from understudy.storage.pushed import candidates, pushed
from understudy.storage.schema import BASE_FIELDS
from understudy.storage.search_fields import SearchFields
from understudy.storage.visibility import Reach, reach

if TYPE_CHECKING:
    from understudy.storage.store import Store

WINDOW_ROWS = 50_000
FETCH_ROWS = 2_000
HOUR_S = 3600


@dataclass(frozen=True)
class Reader:
    """add: search-time fields, None where there are none; matches: None where SQL has decided."""

    reading: Reading
    add: Callable[[Row], None] | None
    matches: Test | None


class StoredEvents:
    """The events one user may see; the `Events` of a search's context."""

    def __init__(self, store: Store, access: AccessContext) -> None:
        self.store = store
        self.access = access

    def reach(self, tree: Node, now: float, zone: tzinfo, *, indexed_only: bool = False) -> Reach:
        """Returns what the user's roles leave of a tree. Every read of this class begins here.

        indexed_only: for reads that know indexed fields alone, as tstats and metadata do.
        """
        is_indexed = (
            (lambda name: name in BASE_FIELDS or self.store.schema.column(name) is not None) if indexed_only else None
        )
        return reach(tree, self.access, self.store.index_names(), now, zone, is_indexed=is_indexed)

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
        return self.read(tree, earliest, latest, context, None)

    def read(
        self,
        tree: Node,
        earliest: float | None,
        latest: float | None,
        context: Context,
        needed: frozenset[str] | None,
        only: Clause | None = None,
    ) -> Iterator[Row]:
        """Yields matching events as `scan` does.

        needed: the fields that will be looked at, None for all of them; only: what else must hold of an event.
        """
        reached = self.reach(tree, context.now, context.zone)
        if not reached.indexes:
            return
        bounds = self.bounds(reached, earliest, latest)
        if only is not None:
            bounds = conjoin([bounds, only])
        translator = self.translator(context, reached.indexes)
        narrowed = (translator.translate(reached.tree) if self.store.pushdown else None) or Clause("TRUE", (), False)
        columns = self.store.schema.fields
        reader = self._reader(reached.tree, reached.indexes, narrowed.exact, columns, context, needed)
        admitted = None if self.store.pushdown else admits(reached.tree, translator)
        cursor = self.store.cursor()
        try:
            for low, high in self._windows(cursor, bounds):
                where = conjoin([bounds, Clause("time >= ? AND time < ?", (low, high)), narrowed])
                cursor.execute(
                    f"SELECT {reader.reading.select} FROM events WHERE {where.sql} ORDER BY time DESC, id DESC",
                    list(where.parameters),
                )
                make, add, matches = reader.reading.row, reader.add, reader.matches
                while rows := cursor.fetchmany(FETCH_ROWS):
                    if context.cancelled():
                        return
                    if add is None and matches is None:
                        yield from map(make, rows)
                        continue
                    for values in rows:
                        row = make(values)
                        if admitted is not None and not admitted(indexed_view(row, columns)):
                            continue
                        if add is not None:
                            add(row)
                        if matches is None or matches(row):
                            yield row
        finally:
            cursor.close()

    def _reader(
        self,
        tree: Node,
        indexes: Sequence[str],
        decided: bool,
        columns: Mapping[str, str],
        context: Context,
        needed: frozenset[str] | None,
    ) -> Reader:
        """Returns how rows are made; decided: SQL alone has told which events match, as far as the index knows."""
        server = self.store.conf.get("server", "general", "serverName") or "understudy"
        compared = read_by_tree(tree)
        wanted = None if needed is None or compared is None else needed | compared
        if wanted is None or not DERIVED.isdisjoint(wanted):
            extract = SearchFields(self.store.conf, context, self.access)
            return Reader(whole(columns, server), extract.add, compile_match(tree))
        facts = self.store.facts
        origins = facts.origins(indexes)
        extract = SearchFields(self.store.conf, context, self.access, wanted)
        wanted = extract.with_fields(wanted, origins or ())
        if origins is None or not extract.is_simple(origins) or not DERIVED.isdisjoint(wanted):
            extract = SearchFields(self.store.conf, context, self.access)
            return Reader(whole(columns, server), extract.add, compile_match(tree))
        idle = extract.idle(origins)
        read = needed or frozenset()
        if not (idle and decided):
            read = wanted if idle else wanted | ORIGIN | {"_raw"}
        single = frozenset(name for name in read if name in columns and facts.is_single(columns[name]))
        reading = projected(read, columns, single, facts.any_repeats())
        matches = None if idle and decided else compile_match(tree)
        return Reader(reading, None if idle else extract.add, matches)

    def translator(self, context: Context, indexes: Sequence[str]) -> Translator:
        """Returns what turns a tree over events of some indexes into SQL. Known from the index are fields that
        fields.conf calls indexed, as far as this user may read it, and what is an alias of them and nothing else."""
        conf, app, user = self.store.conf, context.app, context.user
        fields = readable_stanzas(conf, "fields", self.access, app, user)
        default = fields.get("default", {}).get("INDEXED")

        def column(name: str) -> str | None:
            return self.store.schema.column(name) if boolean(fields.get(name, {}).get("INDEXED", default)) else None

        @cache
        def aliases() -> Mapping[str, Known]:
            props = Props(readable_stanzas(conf, "props", self.access, app, user))
            return known_aliases(props, self.store.facts.origins(indexes) or ())

        return Translator(column, only_indexed=False, alias=lambda name: aliases().get(name))

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

    def pushed(self, leaf: Leaf, following: Sequence[Any], context: Context) -> tuple[int, Stream] | None:
        """Answers the first commands behind a search in the store, where that gives the same; see `pushed`."""
        return pushed(self, leaf, following, context)

    def candidates(self, leaf: Leaf, context: Context) -> int | None:
        """Returns how many events a search has to look at, None where the text of events decides."""
        return candidates(self, leaf, context)

    def tstats(self, request: Any, context: Context) -> Stream:
        """Answers a parsed tstats (understudy.spl.commands.tstats.Request) from indexed fields only."""
        return tstats_answer.answer(self, request, context)

    def indexes(self) -> Sequence[Mapping[str, Any]]:
        """Returns the visible indexes: name, event count, first and last time (None without events), size in bytes."""
        return index_facts.indexes(self)

    def metadata(self, kind: str, tree: Node, context: Context) -> Iterator[Row]:
        """Yields hosts, sources or sourcetypes with counts and times."""
        return index_facts.metadata(self, kind, tree, context)

    def collect(self, events: Sequence[SummaryEvent], index: str, context: Context) -> int:
        """Stores what `collect` writes and returns how many events; see `collecting`."""
        return collecting.write(self.store, self.access, events, index, context)

    def everything(self, context: Context) -> Reach:
        return self.reach(Everything(), context.now, context.zone)
