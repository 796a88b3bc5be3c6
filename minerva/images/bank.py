"""Bank: hashes under ids, searched by distance. A bank file that is mapped, and a log of what changed since.

The file is built from rows that are kept elsewhere, so that it can be thrown away; a change is seen by every reader at
its next search. Nothing of a picture is in it but hashes.
"""

from __future__ import annotations

import importlib.util
import secrets
from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Union

from minerva.images import bank_file, bank_log, search_plain
from minerva.images.bank_log import Change
from minerva.images.distance import WIDEST, tier
from minerva.images.errors import BankError
from minerva.native_package import use_native_package

WORTH_NUMPY = 20_000
"""Comparisons from which importing numpy pays."""


class Match(NamedTuple):
    """A hash of the bank near one that was asked for: the number of the question, id, hash, distance, what it says."""

    query: int
    id: str
    hash: int
    distance: int
    tier: str


def build(path: Path, rows: Iterable[tuple[int, str]]) -> int:
    """Builds a bank from all its rows (hash, id), in one step for its readers; returns how many it holds.

    What is added to the bank in the meantime stays in it. Raises BankError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with bank_log.locked(path):
        before = _log_of(path)
        place = before.stat().st_size if before is not None and before.exists() else 0
    columns, ids = _columns_of(rows)
    token = secrets.token_hex(8)
    building = path.with_name(f"{path.name}.{token}.building")
    use_native_package()  # a large bank gets an index where numpy is
    try:
        bank_file.write_file(building, token, columns, ids)
        with bank_log.locked(path):
            latest = _log_of(path)
            if latest is not None:
                since, _ = bank_log.read(latest, place if latest == before else 0)
                if since:
                    bank_log.append(bank_log.log_path(path, token), since)
            building.replace(path)
            for old in path.parent.glob(f"{path.name}.*.log"):
                if old != bank_log.log_path(path, token):
                    old.unlink()
    finally:
        building.unlink(missing_ok=True)
    return len(ids)


def change(path: Path, changes: Iterable[Change]) -> None:
    """Adds hashes to a bank, and removes ids from it; seen at once, and kept when the process is killed."""
    with bank_log.locked(path):
        bank_log.append(bank_log.log_path(path, bank_file.open_file(path).token), changes)


class Bank:
    """An open bank; `path` None is one in memory alone."""

    def __init__(self, path: Union[Path, None] = None, rows: Iterable[tuple[int, str]] = ()) -> None:
        self._path = path
        self._removed: set[str] = set()
        self._gone: set[int] = set()
        self._columns, self._ids = _columns_of(rows)
        self._place = 0
        self._file: Union[bank_file.BankFile, None] = None
        if path is not None:
            self._open(path)

    def __len__(self) -> int:
        """Hashes that were built in and added; some may be removed since."""
        return (self._file.size if self._file else 0) + len(self._ids) - len(self._gone)

    def search(self, queries: Sequence[int], radius: int = WIDEST) -> Iterator[Match]:
        """The hashes within the radius (0 to 70) of each query, nearest first. Raises BankError."""
        if not 0 <= radius <= WIDEST:
            raise ValueError(f"the radius is 0 to {WIDEST}, not {radius}")
        self.refresh()
        found: list[Match] = []
        file = self._file
        if file is not None and file.size:
            index = (file.starts, file.rows) if len(file.starts) else None
            for query, row, bits in _near(file.columns, index, queries, radius):
                name = file.id_of(row)
                if name not in self._removed:
                    found.append(Match(query, name, _hash_at(file.columns, row), bits, tier(bits)))
        for query, row, bits in _near(self._columns, None, queries, radius):
            if row not in self._gone:
                found.append(Match(query, self._ids[row], _hash_at(self._columns, row), bits, tier(bits)))
        return iter(sorted(set(found), key=lambda match: (match.query, match.distance, match.id, match.hash)))

    def refresh(self) -> None:
        """Takes in what changed since the last search."""
        if self._path is None or self._file is None:
            return
        if bank_file.stamp_of(self._path) != self._file.stamp:
            self._open(self._path)
        changes, self._place = bank_log.read(bank_log.log_path(self._path, self._file.token), self._place)
        for each in changes:
            if each.hash is None:
                self._removed.add(each.id)
                self._gone.update(row for row, name in enumerate(self._ids) if name == each.id)
            else:
                _append(self._columns, self._ids, each.hash, each.id)

    def _open(self, path: Path) -> None:
        self._file = bank_file.open_file(path)
        self._columns, self._ids = _columns_of(())
        self._removed, self._gone, self._place = set(), set(), 0
        self.refresh()


def _near(
    columns: Sequence[Any], index: Union[tuple[Any, Any], None], queries: Sequence[int], radius: int
) -> Iterator[tuple[int, int, int]]:
    if len(columns[0]) * len(queries) >= WORTH_NUMPY and _has_numpy():
        from minerva.images import search_numpy

        if search_numpy.AVAILABLE:
            if index is not None and radius <= search_numpy.INDEXED_RADIUS:
                return search_numpy.near_by_index(columns, *index, queries, radius)
            return search_numpy.near_by_scan(columns, queries, radius)
    return search_plain.near(columns, queries, radius)


def _has_numpy() -> bool:
    """Whether numpy can be imported: of this Python, or of the native package beside the app."""
    use_native_package()
    return importlib.util.find_spec("numpy") is not None


def _log_of(path: Path) -> Union[Path, None]:
    """The log of the bank that is there; None where there is none, or none that can be read."""
    try:
        return bank_log.log_path(path, bank_file.open_file(path).token)
    except BankError:
        return None


def _columns_of(rows: Iterable[tuple[int, str]]) -> tuple[tuple[array[int], ...], list[str]]:
    columns = tuple(array("Q") for _ in range(bank_file.COLUMNS))
    ids: list[str] = []
    for value, name in rows:
        _append(columns, ids, value, bank_log.check_id(name))
    return columns, ids


def _append(columns: Sequence[array[int]], ids: list[str], value: int, name: str) -> None:
    for column, word in zip(columns, search_plain.columns_of(value)):
        column.append(word)
    ids.append(name)


def _hash_at(columns: Sequence[Any], row: int) -> int:
    value = 0
    for column in columns:
        value = value << 64 | int(column[row])
    return value
