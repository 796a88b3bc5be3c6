"""Where the files of an export go: a folder or one zip, each file hashed, counted and held to the export's limit.

Equal input gives equal bytes: zip entries carry no clock and no owner, and stand in the order they were opened.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from minerva.exports.errors import ExportError, ExportTooLarge

_CHUNK = 65536


class Output(Protocol):
    """A place for bytes, as files and zip entries are."""

    def write(self, data: bytes, /) -> int: ...

    def close(self) -> None: ...


class Target(Protocol):
    """A place for named files. Several may be open at a time; `finish` ends a good export, `discard` a failed one."""

    def open(self, name: str) -> Output: ...

    def finish(self) -> None: ...

    def discard(self) -> None: ...


class FolderTarget:
    """Files in a folder that must be new or empty, readable by their owner only."""

    def __init__(self, folder: str) -> None:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if os.listdir(folder):
            raise ExportError("folder", "is not empty: an export never mixes with other files")
        self.folder = folder
        self._made: list[tuple[str, Output]] = []

    def open(self, name: str) -> Output:
        path = os.path.join(self.folder, name)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        output = os.fdopen(descriptor, "wb")
        self._made.append((path, output))
        return output

    def finish(self) -> None:
        return None

    def discard(self) -> None:
        for path, output in self._made:
            with contextlib.suppress(OSError):
                output.close()
            with contextlib.suppress(OSError):
                os.unlink(path)


class Stream(Protocol):
    """Where a zip goes: anything that takes bytes."""

    def write(self, data: bytes, /) -> object: ...


class ZipTarget:
    """One zip written front to back, so that the stream may be a pipe.

    The file that is open first goes straight through; what is opened beside it waits in memory, compressed, and
    follows: close the first one last. A failed export leaves the zip without its directory, so no reader takes it for
    whole.
    """

    def __init__(self, stream: Stream) -> None:
        self._pipe = _Pipe(stream)
        self._zip = zipfile.ZipFile(self._pipe, "w", zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]
        self._direct: _Direct | None = None
        self._waiting: list[tuple[str, _Spool]] = []

    def open(self, name: str) -> Output:
        if self._direct is None:
            self._direct = _Direct(self, self._entry(name))
            return self._direct
        spool = _Spool()
        self._waiting.append((name, spool))
        return spool

    def finish(self) -> None:
        self._zip.close()

    def discard(self) -> None:
        self._pipe.shut = True
        self._waiting.clear()
        if self._direct is not None:
            self._direct.close()
        self._zip.close()

    def release(self) -> None:
        """The direct file is done: what waited follows."""
        self._direct = None
        for name, spool in self._waiting:
            with self._entry(name) as entry:
                for chunk in spool.chunks():
                    entry.write(chunk)
        self._waiting.clear()

    def _entry(self, name: str) -> Any:
        fact = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        fact.compress_type = zipfile.ZIP_DEFLATED
        fact.create_system = 3
        fact.external_attr = 0o100600 << 16
        return self._zip.open(fact, "w")


class _Pipe:
    """A stream that cannot seek, whatever is behind it: zipfile then writes the same bytes to a file as to a pipe.
    Once shut it drops everything, the directory that ZipFile writes at its end included."""

    def __init__(self, stream: Stream) -> None:
        self._stream, self.shut = stream, False

    def write(self, data: bytes) -> int:
        if not self.shut:
            self._stream.write(bytes(data))
        return len(data)

    def flush(self) -> None:
        return None


class _Direct:
    def __init__(self, owner: ZipTarget, entry: Any) -> None:
        self._owner, self._entry = owner, entry

    def write(self, data: bytes, /) -> int:
        return int(self._entry.write(data))

    def close(self) -> None:
        self._entry.close()
        self._owner.release()


class _Spool:
    def __init__(self) -> None:
        self._compress = zlib.compressobj(6)
        self._parts: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        part = self._compress.compress(data)
        if part:
            self._parts.append(part)
        return len(data)

    def close(self) -> None:
        self._parts.append(self._compress.flush())

    def chunks(self) -> Iterator[bytes]:
        inflate = zlib.decompressobj()
        for part in self._parts:
            yield inflate.decompress(part, _CHUNK)
            while inflate.unconsumed_tail:
                yield inflate.decompress(inflate.unconsumed_tail, _CHUNK)
        yield inflate.flush()


@dataclass(frozen=True)
class FileFact:
    """One finished file: `rows` counts its lines of data or its objects."""

    name: str
    size: int
    sha256: str
    rows: int


class Sink:
    """A file that is being written. `row` counts one row or object."""

    def __init__(self, name: str, output: Output, package: Package) -> None:
        self.name, self.rows, self.size = name, 0, 0
        self._output, self._package, self._hash = output, package, hashlib.sha256()
        self._pending: list[bytes] = []
        self._held = 0

    def write(self, data: bytes) -> None:
        """Raises ExportTooLarge when the package outgrows its limit."""
        self.size += len(data)
        self._package.take(len(data))
        self._pending.append(data)
        self._held += len(data)
        if self._held >= _CHUNK:
            self._flush()

    def text(self, text: str) -> None:
        self.write(text.encode("utf-8"))

    def row(self, text: str) -> None:
        self.rows += 1
        self.text(text)

    def close(self) -> None:
        self._flush()
        self._output.close()
        self._package.done(FileFact(self.name, self.size, self._hash.hexdigest(), self.rows))

    def _flush(self) -> None:
        data = b"".join(self._pending)
        self._pending.clear()
        self._held = 0
        self._hash.update(data)
        self._output.write(data)


class Package:
    """The files of one export on their way to a target. `files` holds the finished ones."""

    def __init__(self, target: Target, max_bytes: int) -> None:
        self._target, self._left, self._most = target, max_bytes, max_bytes
        self.files: list[FileFact] = []

    def sink(self, name: str) -> Sink:
        return Sink(name, self._target.open(name), self)

    @contextlib.contextmanager
    def file(self, name: str) -> Iterator[Sink]:
        """A file that is finished when the block ends well."""
        sink = self.sink(name)
        yield sink
        sink.close()

    def take(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise ExportTooLarge("(bytes)", f"more than {self._most} bytes: narrow the query")

    def done(self, fact: FileFact) -> None:
        self.files.append(fact)
