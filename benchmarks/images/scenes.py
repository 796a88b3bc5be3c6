"""Pictures for the benchmarks: those of a folder, filled up with drawn scenes of soft colors, shapes and noise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np

from minerva.images.distance import LEAST_QUALITY
from minerva.images.pdq_numpy import pdq_of

Pixels = np.ndarray[Any, np.dtype[Any]]
_ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}
_LONG_SIDE = 800
_TWIN = 0.9
"""Correlation from which two pictures are one motif, as at day and at night."""


def pictures(folder: Path | None, size: int, seed: int) -> tuple[list[Pixels], int]:
    """So many pictures of at most 800 pixels a side, and how many of them are from the folder."""
    found: list[Pixels] = []
    for path in sorted(folder.rglob("*")) if folder is not None else ():
        if path.suffix.lower() not in _ENDINGS or len(found) == size:
            continue
        read = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if read is None or min(read.shape[:2]) < 300:
            continue
        small = shrunk(read)
        if pdq_of(small).quality >= LEAST_QUALITY and not _is_there(found, small):
            found.append(small)
    draw = np.random.default_rng(seed)
    return found + [scene(draw) for _ in range(size - len(found))], len(found)


def shrunk(pixels: Pixels) -> Pixels:
    share = _LONG_SIDE / max(pixels.shape[:2])
    return cv2.resize(pixels, None, fx=share, fy=share, interpolation=cv2.INTER_AREA) if share < 1 else pixels


def _is_there(found: list[Pixels], pixels: Pixels) -> bool:
    """Whether the same motif is there already, as packages ship one in several sizes."""
    small = _small(pixels)
    return any(float((_small(each) * small).mean()) > _TWIN for each in found)


def _small(pixels: Pixels) -> Pixels:
    """16 x 16 gray points, of mean 0 and deviation 1."""
    gray = cv2.resize(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), (16, 16), interpolation=cv2.INTER_AREA)
    points: Pixels = (gray - gray.mean()) / (gray.std() + 1e-6)
    return points


def scene(draw: np.random.Generator) -> Pixels:
    """A drawn scene: a soft ground, disks, bars and lines over it, a little noise."""
    height, width = int(draw.integers(360, 600)), int(draw.integers(480, 800))
    coarse = draw.integers(0, 256, (int(draw.integers(4, 20)), int(draw.integers(4, 20)), 3), dtype=np.uint8)
    pixels: Pixels = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    for _ in range(int(draw.integers(8, 40))):
        start, end = ((int(draw.integers(width)), int(draw.integers(height))) for _ in range(2))
        color = tuple(int(value) for value in draw.integers(0, 256, 3))
        if draw.random() < 0.4:
            cv2.line(pixels, start, end, color, int(draw.integers(1, 14)))
        elif draw.random() < 0.5:
            cv2.circle(pixels, start, int(draw.integers(5, 120)), color, -1)
        else:
            cv2.rectangle(pixels, start, (start[0] + 90, start[1] + 60), color, -1)
    noisy = pixels + draw.normal(0, 5, pixels.shape)
    return np.clip(noisy, 0, 255).astype(np.uint8)
