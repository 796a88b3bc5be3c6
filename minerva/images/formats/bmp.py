"""BMP: reads the header of Windows bitmaps without compression; others are refused."""

from __future__ import annotations

import struct

from minerva.images.formats.picture import Picture, broken, unsupported

_HEADERS = (40, 52, 56, 108, 124)
_PLAIN, _MASKS = 0, 3


def read(data: bytes) -> Picture:
    """The picture of a BMP file. Raises PictureError."""
    if len(data) < 54:
        raise broken("BMP", "it ends in its header")
    start, header, width, height, planes, depth, packing = struct.unpack_from("<IIiiHHI", data, 10)
    if header not in _HEADERS or planes != 1:
        raise unsupported("BMP", "a header that is not of Windows 3 or later")
    if packing not in (_PLAIN, _MASKS) or (packing == _MASKS and depth not in (16, 32)):
        raise unsupported("BMP", "compression")
    if depth not in (1, 4, 8, 16, 24, 32):
        raise broken("BMP", "its header names a depth that does not exist")
    end = start + (max(width, 0) * depth + 31) // 32 * 4 * abs(height)
    picture = Picture("BMP", width, abs(height), data[:end])
    if start < 14 + header or end > len(data):
        raise broken("BMP", "it ends before its last pixel")
    return picture
