"""Prints how reliable confidences are: of each way of reading what its rule states, what the extractors give, and what
was right.

    .venv/bin/python -m benchmarks.confidence [--least 1]
    .venv/bin/python -m benchmarks.confidence --write

The finds are those of first looks (first_looks.py) at texts that the extractors had not seen. `--write` makes what is
given (minerva/identifiers/data/confidence.json) of every second round; the table judges it by the others, which are
held back. `bound` and `top` are Wilson's interval at 95 %; a way of few finds has a wide one. The expected calibration
error is the mean distance of what is said from what is right, by way and by bins of confidence.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable

from benchmarks.confidence.calibration import (
    GIVEN,
    Judged,
    bin_of,
    error,
    judged,
    loss,
    read_files,
    stated,
    ways_of,
    written,
)
from demo.run import ROOT
from minerva.bands import wilson

WIDTH = 34


def by_way(found: list[Judged], least: int) -> Iterable[str]:
    """Yields a line for each way."""
    given = {each.way: each.given for each in found}
    yield f"{'way':{WIDTH}s}  finds  right  share  bound    top  stated  given"
    for way, (finds, right) in ways_of({each.way: (each.finds, each.right)} for each in found).items():
        if finds >= least:
            low, high = wilson(right, finds)
            yield (
                f"{way:{WIDTH}s} {finds:6,} {right:6,}  {right / finds:.3f}  {low:.3f}  {high:.3f}    {stated(way):.2f}"
                f"   {given[way]:.2f}"
            )


def by_bin(found: list[Judged]) -> Iterable[str]:
    """Yields a line for each bin of what is given."""
    finds, right, said = Counter[str](), Counter[str](), defaultdict[str, float](float)
    for each in found:
        own = bin_of(each.given)
        finds[own] += each.finds
        right[own] += each.right
        said[own] += each.finds * each.given
    yield f"\n{'from':{WIDTH}s}  finds  right  share   said"
    for own in sorted(finds):
        share, mean = right[own] / finds[own], said[own] / finds[own]
        yield f"{own:{WIDTH}s} {finds[own]:6,} {right[own]:6,}  {share:.3f}  {mean:.3f}"


def overall(found: list[Judged]) -> Iterable[str]:
    """Yields the errors of all finds and of each kind: as rules state, and as the extractors give."""
    yield f"\n{'expected calibration error':{WIDTH}s}  finds  stated: way, bin, loss    given: way, bin, loss"
    for kind in ("", *sorted({each.way.partition(" ")[0] for each in found})):
        own = [each for each in found if each.way.startswith(kind)]
        figures = []
        for said in ([each.stated for each in own], [each.given for each in own]):
            rows = [(each.way, each.finds, each.right, sure) for each, sure in zip(own, said, strict=True)]
            figures.append(error(rows))
            figures.append(error([(bin_of(sure), finds, right, sure) for _, finds, right, sure in rows]))
            figures.append(loss([(finds, right, sure) for _, finds, right, sure in rows]))
        told = (
            "  ".join(f"{figure:.3f}" for figure in figures[:3]),
            "  ".join(f"{figure:.3f}" for figure in figures[3:]),
        )
        yield f"{kind or 'all':{WIDTH}s} {sum(each.finds for each in own):6,}  {told[0]:23s}  {told[1]}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--least", type=int, default=1, help="fewest finds of a way that is printed")
    parser.add_argument("--write", action="store_true", help=f"make {GIVEN.relative_to(ROOT)} anew instead")
    options = parser.parse_args()
    files = read_files()
    if options.write:
        GIVEN.write_text(written(files), encoding="utf-8")
        return
    found = judged(files)
    print(f"rounds held back of {len(files)}")
    for part in (by_way(found, options.least), by_bin(found), overall(found)):
        print(*part, sep="\n")


if __name__ == "__main__":
    main()
