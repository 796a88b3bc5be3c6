"""Bank file: hashes, an index of them and their ids in one file that is mapped into memory and never changed.

Behind a header of JSON lie, each a whole number of 64-byte blocks: the hashes as four columns of 64 bits; for each of
16 slots of 16 bits, where the rows of each value begin, and the rows by value (both left out in a small bank); where
each id ends; the ids. A new file takes the place of an old one in one step.
"""

from __future__ import annotations

import json
import mmap
import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from minerva.images.errors import BankError

_HEADER_BYTES = 512
_FORMAT = "minerva image bank 1"
MAGIC = f'{{"format": "{_FORMAT}"'.encode()
SLOTS, VALUES, COLUMNS = 16, 65536, 4
_IDS = 100_000
WORTH_INDEX = 50_000
"""Hashes from which looking up beats reading all."""


@dataclass(frozen=True)
class BankFile:
    """An open bank file; the views are read from the file as they are used. `token` names its log of additions."""

    token: str
    size: int
    columns: tuple[memoryview, ...]
    starts: memoryview
    rows: memoryview
    ends: memoryview
    ids: memoryview
    stamp: tuple[int, int]

    def id_of(self, row: int) -> str:
        """The id of a row."""
        return bytes(self.ids[self.ends[row - 1] if row else 0 : self.ends[row]]).decode()


def stamp_of(path: Path) -> tuple[int, int]:
    """What changes when another bank file takes the place of one; (0, 0) where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def open_file(path: Path) -> BankFile:
    """Opens a bank file. Raises BankError."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            header = json.loads(file.read(_HEADER_BYTES))
            if header["format"] != _FORMAT:
                raise ValueError
            size, indexed, id_bytes = int(header["size"]), bool(header["indexed"]), int(header["id_bytes"])
            mapped = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except FileNotFoundError:
        raise BankError(f"{path.name}: there is no such bank; build it first") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise BankError(f"{path.name}: not a bank, or one of another version: build it anew") from None
    index_bytes = (4 * SLOTS * (VALUES + 1), 4 * SLOTS * size) if indexed else (0, 0)
    views, place = [], _HEADER_BYTES
    for length, width in (
        *[(8 * size, 8)] * COLUMNS,
        *[(each, 4) for each in index_bytes],
        (8 * size, 8),
        (id_bytes, 1),
    ):
        part = mapped[place : place + length]
        views.append(part.cast("Q") if width == 8 else part.cast("I") if width == 4 else part)
        place += _whole_blocks(length)
    if place != status.st_size:
        raise BankError(f"{path.name}: the bank has another length than its header says: build it anew")
    starts, rows, ends, ids = views[COLUMNS:]
    stamp = status.st_ino, status.st_mtime_ns
    return BankFile(str(header["token"]), size, tuple(views[:COLUMNS]), starts, rows, ends, ids, stamp)


def write_file(path: Path, token: str, columns: Sequence[array[int]], ids: Sequence[str]) -> None:
    """Writes a bank file and puts it onto the disk. Needs numpy for an index; without it the file has none."""
    size = len(ids)
    index = _maker_of_index() if size >= WORTH_INDEX else None
    ends, end = array("Q"), 0
    for each in ids:
        end += len(each.encode())
        ends.append(end)
    header = {"format": _FORMAT, "token": token, "size": size, "indexed": index is not None, "id_bytes": end}
    with path.open("wb") as file:
        file.write(json.dumps(header).encode().ljust(_HEADER_BYTES))
        for column in columns:
            _write_part(file, (column,))
        if index is not None:  # the rows of one slot at a time: all of them are twice as large as the hashes
            _write_part(file, (index.index_starts(column, slot) for column, slot in _slots(columns)))
            _write_part(file, (index.index_rows(column, slot) for column, slot in _slots(columns)))
        _write_part(file, (ends,))
        _write_part(file, ("".join(ids[at : at + _IDS]).encode() for at in range(0, size, _IDS)))
        file.flush()
        os.fsync(file.fileno())


def _write_part(file: BinaryIO, pieces: Iterable[Any]) -> None:
    """Writes one part, piece by piece, up to a whole number of blocks."""
    length = sum(file.write(piece) for piece in pieces)
    file.write(bytes(_whole_blocks(length) - length))


def _slots(columns: Sequence[array[int]]) -> Iterator[tuple[array[int], int]]:
    return ((column, slot) for column in columns for slot in range(SLOTS // COLUMNS))


def _maker_of_index() -> Any:
    """search_numpy; None where numpy is not."""
    try:
        from minerva.images import search_numpy
    except ModuleNotFoundError:
        return None
    return search_numpy


def _whole_blocks(length: int) -> int:
    return -(-length // 64) * 64
