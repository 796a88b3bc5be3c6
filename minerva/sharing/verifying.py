"""The search command minervaverify without Splunk: whether the service wrote a copy or tombstone, a field a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

FIELD = "genuine"
ASKED = 500

Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


def verified(rows: Iterable[dict[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    """The rows with FIELD: "true" or "false". Asks the handler about ASKED at a time, and not at all without rows."""
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == ASKED:
            yield from _verified(part, ask)
            part = []
    if part:
        yield from _verified(part, ask)


def _verified(rows: list[dict[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    copies = [[str(row.get(name) or "") for name in ("index", "sourcetype", "_raw")] for row in rows]
    answers = ask("copies_check", {"copies": copies})["genuine"]
    for row, genuine in zip(rows, answers):
        row[FIELD] = "true" if genuine is True else "false"
        yield row
