"""Place: an address cell that holds its town, state and postcode as well, taken apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minerva.intake.mapping.cleaning import one_line

_NOT_A_TOWN = re.compile(
    r"\d|\b(suite|ste|floor|fl|room|rm|unit|apt|building|bldg|box|center|centre|school|church)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Place:
    """Parts of an address; a part that the cell does not name is ""."""

    address: str
    city: str
    postcode: str


def split_address(cell: str, region: str, towns: Sequence[str] = ()) -> Place:
    """The parts of a cell such as `12 Elm Rd⏎Oakton, IL 60000`, `12 Elm Rd Oakton IL 60000` or `12 Elm Rd⏎Oakton`.

    A last line counts as the town if no digit or word like Suite is left in it once state code and postcode are
    gone. On one line a town is only known from `towns`, or before a state code after a comma.
    """
    lines = [line for line in (one_line(line).strip(" ,") for line in cell.split("\n")) if line]
    if not lines:
        return Place("", "", "")
    tail = (
        re.compile(rf"^(?P<rest>.*?)(?P<comma>,?)\s*\b{re.escape(region)}\b\.?\s*(?P<code>\d{{5}}(-\d{{4}})?)?$")
        if region
        else None
    )
    found = tail.match(lines[-1]) if tail else None
    rest, postcode = (found["rest"].strip(" ,"), found["code"] or "") if found else (lines[-1], "")
    if len(lines) > 1 and rest and not _NOT_A_TOWN.search(rest):
        return Place(", ".join(lines[:-1]), rest, postcode)
    for town in sorted(towns, key=len, reverse=True):
        if rest.lower().endswith(" " + town.lower()):
            return Place(", ".join([*lines[:-1], rest[: -len(town)].strip(" ,")]), town, postcode)
    if found and "," in rest:
        street, _, town = rest.rpartition(",")
        if not _NOT_A_TOWN.search(town):
            return Place(", ".join([*lines[:-1], street.strip()]), town.strip(), postcode)
    return Place(", ".join([*lines[:-1], rest] if found else lines), "", postcode)
