"""Looks for what gives a world away: traits of records that most illicit businesses have and next to no lawful one.

    python -m tests.benchmarks.second_world.leaks [--seed 1] [--businesses 1500] [--prevalence 0.2] [--evasion 0.5]

A trait is anything that a reader without knowledge of the subject could count: a source that has the business, an
attribute that is filled in, a value, a word, a number of rows, a value that another business has too; and two of them
at once. The area says how well naive Bayes on these traits ranks businesses of operators that it was not trained on:
what is there to be found by somebody who had the truth of the other half.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import Any

from benchmarks.second_world import SECTORS, World, generate

MOST_LIFT, LEAST_SHARE = 20.0, 0.30
_WORD = re.compile(r"[a-z]{3,}")
_STEPS = (2, 3, 5, 8, 13, 21)

Traits = Mapping[str, frozenset[str]]
"""Trait -> the businesses that have it."""


@lru_cache(maxsize=4)
def traits(world: World) -> Traits:
    """Every trait that more than two businesses have."""
    found: dict[str, set[str]] = defaultdict(set)
    rows: dict[tuple[str, str], int] = defaultdict(int)
    holders: dict[str, set[str]] = defaultdict(set)
    for row in world.records:
        about = world.keys.get(row["key"])
        if about is None:
            continue
        rows[row["source"], about] += 1
        for trait in _traits_of(row):
            found[trait].add(about)
        for value in _values_of(row):
            holders[value].add(about)
    for (source, about), count in rows.items():
        for step in (1, *_STEPS):
            if count >= step:
                found[f"{source} x{step}"].add(about)
    for value, sharing in holders.items():
        if len(sharing) > 1:
            found[f"shares {value.partition('=')[0]}"] |= sharing
    return {trait: frozenset(about) for trait, about in found.items() if len(about) > 2}


def _traits_of(row: Mapping[str, Any]) -> Iterator[str]:
    source = row["source"]
    for name in ("title", "name", "address", "city", "postcode", "phones", "urls", "usernames"):
        if name in row:
            yield f"{source} has {name}"
    for name, value in row.get("attributes", {}).items():
        yield f"{source} has {name}"
        for part in value.split("; "):
            if len(part) <= 60:
                yield f"{source}.{name}={part.lower()}"
        yield from (f"{source}.{name} says {word}" for word in _WORD.findall(value.lower()))
    for name in ("title", "text", "name"):
        yield from (f"{source} {name} says {word}" for word in _WORD.findall(row.get(name, "").lower()))


def _values_of(row: Mapping[str, Any]) -> Iterator[str]:
    for name in ("name", "address"):
        if row.get(name):
            yield f"{row['source']} {name}={row[name].lower()}"
    for phone in row.get("phones", ()):
        yield f"phone={phone}"
    for name, value in row.get("attributes", {}).items():
        if len(value) > 4 and not value.replace("-", "").isdigit():
            yield f"{row['source']} {name}={value.lower()}"


def leaks(world: World, sector: str) -> list[tuple[float, float, str]]:
    """(lift, share of illicit ones, trait) of each trait, or pair, that gives illicit businesses of a sector away."""
    members = [key for key, truth in world.truth.items() if truth.sector == sector]
    place = {key: number for number, key in enumerate(members)}
    guilty = sum(1 << place[key] for key in members if world.truth[key].illicit)
    total, lawful = guilty.bit_count(), len(members) - guilty.bit_count()
    least = math.ceil(LEAST_SHARE * total)
    masks = {}
    for trait, about in traits(world).items():
        mask = sum(1 << place[key] for key in about if key in place)
        if (mask & guilty).bit_count() >= least:
            masks[trait] = mask
    found = []
    for names in (*((name,) for name in masks), *combinations(masks, 2)):
        mask = masks[names[0]] & masks[names[-1]]
        hits = (mask & guilty).bit_count()
        if hits < least:
            continue
        misses = mask.bit_count() - hits
        lift = (hits / total) / (max(misses, 0.5) / lawful)
        if lift > MOST_LIFT:
            found.append((lift, hits / total, " + ".join(names)))
    return sorted(found, reverse=True)


def strongest(world: World, sector: str, count: int = 12) -> list[tuple[float, float, float, str]]:
    """(lift, share of illicit, share of lawful, trait) of the single traits with the highest lift."""
    members = {key for key, truth in world.truth.items() if truth.sector == sector}
    guilty = {key for key in members if world.truth[key].illicit}
    rows = []
    for trait, about in traits(world).items():
        hits, misses = len(about & guilty), len((about & members) - guilty)
        share, other = hits / len(guilty), max(misses, 0.5) / (len(members) - len(guilty))
        if share >= 0.10:
            rows.append((share / other, share, other, trait))
    return sorted(rows, reverse=True)[:count]


def learnable(world: World, sector: str) -> float:
    """The area under the ROC curve of naive Bayes, trained on half of the operators and measured on the others."""
    members = sorted(key for key, truth in world.truth.items() if truth.sector == sector)
    held: dict[str, set[str]] = {key: set() for key in members}
    for trait, about in traits(world).items():
        for key in about:
            if key in held:
                held[key].add(trait)
    areas = []
    operators = {world.truth[key].operator for key in members}
    half = set(sorted(operators)[::2])
    for trained in (True, False):
        train = [key for key in members if (world.truth[key].operator in half) == trained]
        test = [key for key in members if (world.truth[key].operator in half) != trained]
        areas.append(_area(_scores(train, test, held, world), world))
    return sum(areas) / len(areas)


def _scores(train: list[str], test: list[str], held: Mapping[str, set[str]], world: World) -> dict[str, float]:
    totals = {True: 0, False: 0}
    counts: dict[str, dict[bool, int]] = defaultdict(lambda: {True: 0, False: 0})
    for key in train:
        totals[world.truth[key].illicit] += 1
        for trait in held[key]:
            counts[trait][world.truth[key].illicit] += 1
    weights = {}
    for trait, by in counts.items():
        if by[True] + by[False] < 6:
            continue
        rates = {side: (by[side] + 1) / (totals[side] + 2) for side in (True, False)}
        weight = math.log(rates[True] / rates[False])
        if abs(weight) > 0.5:
            weights[trait] = weight
    return {key: sum(weights.get(trait, 0.0) for trait in held[key]) for key in test}


def _area(scores: Mapping[str, float], world: World) -> float:
    guilty = [score for key, score in scores.items() if world.truth[key].illicit]
    lawful = [score for key, score in scores.items() if not world.truth[key].illicit]
    wins = sum((high > low) + 0.5 * (high == low) for high in guilty for low in lawful)
    return wins / (len(guilty) * len(lawful))


def main(given: Iterable[str] | None = None) -> None:
    """Prints the leaks of a world by sector, its strongest traits, and how far it can be learned."""
    asked = argparse.ArgumentParser(prog="python -m tests.benchmarks.second_world.leaks")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--businesses", type=int, default=1500)
    asked.add_argument("--prevalence", type=float, default=0.2)
    asked.add_argument("--region", default="lakes")
    asked.add_argument("--evasion", type=float, default=0.5)
    options = asked.parse_args(None if given is None else list(given))
    world = generate(options.seed, options.businesses, options.prevalence, options.region, evasion=options.evasion)
    for sector in SECTORS:
        found = leaks(world, sector)
        print(f"{sector}: {len(found)} leaks; naive Bayes ranks with an area of {learnable(world, sector):.3f}")
        for lift, share, trait in found[:15]:
            print(f"  leak  lift {lift:6.1f}  of illicit {share:.0%}  {trait}")
        for lift, share, other, trait in strongest(world, sector):
            print(f"        lift {lift:6.1f}  of illicit {share:.0%}, of lawful {other:.1%}  {trait}")


if __name__ == "__main__":
    main()
