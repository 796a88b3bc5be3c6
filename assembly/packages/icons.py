"""Draws the icons of both packages: three linked nodes on a dark tile (`python -m assembly.packages.icons`).

The PNG files are committed, since zlib versions compress to different bytes and packages are reproducible.
"""

from __future__ import annotations

import math
import struct
import zlib
from pathlib import Path

from assembly.paths import ADDON, APP, ROOT

SIZES = {"appIcon.png": 36, "appIconAlt.png": 36, "appIcon_2x.png": 72, "appIconAlt_2x.png": 72}
COLORS = {APP: (38, 50, 74), ADDON: (45, 74, 58)}
NODES = ((0.28, 0.68, 0.12), (0.72, 0.70, 0.12), (0.52, 0.28, 0.15))
LINKS = ((0, 1), (0, 2), (1, 2))
SAMPLES = 4

Color = tuple[int, int, int]


def draw(size: int, tile: Color) -> bytes:
    """Returns a PNG of `size` x `size` pixels, RGBA, with a transparent margin around the rounded tile."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y, size, tile) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pixel(x: int, y: int, size: int, tile: Color) -> bytes:
    steps = [(index + 0.5) / SAMPLES for index in range(SAMPLES)]
    samples = [_color((x + dx) / size, (y + dy) / size, tile) for dx in steps for dy in steps]
    alpha = sum(sample[3] for sample in samples)
    if not alpha:
        return bytes(4)
    mixed = [round(sum(sample[i] * sample[3] for sample in samples) / alpha) for i in range(3)]
    return bytes([*mixed, round(alpha / len(samples))])


def _color(x: float, y: float, tile: Color) -> tuple[int, int, int, int]:
    for node_x, node_y, radius in NODES:
        if math.hypot(x - node_x, y - node_y) < radius:
            return (255, 255, 255, 255)
    if any(_distance(x, y, NODES[a], NODES[b]) < 0.035 for a, b in LINKS):
        return (200, 208, 224, 255)
    corner_x, corner_y = max(abs(x - 0.5) - 0.3, 0), max(abs(y - 0.5) - 0.3, 0)
    return (*tile, 255) if math.hypot(corner_x, corner_y) < 0.19 else (0, 0, 0, 0)


def _distance(x: float, y: float, start: tuple[float, ...], end: tuple[float, ...]) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = max(0.0, min(1.0, ((x - start[0]) * dx + (y - start[1]) * dy) / (dx * dx + dy * dy)))
    return math.hypot(x - start[0] - along * dx, y - start[1] - along * dy)


def main() -> None:
    """Writes the four icons of each package."""
    for package, tile in COLORS.items():
        folder = ROOT / package / "static"
        folder.mkdir(exist_ok=True)
        for name, size in SIZES.items():
            Path(folder / name).write_bytes(draw(size, tile))


if __name__ == "__main__":
    main()
