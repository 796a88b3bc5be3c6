"""Charges, the figures on crests, as masks of 128 x 128: a few drawn here, many from an icon set in Iconify's JSON.

Icon sets are fetched when they are wanted and never committed: `npm pack @iconify-json/game-icons` (CC BY 3.0).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from demo.schools_world.palette import Pixels
from demo.schools_world.svg_path import Points, outlines
from demo.schools_world.word_lists import WORDS

SIDE = 128
_DRAWN_SIDE = 256
_MARGIN = 8
_LEAST, _MOST = 0.05, 0.75
_PATH = re.compile(r'<path\b[^>]*?\bd="([^"]+)"')
HERALDIC = WORDS["heraldic"]


@dataclass(frozen=True)
class Charges:
    """Masks (n x 128 x 128, 0 to 255) and the word for each."""

    masks: Pixels
    words: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.words)


def icon_charges(path: Path, words: tuple[str, ...] = HERALDIC, most: int | None = None) -> Charges:
    """Charges of an icon set (`icons.json`): icons whose name has one of the words; all where no word is given."""
    known = set(words)
    icons = json.loads(path.read_text(encoding="utf-8"))["icons"]
    masks, names = [], []
    for name, icon in sorted(icons.items()):
        said = next((part for part in name.split("-") if part in known), None) if known else name.split("-")[0]
        mask = _mask_of(icon["body"]) if said else None
        if mask is not None:
            masks.append(mask)
            names.append(str(said))
        if len(masks) == most:
            break
    return Charges(np.stack(masks), tuple(names))


def _mask_of(body: str) -> Pixels | None:
    if "<circle" in body or "<ellipse" in body or "transform=" in body or "<mask" in body:
        return None
    try:
        rings = [ring for path in _PATH.findall(body) for ring in outlines(path)]
    except (ValueError, IndexError):
        return None
    return _fitted(rings)


def _fitted(rings: list[Points]) -> Pixels | None:
    """The rings, filled by the even-odd rule and fitted into the square; None for nothing and for a block."""
    if not rings:
        return None
    points = np.concatenate(rings)
    low, high = points.min(0), points.max(0)
    size = float((high - low).max())
    if not np.isfinite(size) or size <= 0:
        return None
    scale = (_DRAWN_SIDE - 2 * _MARGIN) / size
    shift = _DRAWN_SIDE / 2 - (low + high) / 2 * scale
    mask = np.zeros((_DRAWN_SIDE, _DRAWN_SIDE), np.uint8)
    cv2.fillPoly(mask, [np.round((ring * scale + shift) * 16).astype(np.int32) for ring in rings], 255, cv2.LINE_AA, 4)
    share = float((mask > 127).mean())
    return cv2.resize(mask, (SIDE, SIDE), interpolation=cv2.INTER_AREA) if _LEAST < share < _MOST else None


def drawn_charges() -> Charges:
    """The charges that are drawn here, so that the world needs no icon set."""
    masks, names = [], []
    for name, draw in _DRAWN.items():
        mask = _fitted([np.asarray(ring, float) for ring in draw()])
        if mask is not None:
            masks.append(mask)
            names.append(name)
    return Charges(np.stack(masks), tuple(names))


Ring = list[tuple[float, float]]


def _star(points: int, inner: float) -> list[Ring]:
    turns = [(math.pi * k / points - math.pi / 2, 1 if k % 2 == 0 else inner) for k in range(2 * points)]
    return [[(r * math.cos(a), r * math.sin(a)) for a, r in turns]]


def _disk(x: float, y: float, r: float, high: float = 1.0) -> Ring:
    return [(x + r * math.cos(a), y + high * r * math.sin(a)) for a in np.linspace(0, 2 * math.pi, 48, endpoint=False)]


def _box(x0: float, y0: float, x1: float, y1: float) -> Ring:
    return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]


def _crescent() -> list[Ring]:
    outer = [(math.cos(a), math.sin(a)) for a in np.linspace(0.6, 2 * math.pi - 0.6, 48)]
    inner = [(0.3 + 0.78 * math.cos(a), 0.78 * math.sin(a)) for a in np.linspace(2 * math.pi - 0.85, 0.85, 48)]
    return [[*outer, *inner]]


def _sun() -> list[Ring]:
    return [*_star(12, 0.62), _disk(0, 0, 0.45), _disk(0, 0, 0.38)]


def _heart() -> list[Ring]:
    around = np.linspace(0, 2 * math.pi, 60, endpoint=False)
    across = [16 * math.sin(a) ** 3 for a in around]
    down = [-(13 * math.cos(a) - 5 * math.cos(2 * a) - 2 * math.cos(3 * a) - math.cos(4 * a)) for a in around]
    return [list(zip(across, down, strict=True))]


def _tower() -> list[Ring]:
    top: Ring = [(-5, 8), (-5, -4), (-6, -4), (-6, -8), (-4, -8), (-4, -6), (-1, -6), (-1, -8), (1, -8), (1, -6)]
    return [[*top, (4, -6), (4, -8), (6, -8), (6, -4), (5, -4), (5, 8)], _box(-1.5, 3, 1.5, 8), _box(-0.7, -3, 0.7, 0)]


def _book() -> list[Ring]:
    left: Ring = [(0, -4), (-4, -6), (-9, -4), (-9, 5), (-4, 3.5), (0, 6)]
    return [[*left, (4, 3.5), (9, 5), (9, -4), (4, -6)], [(-0.4, -3), (0.4, -3), (0.4, 5), (-0.4, 5)]]


def _key() -> list[Ring]:
    bit: Ring = [(-0.8, -2), (0.8, -2), (0.8, 9), (4, 9), (4, 7.5), (2.2, 7.5), (2.2, 6), (4, 6), (4, 4.5), (0.8, 4.5)]
    return [[*bit[:2], *bit[:1:-1], (-0.8, 9)], _disk(0, -5, 3.4), _disk(0, -5, 1.8)]


def _ship() -> list[Ring]:
    return [[(-9, 4), (9, 4), (6, 8), (-6, 8)], [(-0.5, -9), (0.5, -9), (0.5, 4), (-0.5, 4)],
            [(1, -8), (7, 2), (1, 2)], [(-1, -6), (-1, 2), (-6, 2)]]  # fmt: skip


def _tree() -> list[Ring]:
    return [[(0, -10), (5, -3), (3, -3), (7, 3), (1, 3), (1, 8), (-1, 8), (-1, 3), (-7, 3), (-3, -3), (-5, -3)]]


def _leaf() -> list[Ring]:
    side = [(math.sin(a) * 4.5, -8 + 16 * a / math.pi) for a in np.linspace(0, math.pi, 30)]
    return [[*side, *[(-x, y) for x, y in reversed(side)]], [(-0.3, -5), (0.3, -5), (0.3, 8), (-0.3, 8)]]


def _rose() -> list[Ring]:
    petals = [_disk(0.9 * math.cos(a), 0.9 * math.sin(a), 0.62) for a in np.arange(5) * 2 * math.pi / 5 - math.pi / 2]
    return [*petals, _disk(0, 0, 0.35)]


def _flame() -> list[Ring]:
    return [[(0, -10), (3, -4), (5, -6), (7, 1), (5, 7), (0, 10), (-5, 7), (-7, 1), (-4, -3), (-2, 0)],
            [(0, 2), (2.5, 5), (0, 8), (-2.5, 5)]]  # fmt: skip


def _waves() -> list[Ring]:
    xs = np.linspace(-9, 9, 60)
    return [
        [(x, y + math.sin(x)) for x in xs] + [(x, y + 1.6 + math.sin(x)) for x in xs[::-1]] for y in (-5.0, -0.8, 3.4)
    ]


def _anchor() -> list[Ring]:
    arc = [(7 * math.cos(a), 1 + 7 * math.sin(a)) for a in np.linspace(0.1, math.pi - 0.1, 30)]
    back = [(5 * math.cos(a), 1 + 5 * math.sin(a)) for a in np.linspace(math.pi - 0.1, 0.1, 30)]
    return [[*arc, *back], _box(-0.9, -6, 0.9, 6.2), _box(-4, -4.5, -1, -3), _box(1, -4.5, 4, -3), _disk(0, -8, 2),
            _disk(0, -8, 1)]  # fmt: skip


def _bird() -> list[Ring]:
    return [[(-9, -3), (-4, -6), (0, -1), (4, -7), (9, -8), (6, -2), (3, 2), (7, 6), (1, 5), (-4, 3), (-6, -1)]]


def _crown() -> list[Ring]:
    return [[(-8, 5), (-9, -5), (-4, 0), (0, -8), (4, 0), (9, -5), (8, 5)], _box(-8, 6, 8, 8)]


def _bell() -> list[Ring]:
    side: Ring = [(0, -9), (3, -7), (4.5, 0), (5, 4), (8, 7)]
    return [[*side, *[(-x, y) for x, y in reversed(side)]], _disk(0, 8.5, 1.4)]


def _torch() -> list[Ring]:
    return [[(-3, 0), (3, 0), (1, 10), (-1, 10)], [(0, -10), (3, -5), (2, -1), (-2, -1), (-3, -4)]]


def _cross(wide: float) -> Callable[[], list[Ring]]:
    half: Ring = [(-1, -8), (1, -8), (1, -1), (8, -wide), (8, wide), (1, 1), (wide, 8), (-wide, 8)]
    return lambda: [[*half, (-1, 1), (-8, wide), (-8, -wide), (-1, -1)]]


def _arrows() -> list[Ring]:
    return [[(0, -10), (3, -5), (1, -5), (1, 5), (3, 9), (0, 7), (-3, 9), (-1, 5), (-1, -5), (-3, -5)]]


def _diamond() -> list[Ring]:
    return [[(0, -9), (6, 0), (0, 9), (-6, 0)], [(0, -5), (3.2, 0), (0, 5), (-3.2, 0)]]


def _knot() -> list[Ring]:
    return [_disk(-3, 0, 4), _disk(3, 0, 4), _disk(-3, 0, 2.4), _disk(3, 0, 2.4)]


_DRAWN: dict[str, Callable[[], list[Ring]]] = {
    "star": lambda: _star(5, 0.4), "mullet": lambda: _star(6, 0.55), "crescent": _crescent, "sun": _sun,
    "heart": _heart, "tower": _tower, "book": _book, "key": _key, "ship": _ship, "tree": _tree, "leaf": _leaf,
    "rose": _rose, "flame": _flame, "wave": _waves, "anchor": _anchor, "bird": _bird, "crown": _crown, "bell": _bell,
    "torch": _torch, "cross": _cross(1), "cross pattee": _cross(4), "arrow": _arrows, "diamond": _diamond,
    "knot": _knot,
}  # fmt: skip


def joined(many: list[Charges]) -> Charges:
    return Charges(np.concatenate([each.masks for each in many]), tuple(word for each in many for word in each.words))
