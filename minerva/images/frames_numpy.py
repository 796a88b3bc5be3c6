"""Frames and views of a decoded picture: uniform borders trimmed, crops on a grid, small turns.

PDQ alone finds no cropped, framed or tilted copy. Borders are trimmed on both sides of a comparison; crops are stored
with the picture, turns are made of the picture that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
Box = tuple[int, int, int, int]
"""Top, bottom, left, right; bottom and right excluded."""
_SAME_COLOR = 12
_MOST_OF_A_SIDE = 0.7
_LEAST_BORDER, _BLOCK = 3, 16
"""Lines of a border from which its edge may be blurred, and how far: JPEG spreads an edge over a block of 16."""
_BLURRED = 0.35
"""Share of a picture's difference from its border up to which a line still is of the border."""
_GROUND = 0.3
"""Share of what a border frames from which it is of the same ground."""
GRIDS = {
    "none": ((), 0),
    "few": ((0.95, 0.9, 0.8), 3),
    "many": ((0.95, 0.9, 0.85, 0.8), 5),
}
"""Name -> share of each side that a crop keeps, and crops along each side: 27 or 100 crops."""
TURNS = (-6.0, -4.0, -2.0, 2.0, 4.0, 6.0)


def trimmed(pixels: Array) -> Box:
    """The picture without uniform borders; the whole where over 70 % of a side would go."""
    height, width = pixels.shape[:2]
    top, bottom = _trim(pixels)
    if top >= bottom:
        return 0, height, 0, width
    left, right = _trim(pixels[top:bottom].transpose(1, 0, 2))
    if bottom - top < (1 - _MOST_OF_A_SIDE) * height or right - left < (1 - _MOST_OF_A_SIDE) * width:
        return 0, height, 0, width
    return top, bottom, left, right


def _trim(lines: Array) -> tuple[int, int]:
    size = len(lines)
    start = _like_the_outermost(lines)
    return (start, size - _like_the_outermost(lines[::-1])) if start < size else (size, size)


def _like_the_outermost(lines: Array) -> int:
    color = lines[0].mean(axis=0)
    for number, line in enumerate(lines):
        if np.abs(line - color).max() > _SAME_COLOR:
            return _past_the_blur(lines, number, color) if number >= _LEAST_BORDER else number
    return len(lines)


def _past_the_blur(lines: Array, start: int, color: Array) -> int:
    """Where the picture begins within a block of `start`: behind the last line that is nearer to the border's color."""
    differences = [float(np.abs(line - color).mean()) for line in lines[start : start + 2 * _BLOCK]]
    further = sorted(differences[_BLOCK:] or differences)
    inside = further[len(further) // 2]
    blurred = [place for place, each in enumerate(differences[:_BLOCK]) if each < _BLURRED * inside]
    return start + (blurred[-1] + 1 if blurred else 0)


def crops(height: int, width: int, grid: str) -> Iterator[Box]:
    """The crops of a grid, evenly spread over what each leaves."""
    scales, steps = GRIDS[grid]
    for scale in scales:
        high, wide = round(height * scale), round(width * scale)
        for down in range(steps):
            for across in range(steps):
                top = round((height - high) * down / (steps - 1))
                left = round((width - wide) * across / (steps - 1))
                yield top, top + high, left, left + wide


def evenness(bright: Array, box: Box) -> float:
    """The share of a picture that is of one shade, give or take a thirtieth: near 1 for black frames and title cards.

    A border is left out where it is a frame around something else (bars of a letterbox), and counts where what it
    frames is mostly of its shade too (the ground of a title).
    """
    top, bottom, left, right = box
    whole, inner = _shades(bright), _shades(bright[top:bottom, left:right])
    ground = int(whole.argmax())
    return float(whole[ground] if inner[ground] >= _GROUND else inner.max())


def _shades(bright: Array) -> Array:
    """Share of each shade and the next, of 32."""
    import cv2

    small = cv2.resize(bright, (64, 64), interpolation=cv2.INTER_AREA)
    counts = np.bincount((np.clip(small, 0, 255).astype(np.uint8) >> 3).ravel(), minlength=32)
    return (counts[:-1] + counts[1:]) / small.size


def turned(bright: Array, degrees: float) -> Array:
    """A picture's brightness turned about its middle; the outermost pixels fill the corners."""
    import cv2

    height, width = bright.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return cv2.warpAffine(bright, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
