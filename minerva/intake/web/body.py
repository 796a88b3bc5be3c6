"""Body: the bytes of an answer, read raw and unpacked by our own bounded reader.

Caps: 32 MiB unpacked, 200 times the packed size, one layer of gzip. Media and archives are recognised by type and by
magic bytes within the first 512 bytes, after which the caller closes the socket; nothing of them is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from minerva.intake.errors import BodyError, MediaRefused
from minerva.intake.formats.media import PROBE_BYTES, is_media

MAX_BYTES = 32 * 1024 * 1024
MAX_RATIO = 200
_READ_BYTES = 65536
_RATIO_FLOOR_BYTES = 1024 * 1024

JSON_TYPES = ("application/json", "text/json", "text/plain")


def check_type(content_type: str, allowed: tuple[str, ...]) -> None:
    """Raises MediaRefused unless the Content-Type is in the allow-list or an own JSON type (`application/x+json`)."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind in allowed or (
        "application/json" in allowed and kind.startswith("application/") and kind.endswith("+json")
    ):
        return
    family = kind.partition("/")[0]
    raise MediaRefused(
        "media" if family in ("image", "video", "audio") else "content_type", "the answer's type is not allowed"
    )


def read_body(read: Callable[[int], bytes], encoding: str, *, max_bytes: int = MAX_BYTES) -> bytes:
    """The unpacked body. `read(n)` gives at most n raw bytes, b"" at the end.

    Raises MediaRefused on media magic, BodyError (codes `encoding`, `too_large`, `ratio`, `gzip`) otherwise.
    """
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return _read_plain(read, max_bytes)
    if encoding not in ("gzip", "x-gzip"):
        raise BodyError("encoding", "the answer is packed in another way than one layer of gzip")
    return _read_gzip(read, max_bytes)


def _read_plain(read: Callable[[int], bytes], max_bytes: int) -> bytes:
    start = read(PROBE_BYTES)
    if is_media(start):
        raise MediaRefused("media", "the answer is media or an archive")
    parts, size = [start], len(start)
    while True:
        part = read(_READ_BYTES)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > max_bytes:
            raise BodyError("too_large", f"the answer is larger than {max_bytes} bytes")
        parts.append(part)


def _read_gzip(read: Callable[[int], bytes], max_bytes: int) -> bytes:
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    parts: list[bytes] = []
    packed = size = 0
    request = PROBE_BYTES
    while not unpack.eof:
        raw = unpack.unconsumed_tail
        if not raw:
            raw = read(request)
            if not raw:
                raise BodyError("gzip", "the packed answer ends too early")
            packed += len(raw)
            request = _READ_BYTES
        try:
            part = unpack.decompress(raw, _READ_BYTES)
        except zlib.error:
            raise BodyError("gzip", "the answer is not valid gzip") from None
        if not size and part and is_media(part[:PROBE_BYTES]):
            raise MediaRefused("media", "the answer is media or an archive inside gzip")
        size += len(part)
        if size > max_bytes:
            raise BodyError("too_large", f"the answer is larger than {max_bytes} bytes")
        if size > _RATIO_FLOOR_BYTES and size > packed * MAX_RATIO:
            raise BodyError("ratio", f"the answer grows more than {MAX_RATIO} times when unpacked")
        parts.append(part)
    if unpack.unused_data or read(1):
        raise BodyError("gzip", "bytes follow the packed answer")
    return b"".join(parts)
