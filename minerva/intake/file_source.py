"""File source: the files of one folder as chunks of rows.

Whole files: one chunk a file, read again only if its bytes changed. Appended files (CSV, TSV, JSONL): only complete new
lines, in chunks; a file that was rotated or cut (its beginning changed, or it shrank) is read again from its start.
No more than one row, one chunk of lines or one item is held; formats.read says how bytes become rows.
Only regular files count, directly in the folder or where `pattern` names folders in it; nothing is written there.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Union

from minerva.intake.errors import BodyError, FileError
from minerva.intake.facts.transport import FileFacts
from minerva.intake.formats.encoding import decode_line, scan
from minerva.intake.formats.json_rows import json_lines
from minerva.intake.formats.read import IN_CHILD, read_rows
from minerva.intake.formats.tables import MAX_COLUMNS, check_header, name_columns, read_delimited, rename
from minerva.intake.rows import Chunk, ReadCounts, Row

MAX_LINE_BYTES = 1024 * 1024
_CHUNK_LINES, _CHUNK_BYTES = 1000, 8 * 1024 * 1024
_HEAD_BYTES = 1024
_DELIMITED = ("csv", "tsv")
_GROWING = (*_DELIMITED, "jsonl")


class FileSource:
    """Reads a folder (or one file) by a source's file facts. `needed` are the columns a header must have."""

    def __init__(self, facts: FileFacts, path: Path, *, mode: str = "auto", needed: Sequence[str] = ()) -> None:
        self._facts, self._reading = facts, facts.reading
        self._path = path
        self._needed = tuple(needed)
        self._mode = facts.mode if mode == "auto" else mode
        if self._mode == "appended":
            self._check_growing()
        self.met = ReadCounts()

    def _check_growing(self) -> None:
        facts = self._reading
        if facts.format not in _GROWING or facts.unpack != "none":
            raise FileError("mode", f"{facts.format} files cannot be read as they grow; choose whole files")
        if facts.skip_rows or facts.header_rows > 1:
            raise FileError("mode", "files with title rows cannot be read as they grow; choose whole files")

    def close(self) -> None:
        """Nothing stays open between chunks."""

    def files(self) -> list[Path]:
        """The source's files in order of name. Raises FileError if the folder is not there."""
        try:
            if self._path.is_file():
                return [self._path]
            if not self._path.is_dir():
                raise FileError("path", "the folder does not exist or is not a folder")
            found = sorted(self._path.glob(self._facts.pattern))
            return [item for item in found if self._counts(item)]
        except OSError as error:
            raise FileError("path", f"the folder cannot be read ({type(error).__name__})") from None

    def _counts(self, item: Path) -> bool:
        """Whether a path is a plain file to which no link leads."""
        folders = [item, *item.parents]
        inside = folders[: folders.index(self._path)] if self._path in folders else []
        if len(inside) > 1 and "/" not in self._facts.pattern:
            return False
        return bool(inside) and item.is_file() and not any(part.is_symlink() for part in inside)

    def _opened(self, path: Path) -> BinaryIO:
        """A file, opened without following a link that has taken a place since it was listed. Raises OSError."""
        if path == self._path or os.open not in os.supports_dir_fd:
            return path.open("rb")
        *folders, name = path.relative_to(self._path).parts
        at = os.open(self._path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            for folder in folders:
                within = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
                os.close(at)
                at = within
            # A pipe in its place would be waited for.
            file = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
        finally:
            os.close(at)
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            raise OSError("no regular file")
        return os.fdopen(file, "rb")

    def _name(self, path: Path) -> str:
        return path.name if path == self._path else path.relative_to(self._path).as_posix()

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """Chunks of every file with something new. A file that cannot be read is a chunk with a fault."""
        files = dict(position.get("files", {}))
        paths = self.files()
        present = {self._name(path) for path in paths}
        files = {name: entry for name, entry in files.items() if name in present}
        for path in paths:
            name = self._name(path)
            self.met.add("files")
            try:
                read = self._appended if self._mode == "appended" else self._whole
                for rows, entry in read(path, name, files.get(name, {})):
                    files = {**files, name: entry}
                    yield Chunk(rows, {"files": files})
            except (FileError, BodyError) as error:
                yield Chunk((), {"files": files}, name, error.code)
            except OSError:
                yield Chunk((), {"files": files}, name, "unreadable")

    def _whole(self, path: Path, name: str, entry: Mapping[str, Any]) -> Iterator[tuple[Iterable[Row], dict[str, Any]]]:
        reading = self._reading
        in_child = reading.unpack != "none" or reading.format in IN_CHILD
        with self._opened(path) as handle:
            found = scan(handle, () if in_child else reading.encodings)
            if entry.get("digest") == found.digest:
                self.met.add("unchanged")
                return
            rows = read_rows(handle, reading, name, self._needed, met=self.met, found=None if in_child else found)
            done = {"digest": found.digest}
            yield _guarded(rows, name, done), done

    def _appended(
        self, path: Path, name: str, entry: Mapping[str, Any]
    ) -> Iterator[tuple[Iterable[Row], dict[str, Any]]]:
        with self._opened(path) as handle:
            offset, line = int(entry.get("offset", 0)), int(entry.get("line", 0))
            if offset and not _same_file(handle, entry):
                self.met.add("rotated")
                offset = line = 0
            header = self._header(handle, name)
            if offset == 0 and self._reading.format in _DELIMITED and not self._reading.header:
                offset, line = handle.tell(), 1 if header else 0
            handle.seek(offset)
            while True:
                batch, size = self._complete_lines(handle)
                if not batch:
                    return
                rows = list(self._line_rows(batch, header, name, line))
                offset, line = offset + size, line + len(batch)
                here = handle.tell()
                yield rows, {"offset": offset, "line": line, **_head(handle, offset)}
                handle.seek(here)

    def _header(self, handle: BinaryIO, file_name: str) -> list[str]:
        if self._reading.format not in _DELIMITED or self._reading.header:
            return list(self._reading.header)
        handle.seek(0)
        record, size = _next_record(handle, True)
        if not size:
            return []
        if record is None:
            raise FileError("header", f"{file_name}: the first line has more than {MAX_LINE_BYTES} bytes")
        text = decode_line(record, self._reading.encodings)
        names: list[str] = []
        for row in self._delimited(text, [str(at) for at in range(MAX_COLUMNS)], file_name):
            names = rename(name_columns(list((row.columns or {}).values())), self._reading)
        check_header(names, self._needed, file_name)
        return names

    def _delimited(self, text: str, header: Sequence[str], file_name: str) -> Iterator[Row]:
        facts = dataclasses.replace(self._reading, header=tuple(header))
        return read_delimited(io.StringIO(text, newline=""), facts, (), file_name)

    def _complete_lines(self, handle: BinaryIO) -> tuple[list[Union[bytes, None]], int]:
        """The next complete records (None for one that is too long) and the bytes they take."""
        batch: list[Union[bytes, None]] = []
        taken = 0
        while len(batch) < _CHUNK_LINES and taken < _CHUNK_BYTES:
            record, size = _next_record(handle, self._reading.format in _DELIMITED)
            if not size:
                break
            batch.append(record)
            taken += size
        return batch, taken

    def _line_rows(
        self, records: Sequence[Union[bytes, None]], header: Sequence[str], file_name: str, line: int
    ) -> Iterator[Row]:
        for number, record in enumerate(records, line + 1):
            if record is None:
                yield Row(f"{file_name}:record {number}", None, "row_too_long")
                continue
            text = decode_line(record, self._reading.encodings)
            self.met.add("undecodable", text.count("\ufffd"))
            if self._reading.format == "jsonl":
                yield from json_lines(io.StringIO(text, newline=""), self._reading, file_name, number - 1)
                continue
            for row in self._delimited(text, header, file_name):
                yield Row(f"{file_name}:record {number}", row.columns, row.fault)


def _guarded(rows: Iterable[Row], file_name: str, done: dict[str, Any]) -> Iterator[Row]:
    """The rows, and in place of an error that ends them one last Row with the fault `file_<code>`.

    `done` is the file's entry in the position; it is emptied on an error, so that the next run reads the file again.
    """
    try:
        yield from rows
        return
    except (FileError, BodyError) as error:
        code = error.code
    except OSError:
        code = "unreadable"
    done.clear()
    yield Row(file_name, None, f"file_{code}")


def _next_record(handle: BinaryIO, quoted: bool) -> tuple[Union[bytes, None], int]:
    """The next complete record (None if it is too long) and the bytes it takes: 0 (and the handle where it was) if it
    is not complete yet.

    In CSV a record ends at the first line end outside quotes. A quote that is still open after MAX_LINE_BYTES is a
    stray one: then the first line alone is the record, so that what follows is not lost.
    """
    start = handle.tell()
    line, size = _next_line(handle)
    if not line or not quoted or line.count(b'"') % 2 == 0:
        return line, size
    behind, taken, parts, is_open = handle.tell(), size, [line], True
    while is_open:
        more, length = _next_line(handle)
        if not length:
            handle.seek(start)
            return b"", 0
        taken += length
        if more is None or taken > MAX_LINE_BYTES:
            handle.seek(behind)
            return line, size
        parts.append(more)
        is_open ^= more.count(b'"') % 2 == 1
    return b"".join(parts), taken


def _next_line(handle: BinaryIO) -> tuple[Union[bytes, None], int]:
    """The next complete line (None if it is too long) and its bytes; 0 (and the handle where it was) before it ends."""
    start = handle.tell()
    line = piece = handle.readline(MAX_LINE_BYTES + 1)
    while piece and not piece.endswith(b"\n"):
        piece = handle.readline(MAX_LINE_BYTES + 1)
    if not piece:
        handle.seek(start)
        return b"", 0
    size = handle.tell() - start
    return (line if size <= MAX_LINE_BYTES else None), size


def _head(handle: BinaryIO, offset: int) -> dict[str, Any]:
    size = min(_HEAD_BYTES, offset)
    handle.seek(0)
    return {"head_size": size, "head": hashlib.sha256(handle.read(size)).hexdigest()}


def _same_file(handle: BinaryIO, entry: Mapping[str, Any]) -> bool:
    size = handle.seek(0, 2)
    if size < int(entry.get("offset", 0)):
        return False
    handle.seek(0)
    head = handle.read(int(entry.get("head_size", 0)))
    return hashlib.sha256(head).hexdigest() == entry.get("head")
