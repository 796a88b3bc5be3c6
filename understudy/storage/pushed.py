"""What a search's first commands may leave to the store: stats in SQL, or only the fields that will be looked at.

Off (`Store.pushdown = False`) everything goes row by row, which is the reference that both must equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from understudy.spl.commands import stats
from understudy.spl.model import Context, Leaf, Stream
from understudy.spl.statistics.calls import Statistics
from understudy.storage import json_groups, stats_sql
from understudy.storage.needed_fields import Stage, needed_fields, read_by_statistics, read_by_tree
from understudy.storage.needed_fields import Unknown as UnknownFields
from understudy.storage.prefilter import conjoin
from understudy.storage.search_fields import SearchFields

if TYPE_CHECKING:
    from understudy.storage.scan import StoredEvents


OF_THE_STORE = frozenset({"index", "host", "source", "sourcetype", "_time", "_indextime"})
"""Fields that are columns of every event."""


def pushed(events: StoredEvents, leaf: Leaf, following: Sequence[Stage], context: Context) -> tuple[int, Stream] | None:
    """Returns how many of the commands behind the search are answered, and the rows behind them; None: as usual."""
    if not events.store.pushdown or not following:
        return None
    if following[0].name == "stats":
        options: Statistics = following[0].options
        found = counted(events, leaf, options, context)
        if found is None:
            found = json_groups.answer(
                events, leaf, options, context, lambda sql, parameters: fetched(events, sql, parameters)
            )
        if found is not None:
            return 1, stats.delimited(found, options)
    needed = needed_fields(following)
    if needed is None:
        return None
    return 0, Stream(events.read(leaf.tree, leaf.earliest, leaf.latest, context, needed))


def candidates(events: StoredEvents, leaf: Leaf, context: Context) -> int | None:
    """Returns how many events a search has to look at, by index, range, host, source and sourcetype alone.

    None where it compares anything else: reading texts is too much for whoever only asks how far a job is.
    """
    reached = events.reach(leaf.tree, context.now, context.zone)
    compared = read_by_tree(reached.tree)
    if compared is None or not compared <= OF_THE_STORE:
        return None
    clause = events.translator(context, reached.indexes).translate(reached.tree)
    bounds = events.bounds(reached, leaf.earliest, leaf.latest)
    where = bounds if clause is None else conjoin([bounds, clause])
    (row,) = fetched(events, f"SELECT count(*) FROM events WHERE {where.sql}", list(where.parameters))
    return int(row[0])


def counted(events: StoredEvents, leaf: Leaf, options: Statistics, context: Context) -> Stream | None:
    """Returns the answer of a stats that counts can give, or None."""
    store = events.store
    if options.flag("allnum") or options.flag("dedup_splitvals") or not stats_sql.suits(options.calls):
        return None
    reached = events.reach(leaf.tree, context.now, context.zone)
    if not reached.indexes:
        return None
    clause = events.translator(context, reached.indexes).translate(reached.tree)
    compared = read_by_tree(reached.tree)
    if clause is None or not clause.exact or compared is None:
        return None
    try:
        wanted = compared | read_by_statistics(options)
    except UnknownFields:
        return None
    bounds = events.bounds(reached, leaf.earliest, leaf.latest)
    origins = store.facts.origins(reached.indexes)
    if origins is None or store.facts.any_repeats():
        return None
    if not SearchFields(store.conf, context, events.access, wanted).idle(origins):
        return None
    return stats_sql.answer(
        lambda sql, parameters: fetched(events, sql, parameters),
        options.calls,
        options.by,
        store.schema.fields,
        store.facts.is_single,
        conjoin([bounds, clause]),
    )


def fetched(events: StoredEvents, sql: str, parameters: list[Any]) -> Iterator[Sequence[Any]]:
    cursor = events.store.cursor()
    try:
        cursor.execute(sql, parameters)
        while batch := cursor.fetchmany(stats_sql.FETCH_ROWS):
            yield from batch
    finally:
        cursor.close()
