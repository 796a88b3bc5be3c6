"""GIF: keeps the screen, the palette and the first frame (GIF89a specification)."""

from __future__ import annotations

import struct

from minerva.images.formats.picture import Picture, broken

_EXTENSION, _FRAME, _END = 0x21, 0x2C, 0x3B


def read(data: bytes) -> Picture:
    """The first frame of a GIF file. Raises PictureError."""
    if len(data) < 13 or data[:6] not in (b"GIF87a", b"GIF89a"):
        raise broken("GIF", "its header is wrong or too short")
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    place = 13 + _palette_bytes(flags)
    header = data[:place]
    while True:
        if place >= len(data) or data[place] == _END:
            raise broken("GIF", "it holds no frame")
        if data[place] == _FRAME:
            break
        if data[place] != _EXTENSION:
            raise broken("GIF", "a block of unknown kind")
        place = _behind_blocks(data, place + 2)
    if place + 11 > len(data):
        raise broken("GIF", "it ends in the header of its first frame")
    left, top, wide, high, frame_flags = struct.unpack_from("<HHHHB", data, place + 1)
    if left + wide > width or top + high > height:
        raise broken("GIF", "its first frame is larger than its screen")
    end = _behind_blocks(data, place + 11 + _palette_bytes(frame_flags))
    return Picture("GIF", width, height, header + data[place:end] + bytes((_END,)))


def _palette_bytes(flags: int) -> int:
    return 3 * (2 << (flags & 7)) if flags & 0x80 else 0


def _behind_blocks(data: bytes, place: int) -> int:
    """The place behind a chain of sub-blocks, each led by its length, which a block of length 0 ends."""
    while place < len(data):
        length = data[place]
        place += 1 + length
        if not length:
            return place
    raise broken("GIF", "it ends within a block")
