"""What names, addresses, contacts and spots say of two places: the part of link_weights for pairs.py and spots.py.

Houses are drawn by link_trade.py. u comes from random pairs, m from records of one contact, one name in a town, one
address, and one spot. Blocks of one contact or name gather the branches of one operator, and say nothing of addresses:
those are learned where coordinates brought the records together.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from benchmarks.link_estimate import Model, Pattern, Sides, bits, counted, pattern
from minerva.addresses import compare_addresses
from minerva.linking.model import DEFAULT, LinkRecord
from minerva.linking.places.pairs import PLACE_LEVELS, candidate_pairs, contact_spread, place_evidence, place_levels
from minerva.linking.places.residents import UNKNOWN
from minerva.linking.places.spots import LEVELS, spot_of, spot_says
from minerva.names.compare import words_of
from minerva.names.tables import GENERIC

RANDOM_PAIRS, MOST_BITS, ROUNDS = 5e5, 14.0, 100
BLOCKS = ("l.contact = r.contact", "l.name = r.name AND l.town = r.town", "l.address = r.address AND l.town = r.town",
          "l.spot = r.spot")  # fmt: skip
CERTAIN, RECALL = ("l.address = r.address AND l.town = r.town AND l.name = r.name",), 0.6
"""That the first telling word, house, street and town are equal: in three of five pairs of one house, as we guess."""
OF = {"place_name": ("name",), "place_numbers": ("name", "contact"), "place_address": ("address", "name", "contact"),
      "place_contact": ("contact",)}  # fmt: skip
Weights = dict[str, list[list[float]]]


def place_weights(
    records: Sequence[LinkRecord], house: Mapping[str, str], seed: int, *, with_truth: bool = False
) -> tuple[Weights, int]:
    """Returns (comparisons of weights.json, pairs that linking compares). house: record_id -> house, read `with_truth`
    alone."""
    spread = contact_spread(records)

    def compare(a: int, b: int) -> Pattern:
        return pattern(place_levels(records[a], records[b], spread), PLACE_LEVELS)

    if with_truth:
        share, sides = _by_truth(records, house, compare)
    else:
        model = Model(PLACE_LEVELS, OF, _columns(records), compare)
        model.learn_chance(RANDOM_PAIRS, seed)
        model.learn(BLOCKS, CERTAIN, RECALL)
        share, sides = model.learned()
    found: Weights = {"place_start": [[0.0, bits(share, 1.0 - share, MOST_BITS)]]}
    for name, steps in PLACE_LEVELS.items():
        found[name] = [[least, bits(m, u, MOST_BITS)] for least, m, u in zip(steps, *sides[name], strict=True)]
    pairs = list(candidate_pairs(records, DEFAULT))

    def odds(a: int, b: int) -> float:
        if with_truth:
            return math.inf if house[records[a].record_id] == house[records[b].record_id] else -math.inf
        levels = place_levels(records[a], records[b], spread)
        told = {name: next(weight for least, weight in found[name] if level >= least)
                for name, level in levels.items() if level != UNKNOWN}  # fmt: skip
        return found["place_start"][0][1] + place_evidence(told)

    found.update(_spots(records, pairs, odds))
    return found, len(pairs)


def _spots(
    records: Sequence[LinkRecord], pairs: Sequence[tuple[int, int]], odds: Callable[[int, int], float]
) -> Weights:
    """Returns what one spot says by address level: how much more often pairs of one house lie there than others at that
    level. By our own expectation maximization, from the odds that Splink's weights give each pair: Splink has no weight
    of one comparison given the level of another."""
    seen: Counter[tuple[str, bool, float]] = Counter()
    for a, b in pairs:
        one, other = records[a], records[b]
        if spot_of(one.identifiers) is not None and spot_of(other.identifiers) is not None:
            level = compare_addresses(one.parsed_address(), other.parsed_address()).level
            near = spot_says(one.identifiers, other.identifiers, level)[0] is True
            seen[level, near, round(odds(a, b), 1)] += 1
    share = dict.fromkeys(LEVELS, (0.5, 0.5))  # of pairs that lie at one spot: one house's, others'
    for _ in range(ROUNDS):
        counts = {level: [[0.5, 1.0], [0.5, 1.0]] for level in LEVELS}
        for (level, near, told), count in seen.items():
            one_house, others = (each if near else 1.0 - each for each in share[level])
            believed = 1.0 / (1.0 + math.pow(2.0, -told) * others / one_house) if told > -math.inf else 0.0
            for side, weight in zip(counts[level], (believed * count, (1.0 - believed) * count), strict=True):
                side[0] += weight * near
                side[1] += weight
        share = {level: (same[0] / same[1], other[0] / other[1]) for level, (same, other) in counts.items()}
    return {f"spot_{level}": [[1.0, max(0.1, bits(*both, MOST_BITS))]] for level, both in share.items()}


def _by_truth(
    records: Sequence[LinkRecord], house: Mapping[str, str], compare: Callable[[int, int], Pattern]
) -> tuple[float, dict[str, Sides]]:
    """Returns m of all pairs of one house and u of each record beside the one that is half of all records further."""
    members: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        members.setdefault(house[record.record_id], []).append(place)
    same = [(a, b) for held in members.values() for place, a in enumerate(held) for b in held[place + 1 :]]
    half = len(records) // 2
    other = [(place, (place + step) % len(records)) for step in range(half, half + 20) for place in range(len(records))]
    pairs = [(compare(a, b), True) for a, b in same] + [
        (compare(a, b), False) for a, b in other if house[records[a].record_id] != house[records[b].record_id]
    ]
    return 2 * len(same) / (len(records) * (len(records) - 1)), counted(pairs, PLACE_LEVELS)[1]


def _columns(records: Sequence[LinkRecord]) -> dict[str, list[object]]:
    spots = [spot_of(record.identifiers) for record in records]
    return {
        "name": [next((word for word in words_of(record.name)[0] if word not in GENERIC and len(word) > 2), None)
                 for record in records],
        "address": [record.parsed_address().key for record in records],
        "contact": [min(record.contacts, default=None) for record in records],
        "town": [record.city or None for record in records],
        "spot": [f"{spot[0]:.3f} {spot[1]:.3f}" if spot else None for spot in spots],
    }  # fmt: skip
