"""Learns the weights of linking without truth and prints them as minerva/linking/data/weights.json holds them.

    .venv/bin/python -m benchmarks.link_weights [--households 10000] [--seed 23] [--write] [--truth]

Fellegi and Sunter (1969) by expectation maximization (Winkler 1988), over the levels that the shipped scorer uses: the
pairs that it would compare are a mixture of pairs of one person and of strangers; how often each comparison comes out
at each level in either part is estimated from the pairs alone. A weight is log2 of the two shares, the start is log2 of
the odds that a pair is one person's. The population is invented (benchmarks/link_sample.py). `--truth` prints beside
each weight what the truth of the sample would give.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.link_sample import Population, Row
from minerva.linking import residents
from minerva.linking.__main__ import read_line
from minerva.linking.candidates import People, candidate_people_plainly, spread_of
from minerva.linking.model import DEFAULT, LinkRecord, read_row
from minerva.linking.pairs import candidate_pairs, comparable, contact_spread
from minerva.linking.people_names import Names
from minerva.names.persons import compare_persons

NAME = (1.0, 0.99, 0.98, 0.9, 0.75, 0.6, 0.3, 0.0)
PARTS = (1.0, 0.99, 0.98, 0.9, 0.75, 0.6, residents.PART, 0.3, 0.0)
PLACE = (residents.SAME, residents.LIKE, residents.NEAR, residents.STREET, residents.OTHER)
NEAR = (residents.SAME, residents.NEAR, residents.OTHER)
CONTACT = (residents.SAME, residents.OTHER)
RESIDENT = {"resident_name": PARTS, "resident_address": PLACE, "resident_postcode": NEAR, "resident_city": NEAR,
            **{f"resident_{kind}": CONTACT for kind in residents.CONTACTS}}  # fmt: skip
PERSON = {"person_name": NAME, **{f"{kind}_agrees": CONTACT for kind in residents.CONTACTS}}
MOST_BITS, ROUNDS, SMALLEST = 7.0, 200, 1e-5
FILE = Path(__file__).resolve().parents[1] / "minerva" / "linking" / "data" / "weights.json"
Pattern = tuple[int, ...]
"""The level of each comparison, -1 where one side does not say."""


def pattern(found: Mapping[str, float], levels: Mapping[str, Sequence[float]]) -> Pattern:
    """Returns the levels reached as places in `levels`."""
    return tuple(
        -1 if found[name] < 0 else next(place for place, least in enumerate(steps) if found[name] >= least)
        for name, steps in levels.items()
    )


def estimate(
    patterns: Counter[Pattern], sizes: Sequence[int], known: Mapping[int, tuple[list[float], list[float]]] = {}
) -> tuple[float, list[list[float]], list[list[float]]]:
    """Returns (share of pairs of one person, m, u): per comparison the share of each level in either part.

    known: place of a comparison -> its shares from elsewhere, 0 at a level that is still to be estimated.
    """
    share = 0.2
    # A start that only says which way agreement points.
    match = [_shares([3.0 ** (size - place) for place in range(size)]) for size in sizes]
    chance = [_shares([3.0**place for place in range(size)]) for size in sizes]
    for place, told in known.items():
        match[place], chance[place] = (_completed(shares, shares) for shares in told)
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
        for place, (one_side, other_side) in known.items():
            match[place], chance[place] = _completed(one_side, match[place]), _completed(other_side, chance[place])
    return share, match, chance


def _completed(told: Sequence[float], found: Sequence[float]) -> list[float]:
    """Returns shares from elsewhere, with those found where they say nothing."""
    left = 1.0 - sum(share for place, share in enumerate(found) if not told[place])
    return [share * left if share else max(SMALLEST, found[place]) for place, share in enumerate(told)]


def counted(
    patterns: Iterable[tuple[Pattern, bool]], sizes: Sequence[int]
) -> tuple[float, list[list[float]], list[list[float]]]:
    """Returns what `estimate` returns, from pairs of which it is known whether they are one person's."""
    match, chance = ([[0.5] * size for size in sizes] for _ in range(2))
    pairs = hits = 0
    for levels, same in patterns:
        pairs, hits = pairs + 1, hits + same
        for place, level in enumerate(levels):
            if level >= 0:
                (match if same else chance)[place][level] += 1.0
    return hits / max(1, pairs), [_shares(row) for row in match], [_shares(row) for row in chance]


def _shares(row: Sequence[float]) -> list[float]:
    return [max(SMALLEST, each / sum(row)) for each in row]


def _bits(one: float, other: float) -> float:
    return round(max(-MOST_BITS, min(MOST_BITS, math.log2(one / other))), 1)


