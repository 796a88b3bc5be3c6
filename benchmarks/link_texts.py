"""What two texts of one template say, and weak signals: the part of link_weights for likeness.py and weak.py.

Evidence first: records of one template that share an identifier teach how one holder's texts, cities, times and other
contacts agree (m); random pairs, and random pairs of texts that crowds use, how strangers' do (u). With these held,
Splink learns from the pairs that linking compares, which no identifier joins, how alike strangers' texts are and which
share of the pairs is one holder's, by the holders of the template.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from benchmarks.link_estimate import Levels, Pattern, Sides, bits, counted, first_guess, mixture, pattern
from benchmarks.link_identifiers import Sample
from minerva.linking.contacts.shared import join_shared
from minerva.linking.likeness import TEXT_LEVELS, text_levels
from minerva.linking.model import DEFAULT, STYLE, LinkRecord
from minerva.linking.places.kept_apart import SetsKeptApart
from minerva.linking.strength import joins_alone
from minerva.linking.texts.style import habits_shared
from minerva.linking.texts.templates import candidate_texts, find_templates, holder_mark, keys_of_template, step
from minerva.linking.weak import MOST_EACH, posted_together, tells_hour

MOST_BITS, RANDOM_PAIRS = 7.0, 40_000
OF_A_RECORD = 3
"""Pairs of one record at most: a few large operators shall not speak for all."""
HOLDERS = (64.0, 32.0, 16.0, 8.0, 4.0, 2.0)
LEVELS: Levels = {"text_holders": HOLDERS, **TEXT_LEVELS}
CROWD = ("text_city", "text_time")
"""Ads name their town, so that strangers with equal words share it more often than others: as in pairs of a crowd."""
CHANCE = ("text_phone", "text_email", "text_username", "text_name")
"""What does not hang on the text: strangers agree in it as random pairs do."""
Weights = dict[str, list[list[float]]]


def text_weights(
    records: Sequence[LinkRecord], owner: Mapping[str, str], seed: int, *, with_truth: bool = False
) -> tuple[Weights, int]:
    """Returns (comparisons of weights.json, pairs looked at). owner: record_id -> holder, read `with_truth` alone."""
    sample = Sample(records)
    groups = SetsKeptApart(len(records))
    join_shared(records, sample.held, sample.hubs, groups, [], {})
    hubs = {hub.identifier for hub in sample.hubs.values()}
    found = find_templates(records, DEFAULT)

    def compare(a: int, b: int, holders: int) -> Pattern:
        levels = {"text_holders": float(step(max(2, holders))), **text_levels(records[a], records[b], hubs)}
        return pattern(levels, LEVELS)

    pairs = _some(list(candidate_texts(found, groups.labels())), seed)
    patterns = [compare(*pair) for pair in pairs]
    if with_truth:
        share, sides = counted(
            ((told, owner[records[a].record_id] == owner[records[b].record_id])
             for told, (a, b, _) in zip(patterns, pairs, strict=True)), LEVELS)  # fmt: skip
    else:
        start = first_guess(LEVELS)
        evident = _some(list(candidate_texts(found)), seed)
        taught = _taught(sample, [(a, b, compare(a, b, holders)) for a, b, holders in evident])
        start.update({name: Sides(m, start[name].u) for name, m in taught.items()})
        by_chance = _by_chance(records, hubs, seed)
        start.update({name: Sides(start[name].m, u) for name, u in by_chance.items()})
        share, sides = mixture(patterns, LEVELS, start, chance=list(by_chance), held=list(taught))
    weights: Weights = {
        name: [[least, bits(m, u, MOST_BITS)] for least, m, u in zip(steps, *sides[name], strict=True)]
        for name, steps in LEVELS.items()
    }
    weights["text_holders"] = _by_holders(share, sides["text_holders"])
    weights.update(_weak(sample, seed))
    return weights, len(pairs)


def _by_holders(share: float, sides: Sides) -> list[list[float]]:
    """Returns log2 of the odds that a pair is one holder's, by the holders of its template. More holders never say
    more: where chance makes it look so, neighboring steps are learned as one."""
    steps: list[tuple[list[float], float, float]] = []  # (least holders of a step, its pairs of one holder, others)
    for least, m, u in zip(HOLDERS, sides.m, sides.u, strict=True):
        steps.append(([least], share * m, (1.0 - share) * u))
        while len(steps) > 1 and steps[-2][1] * steps[-1][2] > steps[-1][1] * steps[-2][2]:
            (more, *one), (fewer, *other) = steps[-2:]
            steps[-2:] = [(more + fewer, one[0] + other[0], one[1] + other[1])]
    return [[least, bits(one, other, MOST_BITS)] for leasts, one, other in steps for least in leasts]


def _some(pairs: list[tuple[int, int, int]], seed: int) -> list[tuple[int, int, int]]:
    """Returns pairs of which OF_A_RECORD are one record's at most."""
    random.Random(seed).shuffle(pairs)
    seen: Counter[int] = Counter()
    kept = []
    for a, b, holders in pairs:
        if max(seen[a], seen[b]) < OF_A_RECORD:
            seen.update((a, b))
            kept.append((a, b, holders))
    return kept


