"""Bank log: what was added to a bank and removed from it since its file was built, one line each.

A line carries its checksum and is written in one piece behind a lock, so that a process that is killed leaves a whole
line, or one that is passed over.
"""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Union

from minerva.images.errors import BankError

LONGEST_ID = 500


class Change(NamedTuple):
    """A hash that was added under an id, or (hash None) an id that was removed with all its hashes."""

    id: str
    hash: Union[int, None]


def log_path(path: Path, token: str) -> Path:
    """Where the changes of the bank file with this token lie."""
    return path.with_name(f"{path.name}.{token}.log")


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Holds a bank for writing; others wait. Raises BankError where files cannot be locked."""
    try:
        import fcntl
    except ImportError:
        raise BankError("banks are written on POSIX systems only, where a file can be locked") from None
    handle = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def append(log: Path, changes: Iterable[Change]) -> None:
    """Adds changes at the end of a log and puts them onto the disk; the caller holds the lock."""
    data = b"".join(map(_line_of, changes))
    handle = os.open(log, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            data = b"\n" + data
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def read(log: Path, start: int) -> tuple[list[Change], int]:
    """The changes from a place on, and where the last whole line ends."""
    try:
        with log.open("rb") as file:
            file.seek(start)
            data = file.read()
    except FileNotFoundError:
        return [], start
    end = data.rfind(b"\n") + 1
    changes = (_change_of(line) for line in data[:end].split(b"\n"))
    return [change for change in changes if change is not None], start + end


def check_id(text: str) -> str:
    """An id as it may be stored. Raises BankError."""
    if not text or len(text) > LONGEST_ID or not text.isprintable():
        raise BankError(f"an id has 1 to {LONGEST_ID} printable characters")
    return text


def _line_of(change: Change) -> bytes:
    hash_text = "-" if change.hash is None else f"{change.hash:064x}"
    body = f"{hash_text} {check_id(change.id)}".encode()
    return b"%08x %s\n" % (zlib.crc32(body), body)


def _change_of(line: bytes) -> Union[Change, None]:
    checksum, _, body = line.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(body):
        return None
    hash_text, _, name = body.decode().partition(" ")
    return Change(name, None if hash_text == "-" else int(hash_text, 16))
