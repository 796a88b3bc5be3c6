"""Rows of records to rows of visits, legs, circuits and next towns: the search command and the command line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Union

from minerva.addresses.spot import read_spot
from minerva.places import Asked, NamedTown, towns_of
from minerva.routes.circuits import find_circuits
from minerva.routes.forecast import forecast
from minerva.routes.visits import Sighting, Visit, legs_of, visits_of
from minerva.search_words import FIELD

PARTS = ("next", "visits", "legs", "circuits")
OUTPUTS = (*PARTS, "all")
MOST_TOP = 50
FEW_STEPS = 8
"""Moves under which a forecast is said to rest on little."""
_LATEST = 4_102_444_800.0
"""Epoch seconds of 2100: a later time is none."""
_LIKELIHOODS = (
    (0.05, "almost no chance"), (0.2, "very unlikely"), (0.45, "unlikely"), (0.55, "roughly even chance"),
    (0.8, "likely"), (0.95, "very likely"), (1.01, "almost certain"),
)  # fmt: skip
"""Words of Intelligence Community Directive 203 (2015) for a share of chance below each bound."""


class OptionError(ValueError):
    """An option of the command cannot be used; the message says which and what is expected."""


@dataclass(frozen=True)
class Options:
    """by: field whose values are told apart, "" for one route of all rows; top: next towns named."""

    output: str
    by: str
    top: int


def read_options(given: Mapping[str, Union[str, None]]) -> Options:
    """Returns the options from their texts (None = absent). Raises OptionError."""
    output = given.get("output") or "next"
    if output not in OUTPUTS:
        raise OptionError(f"output: expected one of {', '.join(OUTPUTS)}")
    by = given.get("by") or ""
    if by and not FIELD.fullmatch(by):
        raise OptionError("by: expected the name of a field")
    top = given.get("top") or "3"
    if not re.fullmatch(r"[0-9]{1,2}", top) or not 1 <= int(top) <= MOST_TOP:
        raise OptionError(f"top: expected a whole number from 1 to {MOST_TOP}")
    return Options(output, by, int(top))


def routes(rows: Iterable[Mapping[str, Any]], options: Options) -> Iterator[dict[str, Any]]:
    """Yields the rows of each value of `by`, in order of the values. Of rows without a town or a time each row says how
    many were left out.

    A row has _time (epoch seconds or ISO) or time, and city with region and country, or geo; record_id, given twice,
    counts once.
    """
    held: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
    for number, row in enumerate(rows):
        held.setdefault(_first(row.get(options.by)) if options.by else "", []).append((number, row))
    for value in sorted(held) or ([] if options.by else [""]):
        said = {options.by: value} if options.by else {}
        seen, left_out = _sightings(held.get(value, []))
        visits = visits_of(seen)
        parts = _all(visits, options) if options.output == "all" else _OF[options.output](visits, options)
        yield from ({**said, **found, "left_out": left_out} for found in parts)


def _all(visits: Sequence[Visit], options: Options) -> Iterator[dict[str, Any]]:
    """Yields the rows of all parts, each with the keys of all: a search takes its columns from the first row."""
    found = [{"part": part, **row} for part in PARTS for row in _OF[part](visits, options)]
    blank = dict.fromkeys(key for row in found for key in row)
    for row in found:
        yield {**blank, **row}


def likelihood(share: float) -> str:
    """Returns a share of chance in words."""
    return next(words for bound, words in _LIKELIHOODS if share < bound)


def _next(visits: Sequence[Visit], options: Options) -> Iterator[dict[str, Any]]:
    found = forecast(visits)
    if not found.towns:
        why = "no town is known" if not visits else "one town alone: nothing shows a movement"
        yield {"rank": None, "town": None, "share": None, "why": why, "steps": found.steps}
        return
    days = found.days
    spots = {each.place: each for each in visits}
    for rank, each in enumerate(found.towns[: options.top], 1):
        why = f"visited {_times(each.visits)}, {each.followed} of them right after {found.after}"
        if found.steps < FEW_STEPS:
            why += f"; rests on {found.steps} moves alone"
        told = likelihood(each.share)
        if found.steps < FEW_STEPS:
            low, high = likelihood(each.low), likelihood(each.high)
            told = low if low == high else f"{low} to {high}"
        yield {"rank": rank, "town": each.label, "share": round(each.share, 3), "share_low": round(each.low, 3),
               "share_high": round(each.high, 3), "likelihood": told,
               "elsewhere": round(found.elsewhere, 3), **_spot("", spots[each.place]), "after": found.after,
               "days_low": _rounded(days, 0), "days": _rounded(days, 1), "days_high": _rounded(days, 2),
               "steps": found.steps, "why": why}  # fmt: skip


def _visits(visits: Sequence[Visit], options: Options) -> Iterator[dict[str, Any]]:
    for each in visits:
        yield {"town": each.label, **_spot("", each), "first": iso(each.first), "last": iso(each.last),
               "several": each.several, "records": len(each.record_ids),
               "record_ids": list(each.record_ids[:20])}  # fmt: skip


def _legs(visits: Sequence[Visit], options: Options) -> Iterator[dict[str, Any]]:
    for each in legs_of(visits):
        yield {"origin": each.origin.label, "target": each.target.label, **_spot("origin_", each.origin),
               **_spot("target_", each.target), "left": iso(each.origin.last), "arrived": iso(each.target.first),
               "days": round(each.days, 2), "km": None if each.km is None else round(each.km), "doubt": each.doubt,
               "record_ids": [each.origin.record_ids[-1], each.target.record_ids[0]]}  # fmt: skip


def _circuits(visits: Sequence[Visit], options: Options) -> Iterator[dict[str, Any]]:
    spots = {each.place: each.spot for each in visits if each.spot}
    for each in find_circuits(visits):
        points = [",".join(map(str, spots[place])) for place in each.places if place in spots]
        yield {"towns": list(each.labels), "points": points if len(points) == len(each.places) else [],
               "rounds": each.rounds, "days": round(each.days, 1), "first": iso(each.first),
               "last": iso(each.last)}  # fmt: skip


_OF = {"next": _next, "visits": _visits, "legs": _legs, "circuits": _circuits}


def _sightings(rows: Sequence[tuple[int, Mapping[str, Any]]]) -> tuple[list[Sighting], int]:
    """The sightings of one holder's rows and how many rows have no town or time; a record given twice counts once."""
    asked = [
        Asked(_first(row.get("city")), _first(row.get("region")), country=_first(row.get("country"))) for _, row in rows
    ]
    found: dict[str, Sighting] = {}
    left_out = 0
    for (number, row), town in zip(rows, towns_of(asked)):
        seen = _sighting(row, number, town)
        if seen is None:
            left_out += 1
        else:
            found[seen.record_id] = seen
    return list(found.values()), left_out


