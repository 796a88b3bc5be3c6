"""JPEG: walks the segments to the end marker and keeps those that hold pixels (ITU-T T.81, Annex B)."""

from __future__ import annotations

import re
import struct

from minerva.images.formats.picture import Picture, broken, unsupported

_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
_SOI, _EOI, _SOS, _DHT, _DQT, _DRI, _APP0, _APP14 = 0xD8, 0xD9, 0xDA, 0xC4, 0xDB, 0xDD, 0xE0, 0xEE
_FRAMES = {0xC0: "baseline", 0xC1: "extended", 0xC2: "progressive"}
_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_KEPT = frozenset((_SOS, _DHT, _DQT, _DRI, *_FRAMES))
_MOST_SCANS = 64
"""Encoders write about ten; each costs a pass over the whole picture."""


def read(data: bytes) -> Picture:
    """The first picture of a JPEG file. Raises PictureError."""
    kept = [b"\xff\xd8"]
    size, scans, place = (0, 0), 0, 2
    while True:
        marker = _MARKER.search(data, place)
        if marker is None:
            raise broken("JPEG", "it ends before its end marker")
        code, start = marker[1][0], marker.end()
        if scans:
            kept.append(data[place : marker.start()])
        if code == _EOI:
            break
        if code in (_SOI, 0x01):
            place = start
            continue
        if start + 2 > len(data):
            raise broken("JPEG", "it ends before its end marker")
        length = struct.unpack_from(">H", data, start)[0]
        body = data[start + 2 : start + length]
        if length < 2 or start + length > len(data):
            raise broken("JPEG", "a segment is longer than the file")
        if code in _OTHER_FRAMES:
            raise unsupported("JPEG", "lossless, hierarchical or arithmetic coding")
        if code in _FRAMES:
            size = _size_of(body, size)
        if code == _SOS:
            scans += 1
            if scans > _MOST_SCANS:
                raise unsupported("JPEG", f"more than {_MOST_SCANS} scans")
            if size == (0, 0):
                raise broken("JPEG", "pixels come before the header of the frame")
        if _holds_pixels(code, body):
            kept.append(b"\xff" + bytes((code,)) + data[start : start + length])
        place = start + length
    if not scans:
        raise broken("JPEG", "it holds no pixels")
    return Picture("JPEG", *size, b"".join((*kept, b"\xff\xd9")))


def _size_of(body: bytes, earlier: tuple[int, int]) -> tuple[int, int]:
    if earlier != (0, 0):
        raise broken("JPEG", "it has two headers of a frame")
    if len(body) < 6:
        raise broken("JPEG", "the header of the frame is too short")
    depth, height, width, parts = struct.unpack_from(">BHHB", body)
    if depth != 8:
        raise unsupported("JPEG", f"{depth} bits a color")
    if parts not in (1, 3):
        raise unsupported("JPEG", f"{parts} colors, as in CMYK for printing")
    return width, height


def _holds_pixels(code: int, body: bytes) -> bool:
    """True for a segment without which pixels come out otherwise; Adobe's says how colors are to be read."""
    if code == _APP0:
        return body.startswith(b"JFIF\x00") and len(body) == 14
    return code in _KEPT or (code == _APP14 and body.startswith(b"Adobe") and len(body) == 12)
