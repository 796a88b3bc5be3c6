"""Colors of cloth: of a garment one color, of a tie the shares of the named ones; and how near two of them are."""

from __future__ import annotations

from typing import Any

import numpy as np

from minerva.schools.shades import NAMES, shades

Array = np.ndarray[Any, np.dtype[Any]]
_SPREAD, _LIGHTNESS = 14.0, 0.35
"""How far a color reaches to a named one, and how much of its lightness counts: light changes most in photos."""
_TIE_SIDE = 64
_CLUSTERS = 4
_FARTHEST = -12.0


def garment_of(pixels: Array) -> Array:
    """The middle color of a patch of cloth, as Lab."""
    middle: Array = np.median(_lab(_small(pixels)).reshape(-1, 3), axis=0)
    return middle


def tie_of(pixels: Array, is_tie: bool) -> Array:
    """The shares of the named colors in a tie; of a photo's cut only the middle, where the tie hangs."""
    import cv2

    if is_tie:
        height, width = pixels.shape[:2]
        inner = pixels[round(height * 0.1) : round(height * 0.8), round(width * 0.36) : max(round(width * 0.64), 1)]
        pixels = inner if inner.size else pixels
    points = _lab(_small(pixels)).reshape(-1, 3).astype(np.float32)
    points[:, 0] *= _LIGHTNESS
    count = min(_CLUSTERS, len(points))
    cv2.setRNGSeed(1)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 0.5)
    _, labels, middles = cv2.kmeans(points, count, np.empty(0), stop, 2, cv2.KMEANS_PP_CENTERS)
    sizes = np.bincount(labels.ravel(), minlength=count) / len(points)
    return shares_of(middles, sizes)


def shares_of(colors: Array, sizes: Array) -> Array:
    """Colors (lightness weighed already) and how much there is of each, as shares of the named colors."""
    named = _named()
    apart = np.linalg.norm(colors[:, None] - named[None], axis=2)
    nearness = np.exp(-((apart / _SPREAD) ** 2)) + 1e-9
    shares = sizes[:, None] * nearness / nearness.sum(1, keepdims=True)
    total = shares.sum(0)
    parts: Array = total / total.sum()
    return parts


def named_shares(names: tuple[str, ...]) -> Array:
    """What a tie of such colors would give: the first is its ground."""
    sizes = np.array([0.55, *[0.45 / max(len(names) - 1, 1)] * (len(names) - 1)])
    return shares_of(np.stack([_named()[NAMES.index(name)] for name in names]), sizes)


def named_garment(name: str) -> Array:
    return np.array(shades()[name])


def garment_likeness(garments: Array, seen: Array) -> Array:
    """0 for the same color down to -12; hue counts most, lightness hardly. Unknown ones (NaN) stay NaN."""
    ours, theirs = np.hypot(garments[:, 1], garments[:, 2]), float(np.hypot(seen[1], seen[2]))
    angle = np.arctan2(garments[:, 2], garments[:, 1]) - np.arctan2(seen[2], seen[1])
    hue = 2 * np.minimum(ours, theirs) * np.abs(np.sin(angle / 2))
    far = (hue / 14) ** 2 + ((ours - theirs) / 28) ** 2 + ((garments[:, 0] - seen[0]) / 70) ** 2
    likeness: Array = np.maximum(-far, _FARTHEST)
    return likeness


def tie_likeness(ties: Array, seen: Array) -> Array:
    """1 for the same shares of colors, 0 for none in common."""
    likeness: Array = np.sqrt(ties) @ np.sqrt(seen)
    return likeness


def _named() -> Array:
    return np.array([(light * _LIGHTNESS, a, b) for light, a, b in shades().values()], np.float32)


def _small(pixels: Array) -> Array:
    import cv2

    share = _TIE_SIDE / max(pixels.shape[:2])
    if share >= 1:
        return pixels
    wide, high = (max(1, round(side * share)) for side in (pixels.shape[1], pixels.shape[0]))
    return cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA)


def _lab(pixels: Array) -> Array:
    import cv2

    lab: Array = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_BGR2LAB).astype(np.float32)
    lab[..., 1:] -= 128
    return lab
