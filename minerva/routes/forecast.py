"""Where a holder may be next: what followed the last two towns, the last one, and how often towns were visited, mixed.

Each longer context counts by how often it was seen (Witten and Bell, 1991): what was seen once says less than what was
seen often. The share of chance for a town never visited is told beside the towns.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Union

from minerva.bands import wilson
from minerva.routes.visits import Visit

MEMORY = 20.0
"""Visits after which one counts a half: habits change."""
LONGEST = 3
"""Towns before that are looked at together."""


class Next(NamedTuple):
    """A town that may be next. share: 0 to 1; low, high: its band, by how often the last town was left before;
    followed: how often it came after the last town; visits: in all."""

    place: str
    label: str
    share: float
    low: float
    high: float
    followed: int
    visits: int


class Forecast(NamedTuple):
    """towns: likeliest first; elsewhere: the share of chance for towns never visited; after: label of the last town;
    days: from the beginning of a visit to that of the next one, as a quarter, half and three quarters of them took,
    None for fewer than four; steps: moves that it rests on."""

    towns: tuple[Next, ...]
    elsewhere: float
    after: str
    days: Union[tuple[float, float, float], None]
    steps: int


def forecast(visits: Sequence[Visit]) -> Forecast:
    """Returns where the next visit may be. With fewer than two visits no town is named."""
    if not visits:
        return Forecast((), 1.0, "", None, 0)
    places = [each.place for each in visits]
    labels = {each.place: each.label for each in visits}
    shares = shares_of(places)
    followed = Counter(after for before, after in zip(places, places[1:]) if before == places[-1])
    counts = Counter(places)
    left = max(1, counts[places[-1]] - 1)
    named = [Next(place, labels[place], share, *wilson(share * left, left), followed[place], counts[place])
             for place, share in shares.items()]  # fmt: skip
    towns = tuple(sorted(named, key=lambda each: (-each.share, each.place)))
    return Forecast(towns, 1.0 - sum(shares.values()), labels[places[-1]], _days(visits), len(places) - 1)


def shares_of(places: Sequence[str]) -> dict[str, float]:
    """Returns place -> share of chance to be next, of the places visited so far but the last one."""
    last = places[-1]
    ages = [math.pow(0.5, (len(places) - 1 - at) / MEMORY) for at in range(len(places))]
    visited: dict[str, float] = {}
    for place, age in zip(places, ages):
        if place != last:
            visited[place] = visited.get(place, 0.0) + age
    if not visited:
        return {}
    fresh = len({*places}) / (len(places) + len({*places}))  # of all visits so far, those to a new town
    rhythm = _returns(places)
    weighed = {place: weight * rhythm[place] for place, weight in visited.items()}
    total = sum(weighed.values())
    shares = {place: (1 - fresh) * weight / total for place, weight in weighed.items()}
    for seen in (_soon(places, ages), *(_after(places, ages, length) for length in range(1, LONGEST + 1))):
        weight = sum(seen.values())
        trust = weight / (weight + len(seen)) if seen else 0.0
        shares = {place: (1 - trust) * share for place, share in shares.items()}
        for place, count in seen.items():
            shares[place] = shares.get(place, 0.0) + trust * count / weight
    return shares


def _returns(places: Sequence[str]) -> dict[str, float]:
    """Returns place -> how much likelier than by chance one goes back to it now, by after how many visits one went back
    to a town so far: rounds come to a town when all others were visited, a home after each other town."""
    before: dict[str, int] = {}
    gaps: dict[int, float] = {}
    for at, place in enumerate(places):
        if place in before:
            gap = at - before[place]
            for near, share in ((gap - 1, 0.25), (gap, 0.5), (gap + 1, 0.25)):
                gaps[near] = gaps.get(near, 0.0) + share
        before[place] = at
    told = sum(gaps.values())
    even = 1.0 / max(2, len(before))
    return {place: (gaps.get(len(places) - at, 0.0) + even) / (told * even + even) for place, at in before.items()}


def _soon(places: Sequence[str], ages: Sequence[float]) -> Mapping[str, float]:
    """Returns what came one to three visits after the last place where it was before, the later the less: a town is
    left out, or no record was made there."""
    seen: dict[str, float] = {}
    for at, place in enumerate(places[:-1]):
        if place == places[-1]:
            for step, share in enumerate((0.6, 0.3, 0.1), 1):
                if at + step < len(places) and places[at + step] != places[-1]:
                    seen[places[at + step]] = seen.get(places[at + step], 0.0) + share * ages[at]
    return seen


def _after(places: Sequence[str], ages: Sequence[float], length: int) -> Mapping[str, float]:
    """Returns what came after the last `length` places where they came before, by age."""
    if len(places) <= length:
        return {}
    context = places[-length:]
    seen: dict[str, float] = {}
    for at in range(length, len(places)):
        if places[at - length : at] == context:
            seen[places[at]] = seen.get(places[at], 0.0) + ages[at]
    return seen


def _days(visits: Sequence[Visit]) -> Union[tuple[float, float, float], None]:
    gaps = sorted((other.first - one.first) / 86400 for one, other in zip(visits, visits[1:]))
    if len(gaps) < 4:
        return None
    low, middle, high = (gaps[round(part * (len(gaps) - 1))] for part in (0.25, 0.5, 0.75))
    return low, middle, high
