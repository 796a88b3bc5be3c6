"""An area that is watched: a town, a postcode or a circle; and whether a record says that it lies there."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from minerva.addresses.spot import distance_m
from minerva.linking.model import LinkRecord
from minerva.linking.places.spots import spot_of
from minerva.places import Asked, folded
from minerva.places import spot_of as known_spot_of
from minerva.tenancy.asking import BadRequest

TOWN, POSTCODE, CIRCLE = FORMS = ("town", "postcode", "circle")
_NEAR = ("point", "postcode", "town")
"""How precisely a place must be known to lie in a circle: the middle of a region says nothing of its records."""
MOST_TEXT, LEAST_KM, MOST_KM = 100, 1, 500


def area_of(given: Any) -> dict[str, Any]:
    """The area that a body states: {"form": "town", "city", "region"?}, {"form": "postcode", "postcode"} or {"form":
    "circle", "latitude", "longitude", "radius_km", "label"?}. Raises BadRequest."""
    if not isinstance(given, Mapping) or given.get("form") not in FORMS:
        raise BadRequest(f"area: expected an object whose form is one of {', '.join(FORMS)}")
    if given["form"] == TOWN:
        return {"form": TOWN, "city": _text(given, "city", True), "region": _text(given, "region", False)}
    if given["form"] == POSTCODE:
        return {"form": POSTCODE, "postcode": _text(given, "postcode", True)}
    north, east = _number(given, "latitude", -90, 90), _number(given, "longitude", -180, 180)
    radius = _number(given, "radius_km", LEAST_KM, MOST_KM)
    label = _text(given, "label", False)
    return {"form": CIRCLE, "latitude": north, "longitude": east, "radius_km": radius, "label": label}


def words_of(area: Mapping[str, Any]) -> str:
    """The area as a person reads it."""
    if area["form"] == TOWN:
        return ", ".join(filter(None, (area["city"], area["region"])))
    if area["form"] == POSTCODE:
        return f"postcode {area['postcode']}"
    around = area["label"] or f"{area['latitude']:.3f}, {area['longitude']:.3f}"
    return f"{area['radius_km']:g} km around {around}"


def lies_in(record: LinkRecord, area: Mapping[str, Any], country: str) -> bool:
    """Whether a record says that it lies in an area. country: where a town without one is looked for.

    A circle takes a record's own coordinates, else those of its postcode or town where these leave no choice.
    """
    if area["form"] == TOWN:
        if folded(record.city) != folded(area["city"]):
            return False
        return not area["region"] or not record.region or folded(record.region) == folded(area["region"])
    if area["form"] == POSTCODE:
        return bool(record.postcode) and _bare(record.postcode) == _bare(area["postcode"])
    spot = spot_of(record.identifiers) or _known(record.city, record.region, record.postcode, country)
    if spot is None:
        return False
    return distance_m(spot, (area["latitude"], area["longitude"])) <= float(area["radius_km"]) * 1000


def _bare(postcode: str) -> str:
    return "".join(postcode.split()).casefold()


@lru_cache(maxsize=4096)
def _known(city: str, region: str, postcode: str, country: str) -> tuple[float, float] | None:
    spot = known_spot_of(Asked(city=city, region=region, postcode=postcode), country)
    return (spot.latitude, spot.longitude) if spot is not None and spot.precision in _NEAR else None


def _text(given: Mapping[str, Any], key: str, needed: bool) -> str:
    value = given.get(key, "")
    if (
        not isinstance(value, str)
        or len(value) > MOST_TEXT
        or not value.isprintable()
        or (needed and not value.strip())
    ):
        raise BadRequest(f"area: {key}: expected text of at most {MOST_TEXT} characters on one line")
    return value.strip()


def _number(given: Mapping[str, Any], key: str, low: float, high: float) -> float:
    value = given.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise BadRequest(f"area: {key}: expected a number")
    if not low <= value <= high:
        raise BadRequest(f"area: {key}: expected a number from {low} to {high}")
    return float(value)
