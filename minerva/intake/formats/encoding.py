"""Encoding: with which codec the bytes of a file become text."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Scan:
    """The codec and its error handler for a file, and the file's SHA-256 (hex)."""

    codec: str
    errors: str
    digest: str


def scan(handle: BinaryIO, fallbacks: Sequence[str]) -> Scan:
    """Read a file once: UTF-8 if all of it is, else the first fallback that decodes it, else UTF-8 with replacements.

    Single-byte codecs such as mac_roman decode anything, so their order in the facts matters. The handle is rewound.
    """
    start = handle.read(4)
    handle.seek(0)
    first = "utf-16" if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    open_decoders = {name: codecs.getincrementaldecoder(name)() for name in (first, *fallbacks)}
    digest = hashlib.sha256()
    while True:
        block = handle.read(_BLOCK_BYTES)
        digest.update(block)
        for name in list(open_decoders):
            try:
                open_decoders[name].decode(block, not block)
            except UnicodeError:
                del open_decoders[name]
        if not block:
            break
    handle.seek(0)
    for name in (first, *fallbacks):
        if name in open_decoders:
            return Scan(name, "strict", digest.hexdigest())
    return Scan(first, "replace", digest.hexdigest())


def decode_line(raw: bytes, fallbacks: Sequence[str]) -> str:
    """One line as text, by the same order; for files that are read as they grow."""
    for name in ("utf-8", *fallbacks):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")
