"""The stand-in's own log as events: lines of var/log/splunkd.log go into index _internal, as splunkd's own do."""

from __future__ import annotations

import os
import re
import threading
from datetime import datetime
from pathlib import Path

from understudy.storage.events import RawEvent
from understudy.storage.store import Store

INDEX = "_internal"
SOURCETYPE = "splunkd"
_STAMP = re.compile(r"^(\d\d-\d\d-\d{4} \d\d:\d\d:\d\d\.\d{3} [+-]\d{4}) ")


class OwnLog:
    """Reads on from where it stopped. The position is a file of its own, written after the events are stored."""

    def __init__(self, store: Store, log: Path, position: Path) -> None:
        self._store = store
        self._log = log
        self._position = position
        self._lock = threading.Lock()

    def index(self) -> int:
        """Stores the complete lines that are new; returns how many. A log that became shorter is read anew."""
        with self._lock:
            if not self._log.is_file():
                return 0
            start = self._read_position()
            with self._log.open("rb") as lines:
                start = 0 if start > os.fstat(lines.fileno()).st_size else start
                lines.seek(start)
                data = lines.read()
            end = data.rfind(b"\n") + 1
            events = [self._event(line) for line in data[:end].decode("utf-8", "replace").splitlines() if line.strip()]
            if events:
                self._store.ingest(events)
            if end:
                partial = self._position.with_suffix(".new")
                partial.touch(mode=0o600)
                partial.write_text(str(start + end), encoding="ascii")
                os.replace(partial, self._position)
            return len(events)

    def _read_position(self) -> int:
        try:
            return int(self._position.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def _event(self, line: str) -> RawEvent:
        stamp = _STAMP.match(line)
        moment = datetime.strptime(stamp.group(1), "%m-%d-%Y %H:%M:%S.%f %z").timestamp() if stamp else None
        return RawEvent(
            raw=line, index=INDEX, host="understudy", source=str(self._log), sourcetype=SOURCETYPE, time=moment
        )
