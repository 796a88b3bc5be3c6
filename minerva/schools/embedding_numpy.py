"""Embedding of crests: a frozen picture network, run by OpenCV, and two small heads trained on synthetic crests.

One head is for crests as galleries hold them, one for photos of them; both end in the same 256 numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from minerva.images.frames_numpy import trimmed

Array = np.ndarray[Any, np.dtype[Any]]
SIDE = 112
GROUND = 235
_BATCH = 32
_CUTS = (0.0, 0.05, 0.1)
"""What is cut from each side of an analyst's crop; the views' embeddings are averaged."""
_WINDOWS = (0.16, 0.24, 0.36)
"""Sides of the windows that are tried in a photo without a crop, as shares of its longer side."""
_STEP = 0.4
_PLAIN = 9.0
_EMBLEM_SIDE = 96


class Embedder:
    """Loads the models of a folder: backbone.onnx and heads.npz."""

    def __init__(self, folder: Path) -> None:
        import cv2

        self._net = cv2.dnn.readNetFromONNX(str(folder / "backbone.onnx"))
        with np.load(folder / "heads.npz", allow_pickle=False) as heads:
            self._heads = {key: heads[key].astype(np.float32) for key in heads.files if key != "schools"}
        self.size = int(self._heads["gallery_straight.bias"].shape[0])

    def numbers(self, pictures: Sequence[Array]) -> Array:
        """The backbone's 2,368 numbers of each picture."""
        done = []
        for at in range(0, len(pictures), _BATCH):
            self._net.setInput(np.stack([_prepared(each) for each in pictures[at : at + _BATCH]]))
            done.append(self._net.forward().copy())
        return np.concatenate(done)

    def of_gallery(self, numbers: Array) -> Array:
        return self._head("gallery", numbers)

    def of_query(self, numbers: Array) -> Array:
        return self._head("query", numbers)

    def emblem(self, pixels: Array) -> Array:
        """The embedding of a crest as galleries hold it."""
        found: Array = self.of_gallery(self.numbers([pixels]))[0]
        return found

    def crop(self, pixels: Array) -> Array:
        """The embedding of an analyst's crop of a crest: of three views that are cut ever closer."""
        views = []
        for cut in _CUTS:
            height, width = pixels.shape[:2]
            down, across = int(height * cut), int(width * cut)
            views.append(pixels[down : height - down, across : width - across])
        found: Array = self.of_query(self.numbers(views)).mean(0)
        mean: Array = found / np.linalg.norm(found)
        return mean

    def windows(self, pixels: Array) -> Array:
        """The embeddings of all windows of a photo in which something is to be seen; the whole where there is none."""
        return self.of_query(self.numbers(list(windows_of(pixels)) or [pixels]))

    def _head(self, name: str, numbers: Array) -> Array:
        weights = self._heads
        x = (numbers - weights[f"{name}_mean"]) * weights[f"{name}_scale"]
        straight = x @ weights[f"{name}_straight.weight"].T + weights[f"{name}_straight.bias"]
        hidden = np.maximum(x @ weights[f"{name}_bent.0.weight"].T + weights[f"{name}_bent.0.bias"], 0)
        y = straight + hidden @ weights[f"{name}_bent.2.weight"].T + weights[f"{name}_bent.2.bias"]
        found: Array = y / np.maximum(np.linalg.norm(y, axis=1, keepdims=True), 1e-9)
        return found


def on_ground(pixels: Array) -> Array:
    """A crest cut to what is drawn, on gray where it is clear; `pixels` may have an opacity."""
    if pixels.ndim == 3 and pixels.shape[2] == 4:
        cover = pixels[..., 3]
        rows, columns = np.flatnonzero(cover.max(1) > 8), np.flatnonzero(cover.max(0) > 8)
        if len(rows):
            pixels = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        share = pixels[..., 3:].astype(np.float32) / 255
        pixels = (pixels[..., :3] * share + GROUND * (1 - share)).astype(np.uint8)
    top, bottom, left, right = trimmed(pixels)
    return pixels[top:bottom, left:right]


def small(pixels: Array) -> Array:
    """A crest as it is shown beside another."""
    import cv2

    share = _EMBLEM_SIDE / max(pixels.shape[:2])
    wide, high = (max(1, round(side * share)) for side in (pixels.shape[1], pixels.shape[0]))
    return cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA)


def _prepared(pixels: Array) -> Array:
    import cv2

    kind = cv2.INTER_AREA if min(pixels.shape[:2]) > SIDE else cv2.INTER_LINEAR
    square = cv2.resize(np.ascontiguousarray(pixels), (SIDE, SIDE), interpolation=kind)
    scaled: Array = (square[..., ::-1].astype(np.float32) - 127) / 128
    return scaled.transpose(2, 0, 1)


def windows_of(pixels: Array) -> Iterator[Array]:
    """The windows of a photo in which something is to be seen; plain cloth is passed over."""
    import cv2

    height, width = pixels.shape[:2]
    lab = cv2.cvtColor(pixels, cv2.COLOR_BGR2LAB).astype(np.float32)
    for share in _WINDOWS:
        side = max(16, round(max(height, width) * share))
        step = max(1, round(side * _STEP))
        for top in range(0, max(height - side, 0) + 1, step):
            for left in range(0, max(width - side, 0) + 1, step):
                quarter = side // 4
                inner = lab[top + quarter : top + side - quarter, left + quarter : left + side - quarter]
                if float(inner.std((0, 1)).sum()) >= _PLAIN:
                    yield pixels[top : top + side, left : left + side]
