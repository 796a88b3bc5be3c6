"""Formats: the five that are decoded, told by their first bytes and read up to their pixels before any decoder runs.

What is handed to the decoder is written anew from the parts that hold pixels, so that no decoder of metadata ever runs.
"""

from __future__ import annotations

from collections.abc import Callable

from minerva.images.errors import PictureError
from minerva.images.formats import bmp, gif, jpeg, png, webp
from minerva.images.formats.picture import MAX_BYTES, Picture

ALLOWED: dict[str, tuple[bytes, Callable[[bytes], Picture]]] = {
    "JPEG": (b"\xff\xd8\xff", jpeg.read),
    "PNG": (b"\x89PNG\r\n\x1a\n", png.read),
    "WebP": (b"RIFF", webp.read),
    "GIF": (b"GIF8", gif.read),
    "BMP": (b"BM", bmp.read),
}
"""Format -> how a file of it begins, and what reads it."""


def read_picture(data: bytes) -> Picture:
    """The picture in these bytes, whatever the file is called. Raises PictureError."""
    if not data:
        raise PictureError("empty", "the file is empty")
    if len(data) > MAX_BYTES:
        raise PictureError("too_many_bytes", f"the file has more than {MAX_BYTES // 2**20} MiB")
    for begins, read in ALLOWED.values():
        if data.startswith(begins):
            return read(data)
    raise PictureError("not_allowed", f"not a picture that is decoded: {', '.join(ALLOWED)} are, by their first bytes")
