"""Text in a decoded picture: PP-OCR's two networks run by OpenCV. One finds where lines are, one reads each.

The method is PaddleOCR's (Differentiable Binarization, Liao et al. 2020; CTC, Graves et al. 2006), with rectangles in
place of polygons.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from minerva.images.ocr_models import CHARACTERS, FINDER, READER

Array = np.ndarray[Any, np.dtype[Any]]
_SHORT, _LONG, _STEP = 736, 1280, 32
"""Sides in pixels between which a picture is brought to be searched, and what both are multiples of."""
_INK, _LEAST_FOUND, _GROWN = 0.3, 0.5, 1.6
_LEAST_SIDE = 3.0
_HIGH, _NARROW, _WIDE = 48, 320, 1600
_UPRIGHT = 1.5
MOST_LINES = 40


class Line(NamedTuple):
    """A line of text, how sure its letters are on average (0 to 1), and its place from the top left in pixels."""

    text: str
    score: float
    top: int
    left: int


class Networks:
    """Both networks and the characters, loaded from a folder once."""

    def __init__(self, folder: Path) -> None:
        import cv2

        self._finder = cv2.dnn.readNetFromONNX(str(folder / FINDER))
        self._reader = cv2.dnn.readNetFromONNX(str(folder / READER))
        listed = (folder / CHARACTERS).read_text(encoding="utf-8").split("\n")
        self._characters = ["", *listed, " "]  # CTC's blank comes first

    def lines(self, pixels: Array) -> list[Line]:
        """The lines of a picture (rows x columns x blue, green, red), from top to bottom."""
        found = []
        for corners in self._boxes(pixels):
            text, score = self._read(_upright(pixels, corners))
            if text.strip():
                top, left = corners.min(axis=0)[::-1]
                found.append(Line(text.strip(), round(score, 3), int(top), int(left)))
        return sorted(found, key=lambda line: (line.top, line.left))

    def _boxes(self, pixels: Array) -> list[Array]:
        import cv2

        height, width = pixels.shape[:2]
        share = max(_SHORT / min(height, width), 1.0)
        share = min(share, _LONG / max(height, width))
        high, wide = (max(_STEP, round(side * share / _STEP) * _STEP) for side in (height, width))
        self._finder.setInput(_as_input(cv2.resize(pixels, (wide, high))))
        chances = self._finder.forward()[0, 0]
        ink = cv2.dilate((chances > _INK).astype(np.uint8), np.ones((2, 2), np.uint8))
        found = []
        outlines = cv2.findContours(ink, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]
        for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:MOST_LINES]:
            middle, (across, down), degrees = cv2.minAreaRect(outline)
            if min(across, down) < _LEAST_SIDE:
                continue
            mask = np.zeros(ink.shape, np.uint8)
            cv2.fillPoly(mask, [outline], (1,))
            if float(chances[mask == 1].mean()) < _LEAST_FOUND:
                continue
            grown = 2 * across * down * _GROWN / (2 * (across + down))
            corners = cv2.boxPoints((middle, (across + grown, down + grown), degrees))
            found.append(corners * np.array([width / wide, height / high], np.float32))
        return found

    def _read(self, line: Array) -> tuple[str, float]:
        import cv2

        height, width = line.shape[:2]
        wide = min(_WIDE, max(8, round(width * _HIGH / height)))
        given = np.zeros((1, 3, _HIGH, max(_NARROW, -(-wide // _STEP) * _STEP)), np.float32)
        given[..., :wide] = _as_input(cv2.resize(line, (wide, _HIGH)))
        self._reader.setInput(given)
        steps = self._reader.forward()[0]
        best, sure = steps.argmax(axis=1), steps.max(axis=1)
        kept = [at for at in range(len(best)) if best[at] and (not at or best[at] != best[at - 1])]
        text = "".join(self._characters[best[at]] for at in kept)
        return text, float(np.mean([sure[at] for at in kept])) if kept else 0.0


def _as_input(pixels: Array) -> Array:
    values: Array = (pixels.astype(np.float32) / 127.5 - 1).transpose(2, 0, 1)[None]
    return values


def _upright(pixels: Array, corners: Array) -> Array:
    """The line in these four corners, lying: one that stands is turned to the left."""
    import cv2

    ordered = corners[np.argsort(corners[:, 0])]
    left, right = (half[np.argsort(half[:, 1])] for half in (ordered[:2], ordered[2:]))
    from_corners = np.array([left[0], right[0], right[1], left[1]], np.float32)
    wide = max(2, round(float(np.linalg.norm(right[0] - left[0]))))
    high = max(2, round(float(np.linalg.norm(left[1] - left[0]))))
    to_corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    turn = cv2.getPerspectiveTransform(from_corners, to_corners)
    line: Array = cv2.warpPerspective(pixels, turn, (wide, high), borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(np.rot90(line)) if high > _UPRIGHT * wide else line
