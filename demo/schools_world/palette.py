"""The colors of the world's uniforms, by name, as red, green and blue, and how often garments have them."""

from __future__ import annotations

from typing import Any

import numpy as np

Pixels = np.ndarray[Any, np.dtype[Any]]
COLORS = {
    "navy": (24, 32, 72),
    "royal blue": (28, 62, 158),
    "sky blue": (116, 178, 224),
    "black": (24, 24, 26),
    "white": (244, 244, 242),
    "gold": (204, 162, 48),
    "yellow": (248, 214, 54),
    "maroon": (104, 22, 42),
    "red": (192, 28, 38),
    "bottle green": (12, 68, 48),
    "green": (24, 136, 72),
    "purple": (84, 38, 122),
    "grey": (108, 110, 114),
    "silver": (188, 192, 198),
    "brown": (88, 58, 38),
    "orange": (224, 122, 32),
    "teal": (12, 112, 122),
    "pink": (224, 122, 162),
}
NAMES = tuple(COLORS)
DARK = ("navy", "royal blue", "black", "maroon", "red", "bottle green", "green", "purple", "teal", "brown", "grey")
LIGHT = ("white", "gold", "yellow", "silver", "sky blue", "orange", "pink")
BLAZERS = {
    "navy": 34, "black": 26, "maroon": 8, "bottle green": 8, "royal blue": 8, "grey": 5, "red": 4, "purple": 4,
    "brown": 1, "teal": 2,
}  # fmt: skip
JUMPERS = {
    "navy": 28, "royal blue": 16, "red": 14, "bottle green": 10, "green": 6, "maroon": 8, "purple": 6, "grey": 5,
    "black": 3, "teal": 2, "yellow": 2,
}  # fmt: skip


def bgr(name: str) -> tuple[int, int, int]:
    """A color as OpenCV draws it."""
    red, green, blue = COLORS[name]
    return blue, green, red


def is_dark(color: tuple[int, int, int]) -> bool:
    return sum(color) < 380


def pick(draw: np.random.Generator, weights: dict[str, int]) -> str:
    """One name, drawn by its weight."""
    names = list(weights)
    shares = np.array([weights[name] for name in names], float)
    return names[int(draw.choice(len(names), p=shares / shares.sum()))]


def one(draw: np.random.Generator, names: tuple[str, ...]) -> str:
    return names[int(draw.integers(len(names)))]
