"""Confidences of the counts at first looks: of each way of reading the share of right finds, drawn towards what its
rule states where finds are few, and how well they keep what they say in rounds that they were not made of."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log
from pathlib import Path
from typing import NamedTuple

from benchmarks.confidence import FOLDER

COUNTS = FOLDER / "first_looks.json"
PRIOR = 10
"""As how many finds the statement of a rule counts (the weight of a Beta distribution). Rounds left out would be
foretold a little better with 2 (logarithmic loss .095, with 10 .097, with 40 .106), but they hide more than most texts
do: a way that few of them show stays near its rule."""
MOST = 0.99
"""No reading of a text is surer."""
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
Files = Mapping[str, Mapping[str, tuple[int, int]]]
"""File -> way (`phone digits 0.95 labelled`) -> finds, and those that were right."""
Ways = dict[str, tuple[int, int]]


class Judged(NamedTuple):
    """Finds of one way in one file: how many, how many right, what the rule states, and what all other files give."""

    way: str
    finds: int
    right: int
    stated: float
    given: float


def read_files(path: Path = COUNTS) -> Files:
    """Returns the counts of first looks."""
    found: Files = json.loads(path.read_text(encoding="utf-8"))["files"]
    return found


def stated(way: str) -> float:
    """Returns what the rule of a way states."""
    return float(way.split(" ")[2])


def ways_of(files: Iterable[Mapping[str, tuple[int, int]]]) -> Ways:
    """Returns the counts of several files together."""
    finds: defaultdict[str, int] = defaultdict(int)
    right: defaultdict[str, int] = defaultdict(int)
    for own in files:
        for way, (count, good) in own.items():
            finds[way] += count
            right[way] += good
    return {way: (finds[way], right[way]) for way in sorted(finds)}


def confidence(way: str, finds: int, right: int, prior: float = PRIOR) -> float:
    """Returns the confidence in finds of a way."""
    return min(MOST, round((right + prior * stated(way)) / (finds + prior), 2))


def held_back(files: Files, prior: float = PRIOR) -> list[Judged]:
    """Returns the finds of each file beside the confidence that all others give."""
    found = []
    for name, own in files.items():
        others = ways_of(each for other, each in files.items() if other != name)
        for way, (finds, right) in own.items():
            found.append(Judged(way, finds, right, stated(way), confidence(way, *others.get(way, (0, 0)), prior)))
    return found


def error(judged: Iterable[tuple[str, int, int, float]]) -> float:
    """Returns the expected calibration error: the mean distance of what is said from what is right, by groups; a find
    counts once. `judged`: (group, finds, right, said)."""
    finds: defaultdict[str, int] = defaultdict(int)
    apart: defaultdict[str, float] = defaultdict(float)
    for group, count, right, said in judged:
        finds[group] += count
        apart[group] += count * said - right
    return sum(map(abs, apart.values())) / max(1, sum(finds.values()))


def loss(judged: Iterable[tuple[int, int, float]]) -> float:
    """Returns the mean logarithmic loss of (finds, right, said)."""
    total, lost = 0, 0.0
    for finds, right, said in judged:
        total += finds
        lost -= right * log(said) + (finds - right) * log(1 - said)
    return lost / max(1, total)


def bin_of(said: float) -> str:
    """Returns the bin of a confidence."""
    return f"{max(low for low in BINS if low <= said):.2f}"
