"""Editions: a source's whole list compared with the last one. What is new, changed or gone becomes rows to be told.

Rows are compared by hashes of the key and of the columns that the field map uses, before anything is mapped, so that a
million unchanged rows cost seconds. Nothing is said to be gone after an edition that was cut short, is much shorter
than the last, or holds more unreadable rows: a wrong removal is worse than none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Any

from minerva.intake.errors import MappingError
from minerva.intake.facts.field_map import FieldMap, used_columns
from minerva.intake.mapping.mapper import flatten, is_listed, listed_values, natural_key
from minerva.intake.rows import ADDED, CHANGED, LISTED, REMOVED, Change, ReadCounts, Row
from minerva.intake.running.edition import Edition, Entry

BATCH_ROWS = 5000
"""Rows that are looked up at once, and taken over in one transaction where nothing is to be told of them."""
_HASH_BYTES = 16
_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
FEW = 2
"""So many rows may always be gone, unless they are all."""


@dataclass(frozen=True)
class _Read:
    row: Row
    key: bytes
    content: bytes
    natural_key: str


def basis(facts: FieldMap) -> str:
    """What the content hashes are made of; where it differs from last time, no row can be said to have changed."""
    return blake2b(json.dumps(sorted(_compared(facts))).encode(), digest_size=8).hexdigest()


def _compared(facts: FieldMap) -> list[str]:
    return sorted(used_columns(facts) - facts.ignore)


class Comparison:
    """One edition against the last. `is_first`: nothing was told in full before, so rows are listed, not added."""

    def __init__(self, facts: FieldMap, edition: Edition, *, is_first: bool, met: ReadCounts) -> None:
        self._facts = facts
        self._edition = edition
        self._is_first = is_first
        self._met = met
        self._names = _compared(facts)
        self._plain = [name for name in self._names if not is_listed(name)]
        self._listed = [name for name in self._names if is_listed(name)]
        self._last, self._held = edition.size()
        self._seen = bytearray(self._last // 8 + 1)
        self._found = 0
        self.unreadable = 0

    def news(self, rows: Iterable[Row]) -> Iterator[list[Row]]:
        """The rows that are new or have changed, and those that cannot be read, in batches.

        Each batch must be told before the next is asked for: a key that comes again is known by it.
        """
        source = iter(rows)
        while True:
            part = list(islice(source, BATCH_ROWS))
            if not part:
                return
            told = self._compare(part)
            if told:
                yield told

    def gone(self, most_removed: float, unreadable_before: int, whole: bool) -> Iterator[list[Row]]:
        """The rows of the last edition that were not found, in batches; none, and a notice, where that is in doubt."""
        missing = self._held - self._found
        if not missing:
            return
        reason = ""
        if not whole:
            reason = "cut_short"
        elif self.unreadable > unreadable_before:
            reason = "unreadable_rows"
        elif not self._found or missing > max(FEW, most_removed * self._held):
            reason = "much_shorter"
        if reason:
            words: dict[str, object] = {"reason": reason, "rows": self._found, "expected": self._held}
            self._met.notices.append(("removals_withheld", words))
            return
        batch: list[Row] = []
        for number, key, revision, natural in self._edition.entries(self._last):
            if self._seen[number >> 3] & (1 << (number & 7)):
                continue
            self._met.add(REMOVED)
            batch.append(Row("edition", None, "", Change(REMOVED, key, None, revision + 1, natural)))
            if len(batch) >= BATCH_ROWS:
                yield batch
                batch = []
        if batch:
            yield batch

    def _compare(self, part: Sequence[Row]) -> list[Row]:
        told: list[Row] = []
        reads: dict[bytes, _Read] = {}
        again: list[_Read] = []
        for row in part:
            read = self._read(row)
            if read is None:
                self.unreadable += 1
                told.append(row)
            elif read.key in reads:
                again.append(read)
            else:
                reads[read.key] = read
        held = self._edition.look_up(list(reads))
        for key, read in reads.items():
            entry = held.get(key)
            if entry is not None and self._was_seen(entry):
                again.append(read)
            else:
                self._judge(read, entry, told)
        if again:
            self._repeated(again, told)
        return told

    def _repeated(self, again: Sequence[_Read], told: list[Row]) -> None:
        """Rows whose key this edition had before: the same row twice is one, another one counts by its content."""
        self._met.add("keys_repeated", len(again))
        made = {}
        for read in again:
            key = blake2b(read.key + read.content, digest_size=_HASH_BYTES).digest()
            made[key] = _Read(read.row, key, read.content, read.natural_key)
        first = self._edition.look_up([read.key for read in again])
        pending = {row.change.key: row.change.content for row in told if row.change is not None}
        held = self._edition.look_up(list(made))
        for (key, read), original in zip(made.items(), _distinct(again)):
            entry = first.get(original.key)
            content = pending.get(original.key, entry.content if entry else None)
            if content == read.content:
                continue
            known = held.get(key)
            if known is None or not self._was_seen(known):
                self._judge(read, known, told)

    def _judge(self, read: _Read, entry: Entry | None, told: list[Row]) -> None:
        if entry is not None:
            self._mark(entry)
            if entry.content == read.content:
                return
        kind, revision = ADDED, 1
        if entry is not None:
            kind, revision = (CHANGED if entry.content is not None else ADDED), entry.revision + 1
        kind = LISTED if self._is_first else kind
        self._met.add(kind)
        change = Change(kind, read.key, read.content, revision, read.natural_key)
        told.append(Row(read.row.place, read.row.columns, "", change))

    def _mark(self, entry: Entry) -> None:
        if entry.number <= self._last:
            self._seen[entry.number >> 3] |= 1 << (entry.number & 7)
            self._found += entry.content is not None

    def _was_seen(self, entry: Entry) -> bool:
        """Whether this edition had the row already: its number is marked, or was given while it was read."""
        if entry.number > self._last:
            return True
        return bool(self._seen[entry.number >> 3] & (1 << (entry.number & 7)))

    def _read(self, row: Row) -> _Read | None:
        if row.columns is None:
            return None
        values: Mapping[str, Any] = row.columns
        if dict in map(type, values.values()):
            values = flatten(values)
        try:
            natural = natural_key(values, self._facts)
        except MappingError:
            return None
        content = [values.get(name) for name in self._plain]
        content += [listed_values(values, path) for path in self._listed]
        basis_of = _json(content).encode("utf-8", "surrogatepass")
        return _Read(
            row,
            blake2b(natural.encode("utf-8", "surrogatepass"), digest_size=_HASH_BYTES).digest(),
            blake2b(basis_of, digest_size=_HASH_BYTES).digest(),
            natural,
        )


def _distinct(reads: Sequence[_Read]) -> list[_Read]:
    """One read for each pair of key and content, in order: as a dict of such pairs keeps them."""
    return list({(read.key, read.content): read for read in reads}.values())
