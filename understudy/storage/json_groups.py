"""stats over fields of JSON text: SQL counts how often each combination of the values occurs, the row core reads them.

SQL decides nothing about values. It takes the JSON text of each wanted key from the events where that text is sure to
be what `json_fields` reads: one occurrence of the key at most, no escape that could spell another one, and nothing
that DuckDB's reader forgives (a comma too many, NaN, numbers beyond a double). All other events go row by row, and
both are put together by the row core's own aggregators, each combination as often as it occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

import orjson

from understudy.spl.errors import SplError
from understudy.spl.model import Context, Leaf, Row, Stream
from understudy.spl.search_match import compile_match
from understudy.spl.statistics.aggregation import aggregate
from understudy.spl.statistics.calls import Statistics
from understudy.storage.json_fields import texts_of
from understudy.storage.needed_fields import read_by_statistics, read_by_tree
from understudy.storage.prefilter import Clause, conjoin
from understudy.storage.projection import DERIVED, projected
from understudy.storage.repeated_rows import RepeatedPlan
from understudy.storage.search_fields import SearchFields, merge
from understudy.storage.stats_sql import Fetch, RowPath, suits

if TYPE_CHECKING:
    from understudy.storage.scan import StoredEvents

PLAIN_NAME = re.compile(r"[A-Za-z0-9_\-]+")
"""Keys that no escape but a \\u one can spell, and that need no quoting in a regex or a path."""
MAX_NAMES = 6
"""Each name doubles the states of the regex that looks for doubled keys."""
MAX_BY_ROW = 200_000
MAX_ORIGINS = 1_000
DEEPEST = 1024
"""orjson reads no deeper, DuckDB does."""
FORGIVEN = (
    r",\s*[}\]]",
    r"[:,\[]\s*-?(?i:nan|inf|infinity)\s*[,}\]]",
    r"[:,\[]\s*-?[0-9.]+[eE]\+?[0-9]{3}",
    r"[:,\[]\s*-?[0-9]{20}",
)
"""What DuckDB's JSON reader takes and orjson does not, and more that looks like it."""
DECIDED_BY_SQL = frozenset({"_raw", "_time", "_indextime"})


def answer(events: StoredEvents, leaf: Leaf, options: Statistics, context: Context, fetch: Fetch) -> Stream | None:
    """Returns the rows of a stats over JSON fields, or None when they belong to the row path."""
    store = events.store
    if options.flag("dedup_splitvals") or not suits(options.calls) or store.facts.any_repeats():
        return None
    reached = events.reach(leaf.tree, context.now, context.zone)
    clause = events.translator(context, reached.indexes).translate(reached.tree) or Clause("TRUE", (), False)
    compared = read_by_tree(reached.tree)
    if not reached.indexes or compared is None:
        return None
    decided = clause.exact and compared <= DECIDED_BY_SQL
    wanted = frozenset(read_by_statistics(options)) | (frozenset() if decided else compared)
    if not 0 < len(wanted) <= MAX_NAMES or not all(readable(name) for name in wanted):
        return None
    origins = store.facts.origins(reached.indexes)
    extract = SearchFields(store.conf, context, events.access, wanted)
    if origins is None:
        return None
    reading = [origin for origin in origins if extract.reads_json_only(origin)]
    if not reading or MAX_ORIGINS < len(reading) < len(origins):
        return None
    names = sorted(wanted)
    columns = store.schema.fields
    single = frozenset(name for name in names if name in columns and store.facts.is_single(columns[name]))
    row_of = projected(wanted, columns, single, False)
    where = conjoin([events.bounds(reached, leaf.earliest, leaf.latest), clause])
    safe = safe_clause(names, None if len(reading) == len(origins) else reading, context.limits.json_bytes)
    matches = None if decided else compile_match(reached.tree)
    plan = RepeatedPlan(options.calls, context, options.by, allnum=options.flag("allnum"))
    by_row: list[int] = []

    def combinations() -> Iterator[Row]:
        width = len(names)
        sql = statement(names, row_of.select, safe, where)
        for values in fetch(sql, [*safe.parameters, *where.parameters]):
            if values[0] is not None:
                by_row.append(values[0])
                if len(by_row) > MAX_BY_ROW:
                    raise RowPath
                continue
            row = row_of.row(values[2 + width :])
            for name, text in zip(names, values[2:], strict=False):
                if text is not None:
                    merge(row, name, texts_of(orjson.loads(text)))
            if matches is None or matches(row):
                plan.times = values[1]
                yield row

    def others() -> Iterator[Row]:
        plan.times = 1
        if by_row:
            only = Clause("id IN (SELECT unnest(?::BIGINT[]))", (by_row,))
            yield from events.read(leaf.tree, leaf.earliest, leaf.latest, context, wanted, only)

    try:
        found = aggregate(chain(combinations(), others()), options.calls, options.by, context, plan=plan)
        plan.check()
    except (RowPath, SplError):
        return None  # what is wrong is said by the row path, at its place
    return found


def readable(name: str) -> bool:
    """Whether a field can be read here: from a column, from JSON text, or from both."""
    return PLAIN_NAME.fullmatch(name) is not None and not name.startswith("_") and name not in DERIVED


def safe_clause(names: Sequence[str], origins: Sequence[tuple[str, str, str]] | None, most: int) -> Clause:
    """Returns what holds of an event whose text is read alike; origins: where such events are from, None for all.

    most: bytes up to which a text is read whole.
    """
    doubled = [f'"{name}".*"{name}"' for name in names]
    refused = "|".join([*doubled, r"\\u", *FORGIVEN])
    parts = [
        "starts_with(raw, '{')",
        "ends_with(raw, '}')",
        "NOT regexp_matches(raw, ?, 's')",
        f"strlen(raw) <= {most:d}",
        f"(strlen(raw) <= {DEEPEST} OR strlen(raw) - strlen(replace(replace(raw, '[', ''), '{{', '')) < {DEEPEST})",
    ]
    parameters: list[Any] = [refused]
    if origins is not None:
        marks = ", ".join(["(?, ?, ?)"] * len(origins))
        parts.insert(0, f"(sourcetype, source, host) IN ({marks})")
        parameters = [*chain.from_iterable(origins), refused]
    return Clause(" AND ".join(parts), tuple(parameters))


def statement(names: Sequence[str], columns: str, safe: Clause, where: Clause) -> str:
    """Returns SQL of: the id of an event for the row path or NULL, how many there are, the JSON text of each name,
    the columns."""
    paths = ", ".join(f"'$.\"{name}\"'" for name in names)
    texts = ", ".join(f"CASE WHEN json IS NOT NULL THEN json[{number}] END" for number in range(1, len(names) + 1))
    return (
        f"SELECT CASE WHEN json IS NULL THEN id END, count(*), {texts}, {columns} "
        f"FROM (SELECT *, CASE WHEN {safe.sql} THEN TRY(json_extract(raw, [{paths}])) END AS json "
        f"FROM events WHERE {where.sql}) GROUP BY ALL"
    )
