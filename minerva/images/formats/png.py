"""PNG: walks the chunks to the end and keeps those that hold pixels (W3C PNG, third edition)."""

from __future__ import annotations

import struct
import zlib

from minerva.images.formats.picture import Picture, broken

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND"))
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
"""Color type -> bits of a sample."""


def read(data: bytes) -> Picture:
    """The picture of a PNG file. Raises PictureError."""
    kept, place, kind = [_SIGNATURE], len(_SIGNATURE), b""
    width = height = 0
    while kind != b"IEND":
        if place + 12 > len(data):
            raise broken("PNG", "it ends before its last chunk")
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            raise broken("PNG", "a chunk is longer than the file")
        if (len(kept) == 1) != (kind == b"IHDR"):
            raise broken("PNG", "its header is not its first chunk, or comes twice")
        if kind in _KEPT:
            if zlib.crc32(memoryview(data)[place + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
                raise broken("PNG", "the checksum of a chunk is wrong")
            kept.append(data[place:end])
        if kind == b"IHDR":
            width, height = _size_of(data[place + 8 : end - 4])
        place = end
    if not any(chunk[4:8] == b"IDAT" for chunk in kept[1:]):
        raise broken("PNG", "it holds no pixels")
    return Picture("PNG", width, height, b"".join(kept))


def _size_of(body: bytes) -> tuple[int, int]:
    if len(body) != 13:
        raise broken("PNG", "its header has the wrong length")
    width, height, depth, color, packing, filtering, lacing = struct.unpack(">IIBBBBB", body)
    if depth not in _DEPTHS.get(color, ()) or packing or filtering or lacing > 1:
        raise broken("PNG", "its header names a coding that does not exist")
    return width, height
