"""Towns by name, country and region: one spot, or none where several towns bear the name and nothing tells which.

The data is GeoNames' (CC BY 4.0), shortened by assembly/reference/towns.py. A town's spot is its center, no address.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from minerva.places.countries import all_regions
from minerva.places.folding import folded

_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data", "towns.tsv")
CITY = 100_000
_WORD = re.compile(r"\w+")
_OUTWEIGHS = 20
"""A town with so many times the people of all others of its name in the country is the one meant without a region."""


class Town(NamedTuple):
    """One town of the table. country: ISO 3166; region: GeoNames' first division; degrees; people."""

    country: str
    region: str
    name: str
    latitude: float
    longitude: float
    people: int


class Spot(NamedTuple):
    """Where a place lies. precision: point, postcode, town, region or country."""

    latitude: float
    longitude: float
    precision: str
    label: str


def locate(city: str, region: str = "", country: str = "", default_country: str = "") -> Spot | None:
    """Returns the spot of a town, None where it is unknown or several are meant equally.

    `default_country` is where a record without a country comes from. A region is compared only where it is written as
    the table writes it; one that is written otherwise leaves the choice open.
    """
    found = _towns().get(folded(city), ())
    where = (country or default_country).upper()
    if where:
        found = tuple(town for town in found if town.country == where)
    states = tuple(town for town in found if town.region.casefold() == region.strip().casefold()) if region else ()
    if region and not states and any(_writes_regions(town) for town in found):
        return None  # the region is one of those that the table has, and it has no such town
    meant = _one(states or found)
    if meant is None:
        return None
    shown = f"{meant.name}, {meant.region}" if _writes_regions(meant) else meant.name
    return Spot(meant.latitude, meant.longitude, "town", f"{shown} ({meant.country})")


def bearers(city: str, country: str = "") -> tuple[Town, ...]:
    """Returns the towns of a name, of one country where one is named."""
    return tuple(town for town in _towns().get(folded(city), ()) if country in ("", town.country))


def _one(towns: tuple[Town, ...]) -> Town | None:
    if not towns:
        return None
    largest = max(towns, key=lambda town: town.people)
    others = sum(town.people for town in towns) - largest.people
    return largest if len(towns) == 1 or largest.people > _OUTWEIGHS * max(others, 1) else None


def _writes_regions(town: Town) -> bool:
    # The letters of a state are GeoNames' regions in the USA alone; elsewhere they are its own numbers and codes.
    return town.country == "US"


def all_towns() -> list[Town]:
    """Returns every town, by country, region and name."""
    return sorted(town for towns in _towns().values() for town in towns)


def is_city(name: str) -> bool:
    """True for the name of a town of CITY people or more: towns of that size have numbered districts."""
    return folded(name) in _cities()


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    with open(_DATA, encoding="utf-8") as lines:  # a tenth of the table: no town is made of the rest
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#"))
        cities = {folded(row[2]) for row in rows if int(row[5]) >= CITY}
    # A city that is a region of its own stands there by its own people's name too: Prague and Praha.
    own = [region for region in all_regions() if not cities.isdisjoint(_WORD.findall(folded(region.name)))]
    return frozenset(cities.union(folded(name) for region in own for name in region.others))


@lru_cache(maxsize=1)
def countries_of_towns() -> Mapping[str, tuple[float, float]]:
    """Returns the middle of each country's people: the mean of its towns, weighted by their people, in degrees."""
    found: dict[str, list[tuple[float, float, int]]] = {}
    for town in all_towns():
        found.setdefault(town.country, []).append((town.latitude, town.longitude, max(town.people, 1)))
    return {country: _middle(towns) for country, towns in found.items()}


def _middle(towns: list[tuple[float, float, int]]) -> tuple[float, float]:
    people = sum(town[2] for town in towns)
    # Longitudes count from the first town's, so that a country across the date line has its middle on it.
    first = towns[0][1]
    turned = sum(((town[1] - first + 180) % 360 - 180) * town[2] for town in towns) / people
    return sum(town[0] * town[2] for town in towns) / people, (first + turned + 180) % 360 - 180


@lru_cache(maxsize=1)
def _towns() -> Mapping[str, tuple[Town, ...]]:
    found: dict[str, list[Town]] = {}
    with open(_DATA, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            country, region, name, latitude, longitude, people = line.rstrip("\n").split("\t")
            town = Town(country, region, name, float(latitude), float(longitude), int(people))
            found.setdefault(folded(name), []).append(town)
    return {name: tuple(towns) for name, towns in found.items()}
