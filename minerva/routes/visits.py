"""Sightings to visits and legs: records of one town one after the other are a visit, between two lies a leg."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Union

from minerva.addresses.spot import Spot, distance_m

FASTEST_KMH = 900.0
"""Of a leg from the last record of one town to the first of the next: above, nobody can have traveled so."""
NEAR_KM = 100.0
"""Within it two towns may share advertisements, and being in both at once shows nothing."""


class Sighting(NamedTuple):
    """A record: time (epoch seconds), place (a key of the town), label (to be shown), degrees or None, its id."""

    time: float
    place: str
    label: str
    spot: Union[Spot, None]
    record_id: str
    several: bool = False
    """Whether the town is any of several that bear its name."""


class Visit(NamedTuple):
    """Records of one town one after the other. first, last: epoch seconds of the first and last of them."""

    place: str
    label: str
    spot: Union[Spot, None]
    first: float
    last: float
    record_ids: tuple[str, ...]
    several: bool = False


class Leg(NamedTuple):
    """From one visit to the next. km: None where a spot is unknown; days: from the last record to the first one;
    doubt: in words, why it may be no journey, or ""."""

    origin: Visit
    target: Visit
    km: Union[float, None]
    days: float
    doubt: str


def visits_of(sightings: Iterable[Sighting]) -> list[Visit]:
    """Returns the visits in order of time; sightings may come in any order."""
    found: list[Visit] = []
    for each in sorted(sightings, key=lambda each: (each.time, each.place, each.record_id)):
        if found and found[-1].place == each.place:
            before = found[-1]
            ids = (*before.record_ids, each.record_id)
            found[-1] = before._replace(last=each.time, spot=before.spot or each.spot, record_ids=ids)
        else:
            found.append(
                Visit(each.place, each.label, each.spot, each.time, each.time, (each.record_id,), each.several)
            )
    return found


def legs_of(visits: Sequence[Visit]) -> list[Leg]:
    """Returns what lies between visits that follow each other."""
    return [_leg(one, other) for one, other in zip(visits, visits[1:])]


def _leg(one: Visit, other: Visit) -> Leg:
    km = distance_m(one.spot, other.spot) / 1000 if one.spot and other.spot else None
    hours = (other.first - one.last) / 3600
    doubt = ""
    if km is not None and km > NEAR_KM and km > FASTEST_KMH * hours:
        doubt = f"{km:.0f} km in {hours:.1f} hours: two people, or records written ahead"
    return Leg(one, other, km, hours / 24, doubt)
