"""File source: the files of one folder as chunks of rows.

Whole files: one chunk a file, read again only if its bytes changed. Appended files (CSV, JSONL): only complete new
lines, in chunks; a file that was rotated or cut (its beginning changed, or it shrank) is read again from its start.
No more than one row, one chunk of lines or one JSON document is held.
Only regular files directly in the folder count; nothing is written there.
"""

from __future__ import annotations

import hashlib
import io
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Union

from minerva.intake.errors import BodyError, FileError
from minerva.intake.facts.transport import FileFacts
from minerva.intake.formats.encoding import decode_line, scan
from minerva.intake.formats.strict_json import parse_json_text
from minerva.intake.formats.tables import Lines, TooLong, check_header, name_columns, read_delimited, table_row
from minerva.intake.formats.workbook import LIMITED, read_sheet
from minerva.intake.rows import Chunk, ReadCounts, Row
from minerva.intake.web.paging import look_up

MAX_JSON_BYTES = 32 * 1024 * 1024
MAX_LINE_BYTES = 1024 * 1024
_CHUNK_LINES, _CHUNK_BYTES = 1000, 8 * 1024 * 1024
_HEAD_BYTES = 1024


class FileSource:
    """Reads a folder (or one file) by a source's file facts. `needed` are the columns a header must have."""

    def __init__(
        self,
        facts: FileFacts,
        path: Path,
        *,
        mode: str = "auto",
        needed: Sequence[str] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._facts, self._reading = facts, facts.reading
        self._path = path
        self._needed = tuple(needed)
        self._clock = clock
        self._mode = facts.mode if mode == "auto" else mode
        if self._mode == "appended" and self._reading.format not in ("csv", "jsonl"):
            raise FileError("mode", f"{self._reading.format} files cannot be read as they grow; choose whole files")
        self.met = ReadCounts()

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
            return [item for item in found if item.parent == self._path and item.is_file() and not item.is_symlink()]
        except OSError as error:
            raise FileError("path", f"the folder cannot be read ({type(error).__name__})") from None

    def chunks(self, position: Mapping[str, Any]) -> Iterator[Chunk]:
        """Chunks of every file with something new. A file that cannot be read is a chunk with a fault."""
        files = dict(position.get("files", {}))
        paths = self.files()
        present = {path.name for path in paths}
        files = {name: entry for name, entry in files.items() if name in present}
        for path in paths:
            self.met.add("files")
            try:
                read = self._appended if self._mode == "appended" else self._whole
                for rows, entry in read(path, files.get(path.name, {})):
                    files = {**files, path.name: entry}
                    yield Chunk(rows, {"files": files})
            except (FileError, BodyError) as error:
                yield Chunk((), {"files": files}, path.name, error.code)
            except OSError:
                yield Chunk((), {"files": files}, path.name, "unreadable")

    def _whole(self, path: Path, entry: Mapping[str, Any]) -> Iterator[tuple[Iterable[Row], dict[str, Any]]]:
        with path.open("rb") as handle:
            found = scan(handle, self._reading.encodings if self._reading.format != "xlsx" else ("latin-1",))
            if entry.get("digest") == found.digest:
                self.met.add("unchanged")
                return
            if self._reading.format == "xlsx":
                rows: Iterable[Row] = self._sheet(path)
            else:
                text = io.TextIOWrapper(handle, encoding=found.codec, errors=found.errors, newline="")
                rows = self._text_rows(text, path)
                if found.errors == "replace":
                    self.met.add("undecodable_files")
            done = {"digest": found.digest}
            yield _guarded(rows, path.name, done), done

    def _text_rows(self, text: io.TextIOWrapper, path: Path) -> Iterator[Row]:
        counted = _Counted(text, self.met)
        if self._reading.format == "csv":
            return read_delimited(counted, self._reading.delimiter, self._reading.header, self._needed, path.name)
        if self._reading.format == "jsonl":
            return _json_lines(Lines(counted), path.name, 0)
        return self._document(text, path)

    def _document(self, text: io.TextIOWrapper, path: Path) -> Iterator[Row]:
        if path.stat().st_size > MAX_JSON_BYTES:
            raise FileError(
                "too_large", f"{path.name}: JSON files may have at most {MAX_JSON_BYTES} bytes; use JSON lines"
            )
        items = look_up(parse_json_text(text.read()), self._reading.items)
        if not isinstance(items, list):
            raise FileError("items", f"{path.name}: no list at {self._reading.items or '(top)'!r}")
        for number, item in enumerate(items, 1):
            yield _item_row(item, f"{path.name}#{number}")

    def _sheet(self, path: Path) -> Iterator[Row]:
        names = list(self._reading.header)
        if not LIMITED:
            self.met.add("without_memory_limit")
        for number, cells in read_sheet(path, (self._reading.sheets or ("",))[0], self._clock):
            if cells is None:
                yield Row(f"{path.name}:{number}", None, "row_too_long")
                continue
            if not names:
                names = name_columns(cells)
                check_header(names, self._needed, path.name)
                continue
            yield table_row(names, cells, f"{path.name}:{number}")

    def _appended(self, path: Path, entry: Mapping[str, Any]) -> Iterator[tuple[Iterable[Row], dict[str, Any]]]:
        with path.open("rb") as handle:
            offset, line = int(entry.get("offset", 0)), int(entry.get("line", 0))
            if offset and not _same_file(handle, entry):
                self.met.add("rotated")
                offset = line = 0
            header = self._header(handle, path.name)
            if offset == 0 and self._reading.format == "csv" and not self._reading.header:
                offset, line = handle.tell(), 1 if header else 0
            handle.seek(offset)
            while True:
                batch, size = self._complete_lines(handle)
                if not batch:
                    return
                rows = list(self._line_rows(batch, header, path.name, line))
                offset, line = offset + size, line + len(batch)
                here = handle.tell()
                yield rows, {"offset": offset, "line": line, **_head(handle, offset)}
                handle.seek(here)

    def _header(self, handle: BinaryIO, file_name: str) -> list[str]:
        if self._reading.format != "csv" or self._reading.header:
            return list(self._reading.header)
        handle.seek(0)
        record, size = _next_record(handle, True)
        if not size:
            return []
        if record is None:
            raise FileError("header", f"{file_name}: the first line has more than {MAX_LINE_BYTES} bytes")
        text = decode_line(record, self._reading.encodings)
        names: list[str] = []
        for row in read_delimited(
            io.StringIO(text, newline=""), self._reading.delimiter, [str(at) for at in range(512)], (), file_name
        ):
            names = name_columns(list((row.columns or {}).values()))
        check_header(names, self._needed, file_name)
        return names

    def _complete_lines(self, handle: BinaryIO) -> tuple[list[Union[bytes, None]], int]:
        """The next complete records (None for one that is too long) and the bytes they take."""
        batch: list[Union[bytes, None]] = []
        taken = 0
        while len(batch) < _CHUNK_LINES and taken < _CHUNK_BYTES:
            record, size = _next_record(handle, self._reading.format == "csv")
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
                yield from _json_lines(Lines(io.StringIO(text, newline="")), file_name, number - 1)
                continue
            for row in read_delimited(io.StringIO(text, newline=""), self._reading.delimiter, header, (), file_name):
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
    except UnicodeError:
        code = "encoding"
    except OSError:
        code = "unreadable"
    done.clear()
    yield Row(file_name, None, f"file_{code}")


def _json_lines(lines: Lines, file_name: str, before: int) -> Iterator[Row]:
    while True:
        lines.begin_row()
        place = f"{file_name}:{before + lines.number + 1}"
        try:
            line = next(lines, None)
            if line is None:
                return
            if not line.strip():
                continue
            item = parse_json_text(line.lstrip("\ufeff"))
        except TooLong:
            yield Row(place, None, "row_too_long")
        except BodyError as error:
            yield Row(place, None, error.code)
        else:
            yield _item_row(item, place)


def _item_row(item: Any, place: str) -> Row:
    return Row(place, item) if isinstance(item, dict) else Row(place, None, "not_object")


class _Counted:
    """A text whose undecodable characters are counted as they are read."""

    def __init__(self, text: io.TextIOWrapper, met: ReadCounts) -> None:
        self._text, self._met = text, met

    def readline(self, size: int, /) -> str:
        line = self._text.readline(size)
        if "\ufffd" in line:
            self._met.add("undecodable", line.count("\ufffd"))
        return line


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