def _sighting(row: Mapping[str, Any], number: int, town: Union[NamedTown, None]) -> Union[Sighting, None]:
    time = _time(_first(row.get("_time")) or _first(row.get("time")))
    record_id = _first(row.get("record_id")) or f"row {number}"
    point = read_spot(_first(row.get("geo")))
    if time is None or not (town or point):
        return None
    if town is not None:
        spot = (town.spot.latitude, town.spot.longitude) if town.spot else point
        return Sighting(time, town.key, town.label, spot, record_id, town.several)
    assert point is not None  # else there is no place
    spot = (round(point[0], 1), round(point[1], 1))  # about a town's size
    label = f"near {spot[0]}, {spot[1]}"
    return Sighting(time, label, label, spot, record_id)


def _time(text: str) -> Union[float, None]:
    try:
        value = float(text)
    except ValueError:
        try:
            told = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return None
        value = (told if told.tzinfo else told.replace(tzinfo=timezone.utc)).timestamp()
    return value if 0 < value < _LATEST else None


def iso(time: float) -> str:
    """Returns a time in UTC by the second."""
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _spot(before: str, visit: Visit) -> dict[str, Any]:
    north, east = visit.spot or (None, None)
    return {f"{before}latitude": north, f"{before}longitude": east}


def _rounded(days: Union[Sequence[float], None], at: int) -> Union[float, None]:
    return None if days is None else round(days[at], 1)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _first(value: Any) -> str:
    found = value[0] if isinstance(value, (list, tuple)) and value else value
    return "" if found is None or isinstance(found, (list, tuple)) else str(found).strip()
