"""Pictures drawn by code for the tests of images: whole ones in each format, odd ones, and bad ones."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import cv2
import numpy as np

Pixels = np.ndarray[Any, np.dtype[Any]]
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def scene(height: int = 240, width: int = 320, seed: int = 1) -> Pixels:
    """A scene of soft colors, disks and bars in whole numbers, the same on every machine."""
    place = seed * 7919
    down, across = np.indices((height, width))
    layers = []
    for layer in range(3):
        value = (down * (3 + layer) * 97 // height + across * (5 - layer) * 61 // width + 40 * layer) % 256
        for shape in range(9):
            place = (place * 1103515245 + 12345) % 2**31
            top, left, size = place % height, place // 7 % width, 10 + place // 31 % (height // 3)
            inside = (down - top) ** 2 + (across - left) ** 2 < size**2 if shape % 2 else abs(down - top) * 4 < size
            value = np.where(inside, place // 13 % 256, value)
        layers.append(value)
    return np.stack(layers, axis=-1).astype(np.uint8)


def encoded(ending: str, pixels: Pixels | None = None, *settings: int) -> bytes:
    return bytes(cv2.imencode(ending, scene() if pixels is None else pixels, settings)[1].tobytes())


def animated(ending: str, *frames: Pixels) -> bytes:
    animation = cv2.Animation()
    animation.frames = list(frames)
    animation.durations = [100] * len(frames)
    return bytes(cv2.imencodeanimation(ending, animation)[1].tobytes())


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int, height: int, depth: int = 8, color: int = 0, rows: int | None = None, extra: bytes = b"") -> bytes:
    """A PNG of zeros, packed tightly: few bytes for any size."""
    line = 1 + (width * depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color] + 7) // 8
    packer = zlib.compressobj(9)
    packed = bytearray()
    for _ in range(height if rows is None else rows):
        packed += packer.compress(bytes(line))
    packed += packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, 0)
    return SIGNATURE + chunk(b"IHDR", header) + extra + chunk(b"IDAT", bytes(packed)) + chunk(b"IEND", b"")


def frame_of(jpeg: bytes) -> int:
    """Where the header of the frame begins in a JPEG that OpenCV wrote."""
    return next(at for code in (0xC0, 0xC2) if (at := jpeg.find(bytes((0xFF, code)))) >= 0)


def jpeg_with(at: int, *values: int, code: int = 0xC0) -> bytes:
    """A JPEG with bytes of its frame's header changed: 4 is the depth, 5 and 7 the sides, 9 the number of colors."""
    data = bytearray(encoded(".jpg"))
    start = frame_of(bytes(data))
    data[start + 1] = code
    data[start + at : start + at + len(values)] = bytes(values)
    return bytes(data)


def with_exif_orientation(jpeg: bytes, orientation: int) -> bytes:
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def many_scans(jpeg: bytes, times: int) -> bytes:
    start = jpeg.find(b"\xff\xda")
    return jpeg[:start] + jpeg[start:-2] * times + jpeg[-2:]


