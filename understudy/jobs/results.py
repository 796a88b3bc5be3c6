"""Results of a job on disk, one JSON row a line, readable while they are written; no second copy in memory."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterator
from pathlib import Path

import orjson

from understudy.spl.model import Row


class ResultFile:
    """Rows of one job. One writer, many readers; readers see what is flushed."""

    FLUSH_ROWS = 500

    def __init__(self, path: Path) -> None:
        self.path = path
        self.fields: dict[str, None] = {}
        self._offsets = array("Q", [0])
        self._visible = 0
        self._lock = threading.Lock()
        self._out = path.open("wb")
        self._pending: list[bytes] = []

    @property
    def count(self) -> int:
        """Returns the number of rows that can be read now."""
        return self._visible

    @property
    def size(self) -> int:
        """Returns the bytes of the rows."""
        return self._offsets[-1]

    @property
    def pending(self) -> int:
        """Returns the number of rows that are not readable yet."""
        return len(self._pending)

    def append(self, row: Row) -> None:
        try:
            line = orjson.dumps(row) + b"\n"
        except TypeError:
            line = orjson.dumps(_plain(row)) + b"\n"
        if not row.keys() <= self.fields.keys():
            with self._lock:
                self.fields.update(dict.fromkeys(row))
        self._offsets.append(self._offsets[-1] + len(line))
        self._pending.append(line)
        if len(self._pending) >= self.FLUSH_ROWS:
            self.flush()

    def flush(self) -> None:
        if self._pending and not self._out.closed:
            self._out.write(b"".join(self._pending))
            self._out.flush()
            with self._lock:
                self._visible += len(self._pending)
            self._pending.clear()

    def finish(self) -> None:
        self.flush()
        self._out.close()

    def columns(self) -> list[str]:
        with self._lock:
            return list(self.fields)

    def rows(self, offset: int = 0, count: int | None = None) -> Iterator[Row]:
        """Yields rows from offset on; count None = all that are there."""
        end = self._visible if count is None else min(self._visible, offset + count)
        if offset >= end or not self.path.exists():
            return
        with self.path.open("rb") as lines:
            lines.seek(self._offsets[offset])
            for _ in range(offset, end):
                line = lines.readline()
                if not line:
                    return
                yield orjson.loads(line)

    def close(self) -> None:
        if not self._out.closed:
            self._out.close()


def _plain(row: Row) -> Row:
    """Returns the row with what JSON cannot hold (lone surrogates, numbers beyond 64 bits) as text that it can."""

    def fit(value: object) -> object:
        if isinstance(value, list):
            return [fit(item) for item in value]
        if isinstance(value, str):
            return value.encode("utf-8", "replace").decode("utf-8")
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            return str(value)
        return value

    return {str(fit(name)): fit(value) for name, value in row.items()}  # type: ignore[misc]