def _taught(sample: Sample, pairs: Sequence[tuple[int, int, Pattern]]) -> dict[str, list[float]]:
    """Returns m of each comparison: from pairs of one template that share an identifier which is no hub, of a kind that
    the comparison does not look at."""
    seen: dict[str, list[tuple[Pattern, bool]]] = {name: [] for name in TEXT_LEVELS}
    for a, b, told in pairs:
        left, right = sample.contacts[a], sample.contacts[b]
        shared = {kind for kind in left if any(map(joins_alone, left[kind] & right.get(kind, set())))}
        for name in TEXT_LEVELS:
            if shared - {name.partition("_")[2]}:
                seen[name].append((told, True))
    return {name: counted(found, LEVELS)[1][name].m for name, found in seen.items()}


def _by_chance(records: Sequence[LinkRecord], hubs: Collection[str], seed: int) -> dict[str, list[float]]:
    """Returns how often strangers reach the levels of CHANCE and CROWD: random pairs, and random pairs that share words
    of a text which a crowd uses."""
    draw = random.Random(seed)
    holders: dict[str, set[str]] = {}
    members: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        for key in keys_of_template(record):
            holders.setdefault(key, set()).add(holder_mark(record))
            members.setdefault(key, []).append(place)
    crowds = [members[key] for key in sorted(members) if len(holders[key]) >= DEFAULT.text_crowd]
    found = {}
    for names, groups in ((CHANCE, [range(len(records))]), (CROWD, crowds)):
        levels = {name: TEXT_LEVELS[name] for name in names}
        pairs = (draw.sample(group, 2) for _ in range(RANDOM_PAIRS // len(groups)) for group in groups)
        told = ((pattern(text_levels(records[a], records[b], hubs), levels), False) for a, b in pairs)
        found.update({name: sides.u for name, sides in counted(told, levels)[1].items()})
    return found


def _weak(sample: Sample, seed: int) -> Weights:
    """Returns the bits of weak signals: how much more often two records that share an identifier show one than random
    pairs do, of those that could: of one city with an hour each, or with a style each."""
    draw, records = random.Random(seed), sample.records
    cities: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        if record.city and tells_hour(record):
            cities.setdefault(record.city.casefold(), []).append(place)
    timed = [draw.sample(each, 2) for each in cities.values() if len(each) > 1 for _ in each]
    styled = [place for place, record in enumerate(records) if STYLE in "\n".join(record.identifiers)]
    random_styled = [draw.sample(styled, 2) for _ in range(RANDOM_PAIRS)]
    in_city, has_style = {place for each in cities.values() for place in each}, set(styled)
    shared = [(a, b) for _, _, a, b in sample.sharing(seed)]
    one_city = [(a, b) for a, b in shared if {a, b} <= in_city and records[a].city == records[b].city]
    both_styled = [(a, b) for a, b in shared if {a, b} <= has_style]

    def together(a: int, b: int) -> bool:
        return posted_together(records[a], records[b])

    def alike(a: int, b: int) -> bool:
        return bool(habits_shared(records[a].identifiers, records[b].identifiers))

    found = {}
    for name, shows, of_one, of_any in (
        ("weak_together", together, one_city, timed),
        ("weak_alike", alike, both_styled, random_styled),
    ):
        m, u = ((sum(shows(a, b) for a, b in pairs) + 0.5) / (len(pairs) + 1) for pairs in (of_one, of_any))
        found[name] = [[1.0, bits(m, u, MOST_EACH)]]
    return found