def bad_pictures() -> dict[str, tuple[bytes, str]]:
    """Kind -> bytes and the code of the refusal."""
    jpeg, whole, gif, bmp = (encoded(ending) for ending in (".jpg", ".png", ".gif", ".bmp"))
    webp = encoded(".webp", None, cv2.IMWRITE_WEBP_QUALITY, 80)
    broken_sum = bytearray(whole)
    broken_sum[-20] ^= 1
    garbage = chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)) + chunk(b"IDAT", b"no zlib stream")
    return {
        "empty file": (b"", "empty"),
        "text called .jpg": (b"Not a picture at all\n" * 20, "not_allowed"),
        "page called .png": (b"<!doctype html><img src=x>", "not_allowed"),
        "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_allowed"),
        "PDF with a JPEG inside": (b"%PDF-1.7\n" + jpeg, "not_allowed"),
        "ZIP with a JPEG inside": (b"PK\x03\x04" + jpeg, "not_allowed"),
        "program with a PNG behind it": (b"\x7fELF" + whole, "not_allowed"),
        "TIFF": (b"II*\0" + bytes(400), "not_allowed"),
        "FITS": (b"SIMPLE  =                    T" + bytes(400), "not_allowed"),
        "Photoshop": (b"8BPS\0\1" + bytes(400), "not_allowed"),
        "icon": (b"\0\0\1\0\1\0" + bytes(400), "not_allowed"),
        "AVIF": (b"\0\0\0\x1cftypavif" + bytes(400), "not_allowed"),
        "JPEG 2000": (b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(400), "not_allowed"),
        "sound in RIFF": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "broken"),
        "more than 20 MiB": (jpeg + bytes(20 * 2**20), "too_many_bytes"),
        "1 x 1": (png(1, 1), "too_small"),
        "4 x 400": (png(4, 400), "too_small"),
        "no width": (png(0, 40), "broken"),
        "900 megapixel bomb": (png(30_000, 30_000, depth=1), "too_large"),
        "100 megapixel": (png(10_000, 10_000), "too_large"),
        "100,000 x 5": (png(100_000, 5), "too_large"),
        "JPEG that claims 60,000 x 60,000": (jpeg_with(5, 0xEA, 0x60, 0xEA, 0x60), "too_large"),
        "WebP that claims 16,383 x 16,383": (webp_of_size(webp, 0x3FFF, 0x3FFF), "too_large"),
        "GIF that claims 65,535 x 65,535": (gif[:6] + b"\xff\xff\xff\xff" + gif[10:], "too_large"),
        "BMP that claims 50,000 x 50,000": (bmp[:18] + struct.pack("<ii", 50_000, 50_000) + bmp[26:], "too_large"),
        "truncated JPEG": (jpeg[: len(jpeg) // 2], "broken"),
        "JPEG of a header alone": (jpeg[:20], "broken"),
        "truncated PNG": (whole[: len(whole) // 2], "broken"),
        "truncated GIF": (gif[: len(gif) // 2], "broken"),
        "truncated WebP": (webp[: len(webp) // 2], "broken"),
        "truncated BMP": (bmp[: len(bmp) // 2], "broken"),
        "CMYK JPEG": (jpeg_with(9, 4), "unsupported"),
        "12-bit JPEG": (jpeg_with(4, 12), "unsupported"),
        "lossless JPEG": (jpeg_with(4, 8, code=0xC3), "unsupported"),
        "arithmetic JPEG": (jpeg_with(4, 8, code=0xC9), "unsupported"),
        "JPEG of 300 scans": (many_scans(jpeg, 300), "unsupported"),
        "JPEG without pixels": (jpeg[: jpeg.find(b"\xff\xda")] + b"\xff\xd9", "broken"),
        "PNG with a wrong checksum": (bytes(broken_sum), "broken"),
        "PNG whose pixels are garbage": (SIGNATURE + garbage + chunk(b"IEND", b""), "undecodable"),
        "PNG with half of its rows": (png(64, 64, rows=20), "undecodable"),
        "PNG without pixels": (whole[:33] + chunk(b"IEND", b""), "broken"),
        "PNG of a depth that does not exist": (png(64, 64, depth=3), "broken"),
        "GIF without a frame": (gif[:13] + b";", "broken"),
        "GIF whose frame leaves the screen": (gif[:6] + b"\x20\0\x20\0" + gif[10:], "broken"),
        "packed BMP": (bmp[:30] + b"\1" + bmp[31:], "unsupported"),
        "BMP of OS/2": (bmp[:14] + b"\x0c" + bmp[15:], "unsupported"),
    }  # fmt: skip


def webp_of_size(webp: bytes, width: int, height: int) -> bytes:
    place = webp.find(b"\x9d\x01\x2a") + 3
    return webp[:place] + struct.pack("<HH", width, height) + webp[place + 4 :]
