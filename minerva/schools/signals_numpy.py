"""Signals: for each school of a gallery, how well its crest, garment and tie fit what was seen. NaN: not known."""

from __future__ import annotations

from typing import Any

import numpy as np

from minerva.schools import cloth_numpy
from minerva.schools.gallery import SCALE, Gallery

Array = np.ndarray[Any, np.dtype[Any]]
_BLOCK = 8_192
COPIED = 0.6
"""Likeness of two clean emblems from which one is a copy of the other: no crop of 85 photos reached it among 475
schools, and nine in ten copies of crests by other hands do (docs/schools.md)."""


def crest_signal(gallery: Gallery, vectors: Array) -> Array:
    """The likeness of each school's crest to the nearest of the embeddings: 1 at the most."""
    found = np.full(gallery.size, np.nan, np.float32)
    for start in range(0, gallery.size, _BLOCK):
        rows = np.asarray(gallery.vectors[start : start + _BLOCK], np.float32)
        likeness = (rows @ vectors.T).max(1) / SCALE
        found[start : start + _BLOCK] = np.where(rows.any(1), likeness, np.nan)
    return found


def crop_signal(gallery: Gallery, vectors: Array) -> Array:
    """The likeness of each school's crest to a crop, given as a crop of a photo and as a clean emblem. Emblems of one
    hand are alike among themselves, so that as an emblem only a near copy counts."""
    as_crop, as_emblem = crest_signal(gallery, vectors[:1]), crest_signal(gallery, vectors[1:])
    found: Array = np.where(as_emblem >= COPIED, np.maximum(as_crop, as_emblem), as_crop)
    return found


def garment_signal(gallery: Gallery, color: Array) -> Array:
    return cloth_numpy.garment_likeness(np.asarray(gallery.garments), color)


def tie_signal(gallery: Gallery, shares: Array) -> Array:
    ties = np.asarray(gallery.ties)
    likeness: Array = np.where(ties.any(1), cloth_numpy.tie_likeness(ties, shares), np.nan)
    return likeness


def fused(signals: dict[str, Array], weights: dict[str, float], unknown: dict[str, float]) -> Array:
    """The weighed sum of signals; a school of which one is not known gets what that signal says on average."""
    total: Array = np.zeros(len(next(iter(signals.values()))))
    for name, values in signals.items():
        total = total + weights[name] * np.where(np.isnan(values), unknown[name], values)
    return total


def confidences(total: Array) -> Array:
    """How likely each school is the one, if it is in the gallery at all."""
    shares = np.exp(total - total.max())
    likely: Array = shares / shares.sum()
    return likely
