"""PDQ with numpy: 256 bits, quality and the hashes of the eight mirrored and turned forms, from one decoded picture.

PDQ is Meta's published photo hash (ThreatExchange, pdq/README). Up to the median all of it is linear: two
matrix products take the place of the filter's passes, and the eight forms follow from one transform by signs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
SIDE = 64
_STRIP = 128
"""Rows of a picture that are turned into brightness at once, so that no second copy of a large one is held."""
_WEIGHTS = (np.float32(0.114), np.float32(0.587), np.float32(0.299))
"""Of blue, green and red."""
_WAVES = np.sqrt(2.0 / SIDE) * np.cos(
    (np.pi / (2 * SIDE)) * np.arange(1, 17)[:, None] * (2 * np.arange(SIDE) + 1)[None, :]
)
_ROWS, _COLUMNS = np.indices((16, 16))
_EVEN_COLUMNS = np.where(_COLUMNS % 2 == 0, -1.0, 1.0)
_EVEN_ROWS = np.where(_ROWS % 2 == 0, -1.0, 1.0)
_ODD_SUMS = np.where((_ROWS + _COLUMNS) % 2 == 1, -1.0, 1.0)


class Pdq(NamedTuple):
    """A hash in 64 hexadecimal digits, its quality (0 to 100), and the hashes of the picture's eight forms.

    The forms in their order: as it is, turned by 90, 180 and 270 degrees, mirrored upside down and left to right,
    and along either diagonal.
    """

    pdq: str
    quality: int
    dihedral: list[str]


def pdq_of(pixels: Array) -> Pdq:
    """PDQ of a picture: rows x columns x (blue, green, red) in 8 bits, or rows x columns of brightness."""
    reduced = _reduced(pixels)
    waves = _WAVES @ reduced.astype(np.float64) @ _WAVES.T
    forms = [
        waves,
        (waves * _EVEN_COLUMNS).T,
        waves * _ODD_SUMS,
        (waves * _EVEN_ROWS).T,
        waves * _EVEN_ROWS,
        waves * _EVEN_COLUMNS,
        waves.T,
        (waves * _ODD_SUMS).T,
    ]
    hashes = [_hash_of(form) for form in forms]
    return Pdq(hashes[0], _quality_of(reduced), hashes)


def brightness(pixels: Array) -> Array:
    """Brightness of rows x columns x (blue, green, red), in 32-bit floating point."""
    bright: Array = pixels[..., 2] * _WEIGHTS[2]
    bright += pixels[..., 1] * _WEIGHTS[1]
    bright += pixels[..., 0] * _WEIGHTS[0]
    return bright


def _reduced(pixels: Array) -> Array:
    """The picture in 64 x 64 points of brightness, each an average over its surroundings."""
    height, width = pixels.shape[:2]
    down = _reducer(height)
    across = np.zeros((SIDE, width), np.float32)
    for top in range(0, height, _STRIP):
        strip = pixels[top : top + _STRIP]
        part = down[:, top : top + _STRIP]
        rows = np.flatnonzero(part.any(1))
        if rows.size:
            first, last = rows[0], rows[-1] + 1
            across[first:last] += part[first:last] @ (brightness(strip) if strip.ndim == 3 else strip)
    reduced: Array = across @ _reducer(width).T
    return reduced


@lru_cache(maxsize=64)
def _reducer(size: int) -> Array:
    """The 64 rows of a box filter applied twice that PDQ samples from a side of so many pixels."""
    if size == SIDE:
        return np.eye(SIDE, dtype=np.float32)
    window = (size + 2 * SIDE - 1) // (2 * SIDE)
    half = (window + 2) // 2
    sampled = ((np.arange(SIDE) + 0.5) * size / SIDE).astype(int)
    place = np.arange(size)
    first, last = _box_of(sampled, size, window, half)
    inner_first, inner_last = _box_of(place, size, window, half)
    steps = np.zeros((SIDE, size + 1))
    for row in range(SIDE):
        for middle in range(first[row], last[row] + 1):
            share = 1.0 / ((last[row] - first[row] + 1) * (inner_last[middle] - inner_first[middle] + 1))
            steps[row, inner_first[middle]] += share
            steps[row, inner_last[middle] + 1] -= share
    return np.ascontiguousarray(np.cumsum(steps, axis=1)[:, :size].astype(np.float32))


def _box_of(place: Array, size: int, window: int, half: int) -> tuple[Array, Array]:
    return np.maximum(0, place - (window - half)), np.minimum(size - 1, place + half - 1)


def _quality_of(reduced: Array) -> int:
    steps = [np.trunc(step * 100 / 255) for step in (reduced[:-1] - reduced[1:], reduced[:, :-1] - reduced[:, 1:])]
    return min(100, int(sum(np.abs(step).sum() for step in steps)) // 90)


def _hash_of(waves: Array) -> str:
    values = waves.ravel()
    threshold = np.partition(values, 127)[127]
    return np.packbits((values > threshold)[::-1]).tobytes().hex()
