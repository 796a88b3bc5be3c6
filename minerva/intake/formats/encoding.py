"""Encoding: with which codec the bytes of a file become text."""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from minerva.intake.errors import FileError
from minerva.intake.rows import ReadCounts

_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Scan:
    """The codec and its error handler for a file, and the file's SHA-256 (hex)."""

    codec: str
    errors: str
    digest: str


def scan(handle: BinaryIO, fallbacks: Sequence[str]) -> Scan:
    """Read a stream once: UTF-8 if all of it is, else the first fallback that decodes it, else UTF-8 with replacements.

    Single-byte codecs such as mac_roman decode anything, so their order in the facts matters. What cannot be unpacked
    to its end is judged by what comes before. Raises FileError for a codec that does not exist.
    """
    digest = hashlib.sha256()
    open_decoders: dict[str, codecs.IncrementalDecoder] = {}
    first = ""
    read = getattr(handle, "read1", handle.read)  # what comes before a break is not lost with it
    while True:
        try:
            block = read(_BLOCK_BYTES)
        except FileError:
            break
        if not first:
            first = "utf-16" if block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
            open_decoders = {name: _decoder(name) for name in (first, *fallbacks)}
        digest.update(block)
        for name in list(open_decoders):
            try:
                open_decoders[name].decode(block, not block)
            except UnicodeError:
                del open_decoders[name]
        if not block:
            break
    for name in (first, *fallbacks):
        if name in open_decoders:
            return Scan(name, "strict", digest.hexdigest())
    return Scan(first or "utf-8-sig", "replace", digest.hexdigest())


def _decoder(name: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(name)()
    except LookupError:
        raise FileError("encoding", f"the facts name an encoding that does not exist: {name!r}") from None


def decode_line(raw: bytes, fallbacks: Sequence[str]) -> str:
    """One line as text, by the same order; for files that are read as they grow."""
    for name in ("utf-8", *fallbacks):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


class CountedText:
    """A stream of bytes as text, its line ends kept; what cannot be decoded is counted as it is read."""

    def __init__(self, handle: BinaryIO, found: Scan, met: ReadCounts) -> None:
        self._text = io.TextIOWrapper(handle, encoding=found.codec, errors=found.errors, newline="")
        self._met = met
        if found.errors == "replace":
            met.add("undecodable_files")

    def readline(self, size: int, /) -> str:
        """The next line, at most `size` characters of it."""
        return self._counted(self._text.readline(size))

    def read(self, size: int, /) -> str:
        """The next characters, "" at the end."""
        return self._counted(self._text.read(size))

    def detach(self) -> None:
        """Let go of the stream, which would be closed with this text."""
        self._text.detach()

    def _counted(self, text: str) -> str:
        if "\ufffd" in text:
            self._met.add("undecodable", text.count("\ufffd"))
        return text
