"""Learns the weights of linking without truth and prints them as minerva/linking/data/weights.json holds them.

    python3 build.py bench link_weights [--households 10000] [--operators 3000] [--seed 23] [--texts] [--write]
        [--truth]

Fellegi and Sunter (1969), estimated by Splink (benchmarks/link_estimate.py) from the records alone, over the levels
that the shipped scorer uses. A weight is log2 of how often a comparison reaches a level among pairs of one holder and
among strangers; a start is log2 of the odds that a pair is one holder's. The populations are invented
(benchmarks/link_sample.py, link_trade.py, link_ads.py). `--truth` prints beside each weight what the truth of the
sample would give.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.link_ads import Ads
from benchmarks.link_estimate import (
    SMALLEST,
    Levels,
    Model,
    Pattern,
    Sides,
    bits,
    counted,
    first_guess,
    mixture,
    pattern,
)
from benchmarks.link_identifiers import identifier_weights
from benchmarks.link_places import place_weights
from benchmarks.link_sample import Population, read
from benchmarks.link_texts import text_weights
from benchmarks.link_trade import Trade
from minerva.linking.model import DEFAULT, LinkRecord
from minerva.linking.people.candidates import People, candidate_people_plainly, spread_of
from minerva.linking.people.people_names import Names
from minerva.linking.places import residents
from minerva.linking.places.bearers import comparable
from minerva.linking.places.pairs import candidate_pairs, contact_spread
from minerva.names.persons import compare_persons

NAME = (1.0, 0.99, 0.98, 0.9, 0.75, 0.6, 0.3, 0.0)
PARTS = (1.0, 0.99, 0.98, 0.9, 0.75, 0.6, residents.PART, 0.3, 0.0)
PLACE = (residents.SAME, residents.LIKE, residents.NEAR, residents.STREET, residents.OTHER)
NEAR = (residents.SAME, residents.NEAR, residents.OTHER)
CONTACT = (residents.SAME, residents.OTHER)
RESIDENT: Levels = {"resident_name": PARTS, "resident_address": PLACE, "resident_postcode": NEAR, "resident_city": NEAR,
                    **{f"resident_{kind}": CONTACT for kind in residents.CONTACTS}}  # fmt: skip
PERSON: Levels = {"person_name": NAME, **{f"{kind}_agrees": CONTACT for kind in residents.CONTACTS}}
MOST_BITS = 7.0
CHANCE = ("email_agrees", "username_agrees")
"""Hardly two strangers among the pairs compared share one: how often they do is that of random pairs."""
FILE = Path(__file__).resolve().parents[1] / "minerva" / "linking" / "data" / "weights.json"


RANDOM_PAIRS = 3e5
ABOUT = (
    "log2 of how much more often a comparison reaches a level among records of one holder than among strangers, "
    f"learned without truth by Splink; at most {MOST_BITS:.0f} bits either way where two people are compared. "
    "'resident_start' and 'city' are log2 of the odds that such a pair is one person's; 'shared_identifier' that "
    "two records which share a value are one holder's, and what its kind and its number of holders add; "
    "'place_start' that two random records are one place's; 'text_holders' that two records of a template, used "
    "with at most so many different contacts, are one holder's where no identifier joins them. Highest least value "
    "first: [least value, bits]."
)


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
        contacts = residents.contact_levels(one, other, residents.CONTACTS, hubs)
        levels.update({f"{kind}_agrees": level for kind, level in contacts.items()})
        found["person"].append((pattern(levels, PERSON), truth[one.record_id] == truth[other.record_id]))
    return found


def leveled(score: float, a: int, b: int, names: Names, cities: Sequence[int]) -> float:
    """Returns the level of two names: equal ones by in how many cities the name occurs."""
    held = [cities[names.plain[names.of[each]]] if names.of[each] >= 0 else 1 for each in (a, b)]
    return residents.equal_level(max(held)) if score >= 0.98 else score


def residents_most() -> int:
    """Returns how many records a contact may be in before it is a hub of this sample."""
    return 6


def people_weights(
    records: Sequence[LinkRecord], truth: Mapping[str, str], seed: int, *, with_truth: bool = False
) -> tuple[dict[str, list[list[float]]], dict[str, int]]:
    """Returns (comparisons of weights.json, pairs looked at by part). truth: read `with_truth` alone."""
    found = compared(records, truth)
    comparisons: dict[str, list[list[float]]] = {}
    taught: dict[str, Sides] = {}
    for part, levels in (("person", PERSON), ("resident", RESIDENT)):
        if with_truth:
            share, sides = counted(found[part], levels)
        else:
            # Address, postcode and city are one fact told thrice: alone they would part households, not people, so
            # names and contacts keep what people of one city have taught.
            start = {**first_guess(levels), **taught}
            known = [(name, level) for name, told in taught.items() for level in range(len(told.m))
                     if (name, level) != ("resident_name", PARTS.index(residents.PART))]  # fmt: skip
            chance = []
            if part == "person":
                by_chance = _by_chance(records, seed)
                chance = list(by_chance)
                start.update({name: Sides(start[name].m, u) for name, u in by_chance.items()})
            share, sides = mixture([each for each, _ in found[part]], levels, start, known, chance)
            taught = {name.replace("person", "resident").replace("_agrees", ""): each for name, each in sides.items()}
            taught = {name if name == "resident_name" else f"resident_{name}": each for name, each in taught.items()}
            if part == "person":  # that one is a part of the other is the residents' own level
                at = PARTS.index(residents.PART)
                m, u = taught["resident_name"]
                taught["resident_name"] = Sides([*m[:at], SMALLEST, *m[at:]], [*u[:at], SMALLEST, *u[at:]])
        for name, steps in levels.items():
            comparisons[name] = [
                [least, bits(m, u, MOST_BITS)] for least, m, u in zip(steps, sides[name].m, sides[name].u, strict=True)
            ]
        comparisons["resident_start" if part == "resident" else "city"] = [[0.0, bits(share, 1.0 - share, MOST_BITS)]]
    return comparisons, {part: len(pairs) for part, pairs in found.items()}


def _by_chance(records: Sequence[LinkRecord], seed: int) -> dict[str, list[float]]:
    """Returns how often random pairs share a contact of the kinds of CHANCE."""
    levels = dict.fromkeys(CHANCE, CONTACT)

    def compare(a: int, b: int) -> Pattern:
        contacts = residents.contact_levels(records[a], records[b], [name.partition("_")[0] for name in CHANCE])
        return pattern({f"{kind}_agrees": level for kind, level in contacts.items()}, levels)

    columns: dict[str, Sequence[object]] = {name: [True] * len(records) for name in CHANCE}
    model = Model(levels, {name: (name,) for name in CHANCE}, columns, compare)
    model.learn_chance(RANDOM_PAIRS, seed)
    return {name: sides.u for name, sides in model.learned()[1].items()}


def weights(households: int, operators: int, seed: int, *, with_truth: bool = False) -> dict[str, Any]:
    """Returns the document of weights.json."""
    rows, people = Population(seed).rows(households)
    comparisons, pairs = people_weights(read(rows), people, seed, with_truth=with_truth)
    traded, owner, house = Trade(seed).rows(operators)
    records = read([*rows, *traded])
    shared, pairs["identifier"] = identifier_weights(records, {**people, **owner}, seed, with_truth=with_truth)
    comparisons.update(shared)
    sites = read([row for row in traded if row["record_type"] == "site"])
    placed, pairs["place"] = place_weights(sites, house, seed, with_truth=with_truth)
    comparisons.update(placed)
    texts, told_of_texts = learned_texts(operators, seed, with_truth=with_truth)
    comparisons.update(texts)
    made = {
        "command": f"python3 build.py bench link_weights --households {households} --operators {operators} "
        f"--seed {seed} --write",
        "date": datetime.now(UTC).date().isoformat(),
        "splink": version("splink"),
        "sample": f"{len(records)} invented records ({len(rows)} of people, {len(traded)} of businesses), pairs: "
        + ", ".join(f"{count} {part}" for part, count in pairs.items()),
        "texts": told_of_texts,
    }
    return {"about": ABOUT, "made": made, "comparisons": comparisons}


def learned_texts(operators: int, seed: int, *, with_truth: bool = False) -> tuple[dict[str, list[list[float]]], str]:
    """Returns (comparisons of texts and weak signals, how they were learned)."""
    rows, owner = Ads(seed).ads(operators)
    found, pairs = text_weights(read(rows), owner, seed, with_truth=with_truth)
    command = f"python3 build.py bench link_weights --texts --operators {operators} --seed {seed} --write"
    told = f"{command}; {datetime.now(UTC).date().isoformat()}, Splink {version('splink')}"
    return found, f"{told}; {len(rows)} invented ads, {pairs} pairs"


def only_texts(operators: int, seed: int, *, with_truth: bool = False) -> dict[str, Any]:
    """Returns the document as it is stored, with texts and weak signals learned anew."""
    document: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    found, told = learned_texts(operators, seed, with_truth=with_truth)
    document["about"], document["made"]["texts"] = ABOUT, told
    document["comparisons"].update(found)
    return document


def main() -> None:
    """Prints the weights; --write stores them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--operators", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=23)
    parser.add_argument("--texts", action="store_true", help="texts and weak signals alone; the rest stays as stored")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--truth", action="store_true")
    options = parser.parse_args()
    learn = only_texts if options.texts else partial(weights, options.households)
    document = learn(options.operators, options.seed)
    if options.truth:
        known = learn(options.operators, options.seed, with_truth=True)["comparisons"]
        for name, steps in document["comparisons"].items():
            print(f"{name:20s} learned {[each for _, each in steps]} by truth {[each for _, each in known[name]]}")
    else:
        print(written(document), end="")
    if options.write:
        FILE.write_text(written(document), encoding="utf-8")


def written(document: Mapping[str, Any]) -> str:
    """Returns the document as text, one comparison a line."""
    lines = [f"    {json.dumps(name)}: {json.dumps(steps)}" for name, steps in document["comparisons"].items()]
    made = [f"    {json.dumps(name)}: {json.dumps(told)}" for name, told in document["made"].items()]
    return (
        f'{{\n  "about": {json.dumps(document["about"])},\n  "made": {{\n' + ",\n".join(made)
        + '\n  },\n  "comparisons": {\n' + ",\n".join(lines) + "\n  }\n}\n"
    )  # fmt: skip


if __name__ == "__main__":
    main()
