"""Outlines of a path in SVG's notation, as rings of points: lines, cubic and quadratic curves, arcs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import numpy as np

Points = np.ndarray[Any, np.dtype[np.float64]]
_TOKEN = re.compile(r"[MmLlHhVvCcSsQqTtAaZz]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_STEPS = 8
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_NUMBER = r"[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)"
_ARC = re.compile(_NUMBER * 3 + r"[\s,]*([01])[\s,]*([01])" + _NUMBER * 2)


def outlines(path: str) -> list[Points]:
    """The rings of a path. Raises ValueError where it cannot be read."""
    tokens = _TOKEN.findall(_flags_apart(path))
    rings: list[Points] = []
    ring: list[complex] = []
    at, start, handle, command, place = 0j, 0j, 0j, "", 0
    while place < len(tokens):
        if tokens[place].isalpha():
            command = tokens[place]
            place += 1
        kind = command.upper()
        if kind == "Z":
            at = start
            if len(ring) > 2:
                rings.append(_points(ring))
            ring, command = [], "L" if command == "Z" else "l"
            continue
        count = _COUNT[kind]
        numbers = [float(each) for each in tokens[place : place + count]]
        if len(numbers) < count:
            raise ValueError("the path ends within a command")
        place += count
        base = at if command.islower() else 0j
        if kind == "M":
            if len(ring) > 2:
                rings.append(_points(ring))
            at = start = base + complex(*numbers)
            ring, command = [at], "l" if command == "m" else "L"
            handle = at
            continue
        ring = ring or [at]
        at, handle = _DRAW[kind](ring, at, handle, base, numbers, command)
    if len(ring) > 2:
        rings.append(_points(ring))
    return rings


def _flags_apart(path: str) -> str:
    """The path with the two flags of each arc apart from the number that follows them without a blank."""
    parts = re.split(r"([Aa])", path)
    for number in range(2, len(parts), 2):
        end = re.search(r"[MmLlHhVvCcSsQqTtZz]", parts[number])
        held = parts[number][: end.start()] if end else parts[number]
        parts[number] = _arcs(held) + parts[number][len(held) :]
    return "".join(parts)


def _arcs(text: str) -> str:
    done: list[str] = []
    place = 0
    while text[place:].strip(" ,\n\t"):
        found = _ARC.match(text, place)
        if found is None:
            raise ValueError("an arc cannot be read")
        done += found.groups()
        place = found.end()
    return " " + " ".join(done) + " "


def _points(ring: list[complex]) -> Points:
    return np.array([(each.real, each.imag) for each in ring])


def _line(ring: list[complex], at: complex, handle: complex, base: complex, n: list[float], command: str) -> Any:
    kind = command.upper()
    if kind == "H":
        end = complex(n[0] + base.real, at.imag)
    elif kind == "V":
        end = complex(at.real, n[0] + base.imag)
    else:
        end = base + complex(n[0], n[1])
    ring.append(end)
    return end, end


def _cubic(ring: list[complex], at: complex, handle: complex, base: complex, n: list[float], command: str) -> Any:
    pairs = [base + complex(n[k], n[k + 1]) for k in range(0, len(n), 2)]
    if len(pairs) == 2:
        pairs.insert(0, 2 * at - handle)
    a, b, end = pairs
    for t in np.linspace(0, 1, _STEPS + 1)[1:]:
        ring.append((1 - t) ** 3 * at + 3 * (1 - t) ** 2 * t * a + 3 * (1 - t) * t * t * b + t**3 * end)
    return end, b


def _quadratic(ring: list[complex], at: complex, handle: complex, base: complex, n: list[float], command: str) -> Any:
    pairs = [base + complex(n[k], n[k + 1]) for k in range(0, len(n), 2)]
    if len(pairs) == 1:
        pairs.insert(0, 2 * at - handle)
    a, end = pairs
    for t in np.linspace(0, 1, _STEPS + 1)[1:]:
        ring.append((1 - t) ** 2 * at + 2 * (1 - t) * t * a + t * t * end)
    return end, a


def _arc(ring: list[complex], at: complex, handle: complex, base: complex, n: list[float], command: str) -> Any:
    """SVG's own rule: the ellipse through both points whose part is the long or short one, turned as said."""
    rx, ry, turn, large, sweep = abs(n[0]), abs(n[1]), math.radians(n[2]), n[3] != 0, n[4] != 0
    end = base + complex(n[5], n[6])
    if rx == 0 or ry == 0 or end == at:
        ring.append(end)
        return end, end
    back = complex(math.cos(turn), -math.sin(turn))
    half = (at - end) / 2 * back
    grow = math.sqrt(max(1.0, (half.real / rx) ** 2 + (half.imag / ry) ** 2))
    rx, ry = rx * grow, ry * grow
    unit = complex(half.real / rx, half.imag / ry)
    size = abs(unit)
    away = math.sqrt(max(0.0, 1 / size**2 - 1)) * (1 if large != sweep else -1)
    middle = complex(unit.imag, -unit.real) * away
    first, last = unit - middle, -unit - middle
    angle = math.atan2(first.imag, first.real)
    span = math.atan2(last.imag, last.real) - angle
    if sweep and span < 0:
        span += 2 * math.pi
    if not sweep and span > 0:
        span -= 2 * math.pi
    for step in np.linspace(0, 1, 2 * _STEPS + 1)[1:]:
        a = angle + span * step
        flat = complex(rx * (math.cos(a) + middle.real), ry * (math.sin(a) + middle.imag))
        ring.append(flat / back + (at + end) / 2)
    return end, end


_Draw = Callable[[list[complex], complex, complex, complex, list[float], str], Any]
_DRAW: dict[str, _Draw] = {
    "L": _line, "H": _line, "V": _line, "C": _cubic, "S": _cubic, "Q": _quadratic, "T": _quadratic, "A": _arc,
}  # fmt: skip