def compared(records: Sequence[LinkRecord], truth: Mapping[str, str]) -> dict[str, list[tuple[Pattern, bool]]]:
    """Returns the patterns of both parts of the scorer, each with whether it is a pair of one person."""
    names = Names(records)
    cities = spread_of(names)
    spread = contact_spread([record for record in records if comparable(record)])
    degree = Counter(value for record in records for value in record.identifiers)
    hubs = {value for value, count in degree.items() if count > residents_most()}
    found: dict[str, list[tuple[Pattern, bool]]] = {"resident": [], "person": []}
    for a, b in candidate_pairs(records, DEFAULT):
        one, other = records[a], records[b]
        everyone = {value for value in one.identifiers if spread.get(value, 1) > residents_most()}
        same = truth[one.record_id] == truth[other.record_id]
        told = residents.levels(one, other, everyone)
        told["resident_name"] = leveled(told["resident_name"], a, b, names, cities)
        found["resident"].append((pattern(told, RESIDENT), same))
    size = len(records)
    everything = [0.0] * 8
    people = People(range(size), bytes(size), bytes(size), everything, everything, [0.0] * (max(names.plain) + 1))
    for a, b in candidate_people_plainly(names, people):
        one, other = records[a], records[b]
        levels = {"person_name": leveled(compare_persons(one.name, other.name).score, a, b, names, cities)}
        levels.update(
            {f"{kind}_agrees": residents.contact_level(one, other, kind, hubs) for kind in residents.CONTACTS}
        )
        found["person"].append((pattern(levels, PERSON), truth[one.record_id] == truth[other.record_id]))
    return found


def leveled(score: float, a: int, b: int, names: Names, cities: Sequence[int]) -> float:
    """Returns the level of two names: equal ones by in how many cities the name occurs."""
    held = [cities[names.plain[names.of[each]]] if names.of[each] >= 0 else 1 for each in (a, b)]
    return residents.equal_level(max(held)) if score >= 0.98 else score


def residents_most() -> int:
    """Returns how many records a contact may be in before it is a hub of this sample."""
    return 6


def weights(households: int, seed: int, *, with_truth: bool = False) -> dict[str, object]:
    """Returns the document of weights.json."""
    rows, truth = Population(seed).rows(households)
    records = read(rows)
    found = compared(records, truth)
    comparisons: dict[str, list[list[float]]] = {}
    known: dict[int, tuple[list[float], list[float]]] = {}
    for part, levels in (("person", PERSON), ("resident", RESIDENT)):
        sizes = [len(steps) for steps in levels.values()]
        if with_truth:
            share, match, chance = counted(found[part], sizes)
        else:
            # Address, postcode and city are one fact told thrice: alone they would part households, not people, so
            # names and contacts keep what people of one city have taught.
            share, match, chance = estimate(Counter(each for each, _ in found[part]), sizes, known)
            names = [name.replace("person_", "").replace("_agrees", "") for name in PERSON]
            known = {}
            for place, name in enumerate(names if part == "person" else ()):
                sides = (match[place], chance[place])
                if name == "name":  # that one is a part of the other is the residents' own level
                    at = PARTS.index(residents.PART)
                    sides = ([*sides[0][:at], 0.0, *sides[0][at:]], [*sides[1][:at], 0.0, *sides[1][at:]])
                known[list(RESIDENT).index(f"resident_{name}")] = sides
        for place, (name, steps) in enumerate(levels.items()):
            comparisons[name] = [
                [least, _bits(match[place][level], chance[place][level])] for level, least in enumerate(steps)
            ]
        comparisons["resident_start" if part == "resident" else "city"] = [[0.0, _bits(share, 1.0 - share)]]
    about = (
        "log2 of how much more often a comparison reaches a level among records of one person than among strangers, "
        f"learned without truth by benchmarks/link_weights.py --households {households} --seed {seed} from "
        f"{len(found['resident'])} pairs of people with an address ('resident') and {len(found['person'])} pairs of "
        f"people of one city ('person', contacts 'agrees') among {len(records)} invented records; at most "
        f"{MOST_BITS:.0f} bits either way. 'resident_start' and 'city' are log2 of the odds that it is one person's."
    )
    return {"about": about, "comparisons": comparisons}


def read(rows: Sequence[Row]) -> list[LinkRecord]:
    """Returns the rows as linking reads them."""
    return [read_row(read_line(json.dumps(row), number)[0]) for number, row in enumerate(rows, 1)]


def main() -> None:
    """Prints the weights; --write stores them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--truth", action="store_true")
    options = parser.parse_args()
    document = weights(options.households, options.seed)
    text = written(document)
    if options.truth:
        known = weights(options.households, options.seed, with_truth=True)["comparisons"]
        for name, steps in document["comparisons"].items():  # type: ignore[attr-defined]
            print(f"{name:20s} learned {[each for _, each in steps]} by truth {[each for _, each in known[name]]}")  # type: ignore[index]
    else:
        print(text, end="")
    if options.write:
        FILE.write_text(text, encoding="utf-8")


def written(document: Mapping[str, object]) -> str:
    """Returns the document as text, one comparison a line."""
    about, comparisons = document["about"], document["comparisons"]
    assert isinstance(comparisons, dict)
    lines = [f"    {json.dumps(name)}: {json.dumps(steps)}" for name, steps in comparisons.items()]
    return "{\n" + f'  "about": {json.dumps(about)},\n  "comparisons": {{\n' + ",\n".join(lines) + "\n  }\n}\n"


if __name__ == "__main__":
    main()
