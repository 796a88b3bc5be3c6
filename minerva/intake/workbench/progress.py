"""Progress: how far the run of an input is, from the counts of its checkpoint; no content of a record is in there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def checkpoint_counts(path: Path) -> dict[str, Any] | None:
    """{stored, waiting, refused}: records emitted so far, those of them whose arrival is not confirmed yet, and places
    refused; None while there is no checkpoint."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=2)) as db:
            stored, waiting = db.execute("SELECT count(*), count(batch) FROM ids").fetchone()
            (refused,) = db.execute("SELECT count(*) FROM refused").fetchone()
    except sqlite3.Error:
        return None
    return {"stored": int(stored), "waiting": int(waiting), "refused": int(refused)}
