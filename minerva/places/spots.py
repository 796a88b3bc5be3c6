"""Where a record lies, as precisely as it says and no more: its own coordinates, postcode, town, area, country.

A coarser class is taken only where nothing contradicts: a ZIP code of another state than the record names is no place,
and neither is a town of which several could be meant. Postcodes and areas: see assembly/reference/gazetteer.py for
origin and licenses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from minerva.places.countries import CODED_REGIONS, all_countries, country_code, region_code
from minerva.places.folding import folded
from minerva.places.towns import Spot, countries_of_towns, locate

POINT, POSTCODE, TOWN, REGION, COUNTRY = PRECISIONS = ("point", "postcode", "town", "region", "country")
_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
_ZIP = re.compile(r"([0-9]{5})(-?[0-9]{4})?")
_OUTWARD = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)( ?[0-9][A-Z]{2})?")


class Asked(NamedTuple):
    """What a record says of its place; degrees as texts, country a name or code."""

    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""
    latitude: str = ""
    longitude: str = ""


def spot_of(asked: Asked, default_country: str = "") -> Spot | None:
    """Returns the spot of a place, None where nothing is known or several places are meant equally.

    `default_country` is where a record without a country comes from.
    """
    own = _own(asked)
    if own is not None:
        return own
    country = country_code(asked.country) if asked.country else ""
    if asked.country and not country:
        return None
    where = country or default_country.upper()
    region = asked.region.strip()
    if where in CODED_REGIONS:
        region = region_code(region, where) or region
    found = _postcode(asked.postcode, region, where)
    if found is None and asked.city:
        found = locate(asked.city, region, country, default_country)
    if found is None and region and where:
        found = _area(region, where)
    if found is None and country and not (asked.city or region or asked.postcode):
        found = _country(country)
    return found


def _own(asked: Asked) -> Spot | None:
    try:
        latitude, longitude = float(asked.latitude), float(asked.longitude)
    except ValueError:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180 or not (latitude or longitude):
        return None
    return Spot(latitude, longitude, POINT, asked.city or f"{latitude:.4f}, {longitude:.4f}")


def _postcode(text: str, region: str, country: str) -> Spot | None:
    """The spot of a ZIP code or an outward code; without a country only of a ZIP code of the state that is named."""
    code = " ".join(text.upper().split())
    zipped, outward = _ZIP.fullmatch(code), _OUTWARD.fullmatch(code)
    if zipped and country in ("US", ""):
        found = _postcodes().get(("US", zipped[1]))
        if found is None or (region.upper() != found.region and (region or not country)):
            return None
        return Spot(found.latitude, found.longitude, POSTCODE, f"{zipped[1]}, {found.region} (US)")
    if outward and country == "GB":
        found = _postcodes().get(("GB", outward[1]))
        return Spot(found.latitude, found.longitude, POSTCODE, f"{outward[1]} (GB)") if found else None
    return None


def _area(region: str, country: str) -> Spot | None:
    found = _areas().get((country, folded(region)))
    return Spot(found.latitude, found.longitude, REGION, f"{found.name} ({country})") if found else None


def _country(code: str) -> Spot | None:
    found = countries_of_towns().get(code)
    if found is None:
        return None
    name = next((country.name for country in all_countries() if country.code == code), code)
    return Spot(*found, COUNTRY, name)


class _Place(NamedTuple):
    region: str
    name: str
    latitude: float
    longitude: float


@lru_cache(maxsize=1)
def _postcodes() -> Mapping[tuple[str, str], _Place]:
    return {
        (country, code): _Place(region, code, float(latitude), float(longitude))
        for country, code, region, latitude, longitude in _rows("postcodes.tsv")
    }


@lru_cache(maxsize=1)
def _areas() -> Mapping[tuple[str, str], _Place]:
    """Areas by country and name; a name that two areas bear is none. States of the USA are named by their letters."""
    found: dict[tuple[str, str], _Place | None] = {}
    for country, region, name, others, latitude, longitude in _rows("areas.tsv"):
        place = _Place(region, name or region, float(latitude), float(longitude))
        for each in {folded(word) for word in (place.name, *others.split(";")) if word}:
            if country == "US" and name:
                continue  # the counties of the USA share their names; a region of the USA is a state
            key = (country, each)
            found[key] = None if key in found else place
    return {key: place for key, place in found.items() if place is not None}


def _rows(file: str) -> Iterator[list[str]]:
    with open(os.path.join(_DATA, file), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                yield line.rstrip("\n").split("\t")
