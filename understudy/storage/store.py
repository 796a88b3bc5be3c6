"""The event store: one DuckDB file, one process that owns it, many threads that read while one writes.

`ingest` returns when the batch is on disk; a batch is there whole or not at all. Readers see the events that were
there when their search began.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from understudy.access import AccessContext
from understudy.conf import Conf, boolean
from understudy.storage import index_time
from understudy.storage import schema as tables
from understudy.storage.events import IngestResult, RawEvent, StorageError
from understudy.storage.facts import Facts
from understudy.storage.pipeline import Complaints, Parsed, Pipeline
from understudy.storage.scan import StoredEvents

BATCH = 10_000


class Store:
    """Events on disk. clock returns epoch seconds (index time, and the time of events that have none)."""

    def __init__(self, path: Path, conf: Conf, clock: Callable[[], float]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.conf = conf
        self.clock = clock
        self.pushdown = True
        """False answers tstats row by row and scans without SQL prefilters: slower, equal."""
        try:
            self._connection = duckdb.connect(str(path))
        except duckdb.IOException as error:
            raise StorageError(f"the event store {path.name} is in use by another process or damaged") from error
        path.chmod(0o600)
        self._write_lock = threading.RLock()
        self._pipeline: tuple[int, Pipeline] | None = None
        self._connection.execute("SET memory_limit = '2GB'")
        self._connection.execute(f"SET temp_directory = '{str(path.parent / 'tmp').replace(chr(39), chr(39) * 2)}'")
        self.schema = tables.Schema(self._connection)
        self.facts = Facts(self)
        self._last_id = 0
        self._rolled: dict[str, int] = {}
        self.refresh()

    def close(self) -> None:
        """Writes the log into the file and lets go of it."""
        with self._write_lock:
            self._connection.close()

    def refresh(self) -> None:
        """Takes note of events that were written past `ingest` (bulk loading)."""
        # Read to the end: a result with rows left would keep its transaction, and DuckDB from writing checkpoints.
        ((self._last_id,),) = self._connection.execute("SELECT coalesce(max(id), 0) FROM events").fetchall()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Returns a connection for the calling thread's reads."""
        return self._connection.cursor()

    @property
    def last_id(self) -> int:
        """Returns the id of the newest event on disk; ids grow by ingestion."""
        return self._last_id

    def index_names(self) -> list[str]:
        """Returns the indexes that indexes.conf declares and does not disable."""
        found = []
        for name, settings in self.conf.stanzas("indexes").items():
            if name == "default" or name.startswith(("volume:", "provider:", "provider-family:", "federated:")):
                continue
            if not boolean(settings.get("disabled")):
                found.append(name)
        return sorted(found)

    def ingest(self, events: Iterable[RawEvent]) -> IngestResult:
        """Parses, transforms and writes events; everything counted as written is on disk when this returns.

        Events for an index that does not exist are refused, counted and named. A batch above 10,000 events is
        written in parts, each whole or not at all.
        """
        result = IngestResult()
        pipeline = self._current_pipeline()
        complaints = Complaints()
        known = frozenset(self.index_names())
        part: list[Parsed] = []
        for event in events:
            for parsed in pipeline.parse(event, complaints):
                if parsed.dropped:
                    result.dropped += 1
                elif parsed.index not in known:
                    result.refused[parsed.index] = result.refused.get(parsed.index, 0) + 1
                else:
                    part.append(parsed)
            if len(part) >= BATCH:
                self._commit(part, result)
                part = []
        if part:
            self._commit(part, result)
        result.messages += [
            f"{count} event(s) refused: index '{name}' does not exist" for name, count in result.refused.items()
        ]
        result.messages += complaints.messages()
        return result

    def text_of(self, data: bytes, sourcetype: str, source: str, host: str) -> str:
        """Returns what an input received as text, by the CHARSET of its settings. Raises StorageError."""
        return index_time.decoded(data, self._current_pipeline().settings(sourcetype, source, host).get("CHARSET", ""))

    def drop(self, index: str) -> None:
        """Takes every event of an index off the disk."""
        with self._write_lock:
            self._connection.execute("DELETE FROM events WHERE idx = ?", [index])

    def roll(self, index: str) -> None:
        """Closes what an index holds now as one bucket. Forgotten at the end."""
        self._rolled[index] = self._last_id

    def freeze(self, index: str, before: float, span_s: float) -> None:
        """Takes the buckets of an index off the disk whose newest event is older than `before` (freezing.py)."""
        bucket = "CASE WHEN id <= ? THEN -1 ELSE floor(time / ?) END"
        with self._write_lock:
            row = self._connection.execute("SELECT min(time) FROM events WHERE idx = ?", [index]).fetchone()
            if row is None or row[0] is None or row[0] >= before:
                return
            rolled = self._rolled.get(index, 0)
            old = f"SELECT {bucket} FROM events WHERE idx = ? GROUP BY 1 HAVING max(time) < ?"
            self._connection.execute(
                f"DELETE FROM events WHERE idx = ? AND {bucket} IN ({old})",
                [index, rolled, span_s, rolled, span_s, index, before],
            )

    def _current_pipeline(self) -> Pipeline:
        generation = self.conf.generation
        if self._pipeline is None or self._pipeline[0] != generation:
            self._pipeline = (generation, Pipeline(self.conf, self.clock))
        return self._pipeline[1]

    def _commit(self, part: list[Parsed], result: IngestResult) -> None:
        names = dict.fromkeys(name for parsed in part for name in parsed.fields)
        with self._write_lock:
            connection = self._connection
            connection.execute("BEGIN")
            try:
                left_out = self.schema.add(connection, names)
                base, indexed = self._columns(part, [name for name in names if name not in left_out])
                tables.insert(connection, base, indexed)
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                self.schema.rolled_back()
                raise
            self.schema.committed()
            self._last_id += len(part)
        result.written += len(part)
        if left_out:
            result.messages.append(f"indexed fields not kept, the store holds {tables.MAX_FIELDS}: {sorted(left_out)}")

    def _columns(
        self, part: Sequence[Parsed], names: Iterable[str]
    ) -> tuple[list[list[Any]], dict[str, list[list[str] | None]]]:
        indexed: dict[str, list[list[str] | None]] = {}
        repeats: list[dict[str, list[str]]] = [{} for _ in part]
        columns = self.schema.written_fields
        for name in names:
            column: list[list[str] | None] = []
            for position, parsed in enumerate(part):
                values = parsed.fields.get(name)
                if values is not None and len(values) > 1:
                    distinct = list(dict.fromkeys(values))
                    if len(distinct) < len(values):
                        repeats[position][name] = values
                    values = distinct
                column.append(values)
            indexed[columns[name]] = column
        now = self.clock()
        first = self._last_id + 1
        base: list[list[Any]] = [
            list(range(first, first + len(part))),
            [parsed.time for parsed in part],
            [float(int(now))] * len(part),
            [parsed.index for parsed in part],
            [parsed.host for parsed in part],
            [parsed.source for parsed in part],
            [parsed.sourcetype for parsed in part],
            [parsed.raw for parsed in part],
            [json.dumps(item, ensure_ascii=False) if item else None for item in repeats],
        ]
        return base, indexed

    def events_for(self, access: AccessContext) -> StoredEvents:
        """Returns the events as one user may see them (the Events of a search's context)."""
        return StoredEvents(self, access)
