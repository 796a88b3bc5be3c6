"""Confidences of the counts at first looks: of each way of reading the share of right finds in one half of the rounds,
drawn towards its method and what its rule states where finds are few; and how well the other half keeps them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import log
from pathlib import Path
from typing import NamedTuple

from benchmarks.confidence import FOLDER
from demo.run import ROOT
from minerva.identifiers import sureness
from minerva.identifiers.sureness import MOST

COUNTS = FOLDER / "first_looks.json"
GIVEN = ROOT / "minerva" / "identifiers" / "data" / "confidence.json"
PRIOR = 10
"""As how many finds the statement of a rule counts beside those of its method, and these beside those of the way (the
weight of a Beta distribution). The half held back would be foretold as well with 5 and a little better with 2
(logarithmic loss .097, with 10 .099), but rounds hide more than most texts do: a way that few of them show stays near
its rule."""
BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)
SOURCE = (
    "Confidence that is given with a find of each way (kind, method, what the rule states and, of some phones, whether "
    "a word announces one), made of `finds` and those of them that were `right` at the first look at every second "
    "round of labelled texts (benchmarks/confidence/first_looks.json), drawn towards the share of all ways of the "
    "method, and this towards what the rule states, each as {prior} finds. The other rounds are held back. Written by "
    "`python -m benchmarks.confidence --write`."
)
Files = Mapping[str, Mapping[str, tuple[int, int]]]
"""File -> way (`phone digits 0.95 labelled`) -> finds, and those that were right."""
Ways = dict[str, tuple[int, int]]


class Judged(NamedTuple):
    """Finds of one way in one file: how many, how many right, what the rule states, and what is given."""

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


def halves(files: Files) -> tuple[Files, Files]:
    """Returns the rounds that confidences are made of, and those that are held back: every second one by name."""
    names = sorted(files)
    made_of, held_back = ({name: files[name] for name in names[first::2]} for first in (0, 1))
    return made_of, held_back


def ways_of(files: Iterable[Mapping[str, tuple[int, int]]]) -> Ways:
    """Returns the counts of several files together."""
    finds: defaultdict[str, int] = defaultdict(int)
    right: defaultdict[str, int] = defaultdict(int)
    for own in files:
        for way, (count, good) in own.items():
            finds[way] += count
            right[way] += good
    return {way: (finds[way], right[way]) for way in sorted(finds)}


def _drawn(share: float, finds: int, right: int) -> float:
    """Returns the share of right finds, drawn towards another one."""
    return (right + PRIOR * share) / (finds + PRIOR)


def made(files: Files) -> dict[str, float]:
    """Returns the confidence in each way that any round shows, of one half of the rounds: the names alone are known of
    ways that only the other half shows, whose method or rule speaks for them."""
    counts = ways_of(halves(files)[0].values())
    methods: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for way in counts:
        methods[_method(way)].append(way)
    found = {}
    for way in ways_of(files.values()):
        others = [counts[other] for other in methods[_method(way)] if other != way]
        share = _drawn(stated(way), sum(finds for finds, _ in others), sum(right for _, right in others))
        found[way] = min(MOST, round(_drawn(share, *counts.get(way, (0, 0))), 2))
    return found


def _method(way: str) -> tuple[str, ...]:
    kind, method, _, *mark = way.split(" ")
    return kind, method, *mark


def written(files: Files) -> str:
    """Returns the text of GIVEN."""
    counts = ways_of(halves(files)[0].values())
    lines = []
    for way, sure in made(files).items():
        finds, right = counts.get(way, (0, 0))
        lines.append(f"  {json.dumps(way)}: {json.dumps({'given': sure, 'finds': finds, 'right': right})}")
    head = f'{{\n "_source": {json.dumps(SOURCE.format(prior=PRIOR))},\n "version": 1,\n "ways": {{\n'
    return head + ",\n".join(lines) + "\n }\n}\n"


def judged(files: Files) -> list[Judged]:
    """Returns the finds of each round that was held back beside the confidence that the extractors give."""
    return [
        Judged(way, finds, right, stated(way), sureness.of_way(way))
        for own in halves(files)[1].values()
        for way, (finds, right) in own.items()
    ]


def error(given: Iterable[tuple[str, int, int, float]]) -> float:
    """Returns the expected calibration error: the mean distance of what is said from what is right, by groups; a find
    counts once. `given`: (group, finds, right, said)."""
    finds: defaultdict[str, int] = defaultdict(int)
    apart: defaultdict[str, float] = defaultdict(float)
    for group, count, right, said in given:
        finds[group] += count
        apart[group] += count * said - right
    return sum(map(abs, apart.values())) / max(1, sum(finds.values()))


def loss(given: Iterable[tuple[int, int, float]]) -> float:
    """Returns the mean logarithmic loss of (finds, right, said)."""
    total, lost = 0, 0.0
    for finds, right, said in given:
        total += finds
        lost -= right * log(said) + (finds - right) * log(1 - said)
    return lost / max(1, total)


def bin_of(said: float) -> str:
    """Returns the bin of a confidence."""
    return f"{max(low for low in BINS if low <= said):.2f}"


def figures() -> dict[str, int | float]:
    """Returns how reliable the confidences of the extractors are in the rounds held back."""
    found = judged(read_files())
    by_way = {
        name: error((each.way, each.finds, each.right, said) for each, said in zip(found, given, strict=True))
        for name, given in (("stated", [each.stated for each in found]), ("given", [each.given for each in found]))
    }
    by_bin = error((bin_of(each.given), each.finds, each.right, each.given) for each in found)
    return {"finds": sum(each.finds for each in found), **by_way, "by_bin": by_bin}
