"""A column that holds a point: GeoJSON, `POINT (lon lat)`, `(lat, lon)` or an object with latitude and longitude."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PARTS = ("latitude", "longitude")
_DEGREES = r"(-?\d{1,3}(?:\.\d+)?)"
_WELL_KNOWN = re.compile(rf"(?:SRID=4326;)?\s*POINT\s*\(\s*{_DEGREES}\s+{_DEGREES}\s*\)", re.IGNORECASE)
_PAIR = re.compile(rf"\(?\s*{_DEGREES}\s*,\s*{_DEGREES}\s*\)?")


def point_of(values: Mapping[str, Any], column: str) -> tuple[str, str]:  # Any: what a source's reply holds
    """Returns latitude and longitude in degrees as texts, ("", "") for what is no point on earth.

    A list and `POINT` name the longitude first, a pair in brackets the latitude.
    """
    listed = values.get(f"{column}.coordinates", values.get(column))
    if isinstance(listed, list) and len(listed) >= 2:
        return _checked(listed[1], listed[0])
    parts = [values.get(f"{column}.{part}") for part in _PARTS]
    if all(part not in (None, "") for part in parts):
        return _checked(*parts)
    text = str(values.get(column) or "").strip()
    found = _WELL_KNOWN.fullmatch(text)
    if found:
        return _checked(found[2], found[1])
    found = _PAIR.fullmatch(text)
    return _checked(found[1], found[2]) if found else ("", "")


def _checked(latitude: Any, longitude: Any) -> tuple[str, str]:
    try:
        fits = abs(float(latitude)) <= 90 and abs(float(longitude)) <= 180 and bool(float(latitude) or float(longitude))
    except (TypeError, ValueError):
        return "", ""
    return (str(latitude).strip(), str(longitude).strip()) if fits else ("", "")
