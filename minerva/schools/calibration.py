"""Calibration: how much scores count when they become a confidence, by the signals that took part.

data/calibration.tsv is written by `python -m benchmarks.schools --calibrate`, from photos of an invented world that no
figure is made of: real uniforms may need other numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("data") / "calibration.tsv"


def scale_of(signals: Collection[str]) -> float:
    """What a sum of signals is multiplied by; 1 for a mix that was not measured."""
    return _table().get(frozenset(signals), 1.0)


@cache
def _table() -> Mapping[frozenset[str], float]:
    found: dict[frozenset[str], float] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            names, scale, *_ = line.split("\t")
            found[frozenset(names.split("+"))] = float(scale)
    return found
