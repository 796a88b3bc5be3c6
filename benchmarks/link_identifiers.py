"""What an equal identifier says, by its kind and by how many records hold it: the part of link_weights for strengths.

Splink learns from random pairs and from records of one phone, mail or user name what names, cities, addresses, texts
and other contacts say; with that, which share of the pairs that share a value of a kind is one holder's. Hubs are left
out, as linking leaves them out.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping, Sequence

from benchmarks.link_estimate import Levels, Model, Pattern, bits, pattern, share_among
from minerva.linking.contacts.hubs import find_hubs
from minerva.linking.held import hold
from minerva.linking.model import DEFAULT, LinkRecord
from minerva.linking.people.people import company_of
from minerva.linking.people.people_names import Names
from minerva.linking.places import residents
from minerva.linking.strength import HOLDERS, kind_of
from minerva.linking.texts.sketches import agreement, sketch_of
from minerva.linking.texts.templates import LEAST_AGREEMENT
from minerva.names.compare import compare_names
from minerva.names.kinds import is_person
from minerva.names.persons import compare_persons

EVIDENCE: Levels = {
    "name": (0.98, 0.75, 0.5, 0.0),
    "city": (residents.SAME, residents.NEAR, residents.OTHER),
    "address": (residents.SAME, residents.LIKE, residents.NEAR, residents.STREET, residents.OTHER),
    "text": (1.0, 0.0),
    "contact": (1.0, 0.0),
}
RANDOM_PAIRS, OF_A_VALUE, MOST_BITS = 5e5, 30, 10.0
BLOCKS = ("l.phone = r.phone", "l.email = r.email", "l.username = r.username", "l.name = r.name AND l.city = r.city")
CERTAIN, RECALL = BLOCKS[:2], 0.6


class Sample:
    """records: in any order; what they share is read as linking reads it."""

    def __init__(self, records: Sequence[LinkRecord]) -> None:
        self.records = records
        self.held = hold(records, [company_of(Names(records))])
        self.hubs = find_hubs(self.held, DEFAULT, [record.name for record in records])
        aside = {hub.identifier for hub in self.hubs.values()}
        self.sketches = [sketch_of(record) for record in records]
        self.contacts: list[dict[str, set[str]]] = []
        for record in records:
            by_kind: dict[str, set[str]] = {}
            for value in record.contacts:
                if value not in aside:
                    by_kind.setdefault(kind_of(value), set()).add(value)
            self.contacts.append(by_kind)

    def compare(self, a: int, b: int, without: str = "") -> Pattern:
        """Returns how far two records agree. without: the kind of what has brought them together."""
        one, other = self.records[a], self.records[b]
        left, right = self.contacts[a], self.contacts[b]
        kinds = [kind for kind in left if kind in right and kind != without]
        sketches = self.sketches[a], self.sketches[b]
        return pattern(
            {
                "name": _name_level(one.name, other.name),
                "city": residents.city_level(one.city, other.city),
                "address": residents.address_level(one, other),
                "text": float(agreement(*sketches) >= LEAST_AGREEMENT) if all(sketches) else residents.UNKNOWN,
                "contact": float(any(left[kind] & right[kind] for kind in kinds)) if kinds else residents.UNKNOWN,
            },
            EVIDENCE,
        )

    def columns(self) -> dict[str, list[object]]:
        """Returns the columns that blocks need."""
        rows = self.records
        found: dict[str, list[object]] = {
            "name": [record.name or None for record in rows],
            "city": [record.city or None for record in rows],
            "address": [record.parsed_address().key if record.address else None for record in rows],
            "text": [sketch or None for sketch in self.sketches],
            "contact": [min(set().union(*held.values()), default=None) for held in self.contacts],
        }
        found.update(
            {kind: [min(held.get(kind, ()), default=None) for held in self.contacts] for kind in residents.CONTACTS}
        )
        return found

    def sharing(self, seed: int) -> list[tuple[str, int, int, int]]:
        """Returns (kind, records that hold the value, position, position) of pairs that share a value, of those of one
        value no more than OF_A_VALUE."""
        draw = random.Random(seed)
        found = []
        for number, value in enumerate(self.held.values):
            holders = self.held.holders(number).tolist()
            if number in self.hubs or len(holders) < 2:
                continue
            pairs = [(a, b) for place, a in enumerate(holders) for b in holders[place + 1 :]]
            chosen = draw.sample(pairs, OF_A_VALUE) if len(pairs) > OF_A_VALUE else pairs
            found += [(kind_of(value), len(holders), a, b) for a, b in chosen]
        return found


def _name_level(a: str, b: str) -> float:
    if not a or not b:
        return residents.UNKNOWN
    return compare_persons(a, b).score if is_person(a) and is_person(b) else compare_names(a, b).score


def identifier_weights(
    records: Sequence[LinkRecord], owner: Mapping[str, str], seed: int, *, with_truth: bool = False
) -> tuple[dict[str, list[list[float]]], int]:
    """Returns (comparisons of weights.json, pairs looked at). owner: record_id -> holder, read `with_truth` alone."""
    sample = Sample(records)
    shared = sample.sharing(seed)
    patterns = [sample.compare(a, b, kind) for kind, _, a, b in shared]
    if not with_truth:
        model = Model(EVIDENCE, {name: (name,) for name in EVIDENCE}, sample.columns(), sample.compare)
        model.learn_chance(RANDOM_PAIRS, seed)
        model.learn(BLOCKS, CERTAIN, RECALL)
        told = model.learned()[1]

    def odds(chosen: Sequence[int]) -> float:
        if with_truth:
            pairs = (shared[place] for place in chosen)
            hits = sum(owner[records[a].record_id] == owner[records[b].record_id] for _, _, a, b in pairs)
            share = hits / len(chosen)
        else:
            share = share_among([patterns[place] for place in chosen], EVIDENCE, told)
        share = (share * len(chosen) + 0.5) / (len(chosen) + 1)  # none is surer than so many pairs can make it
        return bits(share, 1.0 - share, MOST_BITS)

    every = odds(range(len(shared)))
    found = {"shared_identifier": [[0.0, every]]}
    found["shared_holders"] = _by_holders(shared, every, odds)
    for kind in sorted({kind for kind, *_ in shared}):
        chosen = [each for each, (of, *_) in enumerate(shared) if of == kind]
        found[f"shared_{kind}"] = [[0.0, round(odds(chosen) - every, 1)]]
    return found, len(shared)


def _by_holders(
    shared: Sequence[tuple[str, int, int, int]], every: float, odds: Callable[[Sequence[int]], float]
) -> list[list[float]]:
    """Returns the levels of shared_holders. More holders never say more: where fewer pairs or the hub rule make it look
    so, neighboring steps are learned as one."""
    steps: list[tuple[list[int], list[int]]] = []  # (least holders of each step, its pairs)
    for place, least in enumerate(HOLDERS):
        most = HOLDERS[place - 1] if place else math.inf
        steps.append(([least], [each for each, (_, holders, _, _) in enumerate(shared) if least <= holders < most]))
        while len(steps) > 1 and odds(steps[-2][1]) > odds(steps[-1][1]):
            (more, pairs), (fewer, others) = steps[-2:]
            steps[-2:] = [(more + fewer, pairs + others)]
    return [[float(least), round(odds(pairs) - every, 1)] for leasts, pairs in steps for least in leasts]
