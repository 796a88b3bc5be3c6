"""WebP: finds the first bitstream, of a still picture or of the first frame, and writes it alone into a file anew
(RFC 9649)."""

from __future__ import annotations

import struct

from minerva.images.formats.picture import Picture, broken


def read(data: bytes) -> Picture:
    """The first picture of a WebP file. Raises PictureError."""
    if len(data) < 12 or data[8:12] != b"WEBP":
        raise broken("WebP", "another kind of RIFF file, or one that ends in its header")
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    if end > len(data):
        raise broken("WebP", "it ends before the length that its header gives")
    kind, body = _first_picture(data, 12, end)
    width, height = (_lossy_size if kind == b"VP8 " else _lossless_size)(body)
    chunk = kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
    return Picture("WebP", width, height, b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk)


def _first_picture(data: bytes, place: int, end: int) -> tuple[bytes, bytes]:
    while place + 8 <= end:
        kind, length = struct.unpack_from("<4sI", data, place)
        start = place + 8
        if start + length > end:
            raise broken("WebP", "a chunk is longer than the file")
        if kind in (b"VP8 ", b"VP8L"):
            return kind, data[start : start + length]
        if kind == b"ANMF":
            return _first_picture(data, start + 16, start + length)
        place = start + length + length % 2
    raise broken("WebP", "it holds no pixels")


def _lossy_size(body: bytes) -> tuple[int, int]:
    if len(body) < 10 or body[0] & 1 or body[3:6] != b"\x9d\x01\x2a":
        raise broken("WebP", "it does not begin with a key frame")
    width, height = struct.unpack_from("<HH", body, 6)
    return width & 0x3FFF, height & 0x3FFF


def _lossless_size(body: bytes) -> tuple[int, int]:
    if len(body) < 5 or body[0] != 0x2F:
        raise broken("WebP", "its lossless header is wrong")
    bits = struct.unpack_from("<I", body, 1)[0]
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
