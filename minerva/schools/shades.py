"""What the named colors of uniforms look like (an estimate), in Lab: lightness, green to red, blue to yellow."""

from __future__ import annotations

from functools import lru_cache

from minerva.schools.word_tables import meanings_of

Lab = tuple[float, float, float]
_SHADES = {
    "navy": (27, 34, 66),
    "royal": (32, 65, 150),
    "sky": (125, 175, 215),
    "blue": (40, 80, 165),
    "black": (26, 26, 28),
    "white": (240, 240, 238),
    "gold": (200, 158, 60),
    "yellow": (242, 208, 66),
    "maroon": (98, 26, 44),
    "red": (185, 32, 42),
    "bottle": (18, 64, 48),
    "emerald": (30, 130, 80),
    "green": (28, 100, 60),
    "purple": (80, 44, 116),
    "grey": (112, 114, 118),
    "silver": (186, 190, 195),
    "brown": (90, 62, 44),
    "orange": (222, 122, 40),
    "teal": (18, 108, 118),
    "pink": (222, 130, 165),
}
NAMES = tuple(_SHADES)


@lru_cache(maxsize=1)
def shades() -> dict[str, Lab]:
    """Name -> color."""
    return {name: lab_of(*rgb) for name, rgb in _SHADES.items()}


def named_in(text: str) -> tuple[str, ...]:
    """The colors that a text names, of those that are known here, in its order."""
    return tuple(meaning.value for meaning in meanings_of(text, "color") if meaning.value in _SHADES)


def lab_of(red: float, green: float, blue: float) -> Lab:
    """A color of 0 to 255 in 8-bit Lab without the offset of 128 (CIE 1976, D65, sRGB)."""
    r, g, b = (_linear(each / 255) for each in (red, green, blue))
    x = _root((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
    y = _root(0.2126 * r + 0.7152 * g + 0.0722 * b)
    z = _root((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
    return (116 * y - 16) * 2.55, 500 * (x - y), 200 * (y - z)


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)


def _root(value: float) -> float:
    return float(value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116)
