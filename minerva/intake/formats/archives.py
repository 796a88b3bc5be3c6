"""Archives: the files inside of zip, gzip, tar.gz and bz2, one layer deep. Runs in the limited child.

A zip's own words about its sizes are judged before anything is unpacked, and what is unpacked is counted all the same.
Nothing is written to disk, and names inside of archives are never paths.
"""

from __future__ import annotations

import bz2
import fnmatch
import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Callable

from minerva.intake.errors import FileError
from minerva.intake.facts.reading import ReadFacts
from minerva.intake.formats.limits import MAX_DIRECTORY_BYTES, MAX_ENTRIES, RATIO_FLOOR_BYTES, Limits
from minerva.intake.formats.media import PROBE_BYTES, is_archive, is_media
from minerva.zips import BROKEN

Open = Callable[[], BinaryIO]
SUFFIXES = {
    **{"csv": "csv", "tsv": "tsv", "tab": "tsv", "json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "xml": "xml"},
    **{
        "geojson": "geojson",
        "xlsx": "xlsx",
        "ods": "ods",
        "html": "html",
        "eml": "mail",
        "htm": "html",
        "rss": "rss",
        "atom": "rss",
    },
}
"""The format that a file's name says, for a file of which nothing else is known."""
_TEXT_SUFFIXES = ("csv", "tsv", "tab", "txt", "dat", "asc", "pip", "psv", "del")
_BROKEN: tuple[type[Exception], ...] = (tarfile.TarError, *BROKEN)
_UNREAD: tuple[type[Exception], ...] = (FileError, *_BROKEN)


def members(source: BinaryIO, facts: ReadFacts, name: str, limits: Limits) -> Iterator[tuple[str, Open]]:
    """The name and opener of each file to read: `source` itself, or those in it that `member` (a glob) names.

    Without `member`: the only file, or else those whose names end as the format does. Raises FileError.
    """
    if facts.unpack == "none":
        yield name, lambda: _rewound(source)
        return
    start = _rewound(source).read(PROBE_BYTES)
    if is_media(start) and not is_archive(start):
        raise FileError("media", f"{name}: is an image, film, sound, document or program")
    if facts.unpack == "zip":
        yield from _zip_members(source, facts, name, limits)
    elif facts.unpack == "tar.gz":
        yield from _tar_members(source, facts, name, limits)
    else:
        yield name, lambda: _stream(source, facts.unpack, name, limits)


def _rewound(source: BinaryIO) -> BinaryIO:
    source.seek(0)
    return source


class ReadOnce:
    """A stream that gives what one read brings, so that what comes before a break is not lost with it."""

    def __init__(self, handle: BinaryIO) -> None:
        self._read = getattr(handle, "read1", handle.read)

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes."""
        return bytes(self._read(size))


class Bounded(io.RawIOBase):
    """An unpacked stream that ends in a FileError where it is broken, cut off or grows too much."""

    def __init__(self, inner: Any, packed: Callable[[], int], kind: str, name: str, limits: Limits) -> None:
        self._inner, self._packed, self._kind, self._name, self._limits = inner, packed, kind, name, limits
        self._total = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """What one read of the stream gives."""
        try:
            part = self._inner.read1(len(buffer))
        except _BROKEN:
            raise FileError(self._kind, f"{self._name}: the packed file is broken or cut off") from None
        self._total += len(part)
        most = min(self._limits.unpacked_bytes, max(RATIO_FLOOR_BYTES, self._packed() * self._limits.ratio))
        if self._total > most:
            raise FileError(f"{self._kind}_bomb", f"{self._name}: unpacks to too much")
        buffer[: len(part)] = part
        return len(part)


def _buffered(inner: Any, packed: Callable[[], int], kind: str, name: str, limits: Limits) -> BinaryIO:
    return io.BufferedReader(Bounded(inner, packed, kind, name, limits), 65536)


def _stream(source: BinaryIO, kind: str, name: str, limits: Limits) -> BinaryIO:
    """A gzip or bz2 file unpacked; `kind` also names the fault."""
    packed = _rewound(source)
    inner: Any = bz2.BZ2File(packed) if kind == "bz2" else gzip.GzipFile(fileobj=packed, mode="rb")
    return _buffered(inner, packed.tell, kind.replace(".", "_"), name, limits)


def _zip_members(source: BinaryIO, facts: ReadFacts, name: str, limits: Limits) -> Iterator[tuple[str, Open]]:
    archive = open_zip(source, "zip", name, MAX_ENTRIES)
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
    for inner in _chosen(list(entries), facts, name):
        entry = entries[inner]
        check_sizes([entry], "zip", name, limits.unpacked_bytes, limits.ratio)
        yield f"{name}!{inner}", _opener(archive, entry, name, limits)


def _opener(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits) -> Open:
    def open_() -> BinaryIO:
        try:
            inner = archive.open(entry)
        except _BROKEN:
            raise FileError("zip", f"{name}: the packed file is broken") from None
        return _buffered(inner, lambda: entry.compress_size, "zip", name, limits)

    return open_


def open_zip(source: BinaryIO, code: str, name: str, most_entries: int) -> zipfile.ZipFile:
    """A zip whose directory is judged: begins as a zip, not too long, not encrypted, no entry lies over another.

    Raises FileError with the code, or `<code>_bomb`.
    """
    broken = FileError(code, f"{name}: not a zip, encrypted, or broken")
    try:
        size = source.seek(0, 2)
        if not _rewound(source).read(4).startswith(b"PK"):
            raise broken  # a zip may hang behind an image
        source.seek(max(0, size - 66_000))
        if _directory_bytes(source.read()) > MAX_DIRECTORY_BYTES:
            raise FileError(f"{code}_bomb", f"{name}: holds too many files")
        archive = zipfile.ZipFile(_rewound(source))
        entries = archive.infolist()
    except _BROKEN:
        raise broken from None
    if len(entries) > most_entries:
        raise FileError(f"{code}_bomb", f"{name}: holds more than {most_entries} files")
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise FileError(f"{code}_bomb", f"{name}: its files lie over one another")
        end = entry.header_offset + 30 + entry.compress_size
        if entry.flag_bits & 1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise broken
    return archive


def check_sizes(entries: Sequence[zipfile.ZipInfo], code: str, name: str, most: int, ratio: int) -> None:
    """Raises FileError (`<code>_bomb`) if entries say that they unpack to too much, or grow too much."""
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > most or (total > RATIO_FLOOR_BYTES and total > packed * ratio):
        raise FileError(f"{code}_bomb", f"{name}: unpacks to too much, or grows too much when unpacked")


def _directory_bytes(tail: bytes) -> int:
    """How long the directory of a zip says that it is (APPNOTE 4.3.14 and 4.3.16)."""
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        return 0
    size = int(struct.unpack_from("<L", tail, at + 12)[0])
    large = tail.rfind(b"PK\x06\x06", 0, at)
    return int(struct.unpack_from("<Q", tail, large + 40)[0]) if size == 0xFFFFFFFF and large >= 0 else size


def _tar_members(source: BinaryIO, facts: ReadFacts, name: str, limits: Limits) -> Iterator[tuple[str, Open]]:
    names = []
    with _tar(source, name, limits) as archive:
        for entry in _tar_entries(archive, name):
            names.append(entry.name)
            if entry.size > limits.unpacked_bytes:  # before its end is looked for
                break
            if len(names) > MAX_ENTRIES:
                raise FileError("tar_gz_bomb", f"{name}: holds more than {MAX_ENTRIES} files")
    for inner in _chosen(names, facts, name):
        yield f"{name}!{inner}", _tar_opener(source, inner, name, limits)


def _tar(source: BinaryIO, name: str, limits: Limits) -> tarfile.TarFile:
    try:
        content: Any = ReadOnce(_stream(source, "tar.gz", name, limits))
        return tarfile.open(fileobj=content, mode="r|", bufsize=65536)
    except _BROKEN:
        raise FileError("tar_gz", f"{name}: not a tar.gz file, or broken") from None


def _tar_entries(archive: tarfile.TarFile, name: str) -> Iterator[tarfile.TarInfo]:
    """The plain files: no links, no devices, nothing sparse. A break after some file ends the list there."""
    any_file = False
    while True:
        try:
            entry = archive.next()
        except _UNREAD as error:
            if any_file and not str(getattr(error, "code", "")).endswith("_bomb"):
                return
            if isinstance(error, FileError):
                raise
            raise FileError("tar_gz", f"{name}: not a tar.gz file, or broken") from None
        if entry is None:
            return
        archive.members = []  # type: ignore[attr-defined]  # a stream is never asked for them again
        if entry.isreg() and not entry.issparse():
            any_file = True
            yield entry


def _tar_opener(source: BinaryIO, inner: str, name: str, limits: Limits) -> Open:
    def open_() -> BinaryIO:
        archive = _tar(source, name, limits)
        for entry in _tar_entries(archive, name):
            if entry.name == inner:
                if entry.size > limits.unpacked_bytes:
                    raise FileError("tar_gz_bomb", f"{name}: unpacks to too much")
                content: Any = archive.extractfile(entry)
                return _buffered(content, lambda: limits.unpacked_bytes, "tar_gz", name, limits)
        raise FileError("tar_gz", f"{name}: a file in it is gone")

    return open_


def _chosen(names: Sequence[str], facts: ReadFacts, name: str) -> list[str]:
    """The names to read, in order. Raises FileError (`member`) where that is not clear."""
    if facts.member:
        found = [item for item in names if fnmatch.fnmatchcase(item, facts.member)]
        found = found or [item for item in names if fnmatch.fnmatchcase(item.rpartition("/")[2], facts.member)]
    else:
        seen = [item for item in names if not item.rpartition("/")[2].startswith((".", "__"))]
        seen = [item for item in seen if not item.startswith("__MACOSX/")]
        found = seen if len(seen) == 1 else [item for item in seen if _fits(item, facts.format)]
    if not found:
        raise FileError("member", f"{name}: holds no file that fits; name one as 'member'")
    return sorted(dict.fromkeys(found))


def _fits(item: str, kind: str) -> bool:
    suffix = item.rpartition(".")[2].lower()
    if kind in ("csv", "fixed", "lines", "tsv"):
        return suffix in _TEXT_SUFFIXES
    return SUFFIXES.get(suffix) == kind if kind else suffix in SUFFIXES
