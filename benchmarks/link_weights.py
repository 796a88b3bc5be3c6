"""Estimates the weights of linking without truth and prints them as minerva/linking/data/weights.json holds them.

    .venv/bin/python -m benchmarks.link_weights [--entities 6000] [--seed 23] [--write]

Fellegi and Sunter (1969) by expectation maximization (Winkler 1988): pairs of records of one city whose names share a
word are a mixture of pairs of one person and chance pairs. How often each comparison comes out at each level in either
either class
is estimated from the pairs alone; a weight is log2 of the two shares, the odds of one person among all pairs are the
weight of "one city". The people are invented, and not those that link_quality scores.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from pathlib import Path

from benchmarks import link_worlds
from minerva.linking.__main__ import read_line
from minerva.linking.model import LinkRecord, read_row
from minerva.linking.people import candidate_people, person_of
from minerva.linking.strength import kind_of
from minerva.names.persons import compare_persons

NAME_LEVELS = (0.98, 0.9, 0.75, 0.6, 0.0)
KINDS = ("phone", "email", "username")
MOST_BITS, ROUNDS, SMALLEST = 8.0, 100, 1e-6
FILE = Path(__file__).resolve().parents[1] / "minerva" / "linking" / "data" / "weights.json"
Pattern = tuple[int, ...]
"""Level of the name, then of each kind: 0 agrees, 1 differs, -1 where one side does not say."""


def pattern(a: LinkRecord, b: LinkRecord) -> Pattern:
    """Returns how two records compare."""
    score = compare_persons(a.name, b.name).score
    levels = [next(place for place, least in enumerate(NAME_LEVELS) if score >= least)]
    for kind in KINDS:
        left = {value for value in a.identifiers if kind_of(value) == kind}
        right = {value for value in b.identifiers if kind_of(value) == kind}
        levels.append(-1 if not left or not right else int(not left & right))
    return tuple(levels)


def estimate(patterns: Counter[Pattern]) -> tuple[float, list[list[float]], list[list[float]]]:
    """Returns (share of pairs of one person, m, u): per comparison the share of each level in either class."""
    sizes = [len(NAME_LEVELS), *(2 for _ in KINDS)]
    share = 0.3
    # A start that only says which way agreement points.
    match = [[2.0 ** (size - place) for place in range(size)] for size in sizes]
    chance = [[2.0**place for place in range(size)] for size in sizes]
    match, chance = [_shares(row) for row in match], [_shares(row) for row in chance]
    for _ in range(ROUNDS):
        new_match = [[SMALLEST] * size for size in sizes]
        new_chance = [[SMALLEST] * size for size in sizes]
        weight = 0.0
        for levels, count in patterns.items():
            one, other = share, 1.0 - share
            for place, level in enumerate(levels):
                if level >= 0:
                    one *= match[place][level]
                    other *= chance[place][level]
            belief = one / (one + other)
            weight += belief * count
            for place, level in enumerate(levels):
                if level >= 0:
                    new_match[place][level] += belief * count
                    new_chance[place][level] += (1.0 - belief) * count
        share = weight / sum(patterns.values())
        match, chance = [_shares(row) for row in new_match], [_shares(row) for row in new_chance]
    return share, match, chance


def _shares(row: list[float]) -> list[float]:
    return [max(SMALLEST, each / sum(row)) for each in row]


def _bits(one: float, other: float) -> float:
    return round(max(-MOST_BITS, min(MOST_BITS, math.log2(one / other))), 1)


def weights(entities: int, seed: int) -> dict[str, object]:
    """Returns the document of weights.json."""
    rows = link_worlds.people(entities, seed).rows
    records = [read_row(read_line(json.dumps(row), number)[0]) for number, row in enumerate(rows, 1)]
    people = [person_of(record) for record in records]
    patterns = Counter(pattern(records[a], records[b]) for a, b in candidate_people(records, people))
    share, match, chance = estimate(patterns)
    comparisons: dict[str, list[list[float]]] = {
        "person_name": [[least, _bits(match[0][place], chance[0][place])] for place, least in enumerate(NAME_LEVELS)],
        "city": [[1.0, _bits(share, 1.0 - share)], [0.0, -2.0]],
    }
    for place, kind in enumerate(KINDS, 1):
        comparisons[f"{kind}_agrees"] = [[1.0, _bits(match[place][0], chance[place][0])],
                                         [0.0, _bits(match[place][1], chance[place][1])]]  # fmt: skip
    about = (
        "log2 of how much more often a comparison reaches a level among records of one person than by chance, "
        f"estimated without truth by benchmarks/link_weights.py --entities {entities} --seed {seed} from "
        f"{sum(patterns.values())} pairs; 'city' 1.0 is the odds of one person for two records of one city whose names "
        "share a word."
    )
    return {"about": about, "comparisons": comparisons}


def main() -> None:
    """Prints the weights; --write stores them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = json.dumps(weights(options.entities, options.seed), indent=1, ensure_ascii=False) + "\n"
    print(text, end="")
    if options.write:
        FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
