"""How often finds are right beside the confidence that they state: by kind and way of reading, on labelled texts.

    .venv/bin/python -m benchmarks.reliability [--half 1] [--every 1] [--least 20]

The texts are those of benchmarks/cases/*_ads*.jsonl and the decoys of benign.jsonl, and ads of the demo world. They are
split by halves, text by text: a confidence may be set by one half (0) and is judged by the other (1, the default). What
is small: most ways have fewer than a hundred finds, and the extractors were made with most of these texts in sight, so
that all shares are upper bounds of what unknown texts give. `bound` is the lower end of Wilson's interval at 95 %.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from benchmarks.identifiers import world_ads
from benchmarks.unseen_texts import CASES, KEYS, OTHERS, rows, told
from minerva.bands import wilson
from minerva.identifiers import extract_each

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
WORLD_ADS, SEED = 400, 7


class Seen(NamedTuple):
    """A find: `kind.way`, the confidence that it states and whether it is right."""

    way: str
    confidence: float
    is_right: bool


class Line(NamedTuple):
    """Finds of one label: how many, the mean of what they state, how many are right."""

    finds: int
    stated: float
    right: int

    @property
    def share(self) -> float:
        return self.right / self.finds

    @property
    def bound(self) -> float:
        return wilson(self.right, self.finds)[0]


def cases(half: int, every: int) -> list[dict[str, Any]]:
    """Returns one of two halves of the labelled texts, or each `every`th of its texts."""
    names = [*sorted(path.stem for path in CASES.glob("*_ads*.jsonl")), "benign"]
    found = [row for name in names for row in rows(name)]
    found += [
        {"text": case.text, "region": case.region, "phones": sorted(case.phones), "emails": sorted(case.emails)}
        for case in world_ads(WORLD_ADS, SEED, 0.5)
    ]
    return found[half :: 2 * every]


def seen(given: list[dict[str, Any]]) -> Iterator[Seen]:
    """Yields every find in the texts, of the kinds that a text is labelled with."""
    for kinds, own in (
        ([*KEYS, *OTHERS], [row for row in given if "identifiers" in row]),
        (list(KEYS), [row for row in given if "identifiers" not in row and "usernames" in row]),
        (["phone", "email"], [row for row in given if "usernames" not in row]),
    ):
        texts, regions = [row["text"] for row in own], [row.get("region") for row in own]
        for row, found in zip(own, extract_each(texts, kinds=kinds, regions=regions), strict=True):
            wanted = told(row)
            for item in found:
                yield Seen(f"{item.kind}.{item.method}", item.confidence, item.identifier in wanted)


def lines(found: list[Seen]) -> dict[str, Line]:
    """Returns the finds by way, and by kind and what they state."""
    count, right, stated = Counter[str](), Counter[str](), defaultdict[str, float](float)
    for way, confidence, is_right in found:
        at = next(low for low, high in pairwise(BINS) if low <= confidence < high)
        for label in (way, f"{way.partition('.')[0]} from {at:.2f}"):
            count[label] += 1
            right[label] += is_right
            stated[label] += confidence
    return {label: Line(count[label], stated[label] / count[label], right[label]) for label in sorted(count)}


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", type=int, choices=[0, 1], default=1, help="which half of the texts is read")
    parser.add_argument("--every", type=int, default=1, help="read each so many texts of the half alone")
    parser.add_argument("--least", type=int, default=20, help="fewest finds of a line")
    options = parser.parse_args()
    given = cases(options.half, options.every)
    table = lines(list(seen(given)))
    print(f"half {options.half}, {len(given):,} texts\n{'':34s} finds  stated  right  bound")
    for label, line in table.items():
        if line.finds >= options.least:
            flag = "  states more than it keeps" if line.stated > line.share + 0.02 else ""
            flag = flag or ("  keeps more than it states" if line.bound > line.stated + 0.02 else "")
            print(f"{label:34s} {line.finds:5,}   {line.stated:.3f}  {line.share:.3f}  {line.bound:.3f}{flag}")


if __name__ == "__main__":
    main()
