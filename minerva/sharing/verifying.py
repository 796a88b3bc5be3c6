"""The search command minervaverify without Splunk: which copies and tombstones the service wrote, and what they say.

Who may write into an index may give an event any field, around a genuine text too. So of a row nothing goes on but
where it lies; all else is read from the text, once its signature holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from minerva.sharing.copy_text import FIELDS, fields_of, read

FIELD = "genuine"
PLACE = ("_time", "_raw", "index", "sourcetype")
"""What is verified of a row. Not host and source, which the writer of an event chooses."""
ADDRESS = ("_cd", "_bkt", "_si", "_serial")
"""What Splunk's event viewer finds an event by, where it is given."""
ASKED, ASKED_CHARACTERS = 500, 4_000_000
"""Rows and characters of one question: a body of the handler has 20,000,000 characters at most."""
CLOCK_S = 1.0
"""An event's time is that of its text, in whole seconds. Elsewhere it would outlive its tombstone in a search of a
shorter time range."""

Ask = Callable[[str, Mapping[str, Any]], Mapping[str, Any]]


@dataclass
class _Row:
    """A row on its way: what goes on of it, and the event of its text if that can be genuine."""

    place: dict[str, Any]
    event: dict[str, Any] | None

    @property
    def copy(self) -> tuple[str, str, str]:
        return self.place["index"], self.place["sourcetype"], self.place["_raw"]

    @cached_property
    def digest(self) -> bytes:
        return hashlib.sha256("\0".join(self.copy).encode("utf-8", "replace")).digest()


def verified(rows: Iterable[Mapping[str, Any]], ask: Ask) -> Iterator[dict[str, Any]]:
    """Each row as PLACE, ADDRESS, FIELD ("true" or "false") and FIELDS, which are None where it is not genuine.

    Rows of the same keys give rows of the same keys, as the protocol asks for.

    The handler is asked only about texts that can be genuine, and once about each that is.
    """
    part: list[_Row] = []
    size = 0
    genuine: set[bytes] = set()
    for row in rows:
        part.append(_row(row))
        size += len(part[-1].place["_raw"])
        if len(part) == ASKED or size >= ASKED_CHARACTERS:
            yield from _verified(part, genuine, ask)
            part, size = [], 0
    yield from _verified(part, genuine, ask)


def _row(row: Mapping[str, Any]) -> _Row:
    names = (*PLACE, *(name for name in ADDRESS if name in row))
    place = {name: value if isinstance(value := row.get(name), str) else "" for name in names}
    event = read(place["sourcetype"], place["_raw"])
    return _Row(place, event if event is not None and _in_time(place["_time"], event["moment"]) else None)


def _in_time(time: str, moment: float) -> bool:
    try:
        return abs(float(time) - moment) <= CLOCK_S
    except (ValueError, OverflowError):
        return False


def _verified(rows: list[_Row], genuine: set[bytes], ask: Ask) -> Iterator[dict[str, Any]]:
    new = {row.digest: row.copy for row in rows if row.event is not None}
    new = {digest: copy for digest, copy in new.items() if digest not in genuine}
    if new:
        answers = ask("copies_check", {"copies": [list(copy) for copy in new.values()]})["genuine"]
        genuine.update(digest for digest, answer in zip(new, answers) if answer is True)
    for row in rows:
        if row.event is not None and row.digest in genuine:
            yield {**row.place, FIELD: "true", **fields_of(row.event)}
        else:
            yield {**row.place, FIELD: "false", **dict.fromkeys(FIELDS)}
