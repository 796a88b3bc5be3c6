"""What the towns of one holder's records are called, so that whoever counts them counts alike.

A town without a region that the gazetteer cannot tell is the one of its name in the holder's other records, where these
have one alone. Else it stands by itself, and says where several towns bear its name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minerva.places.countries import country_code
from minerva.places.folding import folded
from minerva.places.spots import Asked, spot_of
from minerva.places.towns import Spot, bearers

SEVERAL = "one of several towns"


class NamedTown(NamedTuple):
    """key: the same for the same town; label: to be shown; spot: None where it is unknown; several: whether it could be
    any of several towns."""

    key: str
    label: str
    spot: Spot | None
    several: bool = False


def towns_of(asked: Sequence[Asked]) -> list[NamedTown | None]:
    """Returns the town of each record of one holder, None where none is named. Reads city, region and country."""
    own = [_own(Asked(each.city.strip(), each.region.strip(), country=each.country.strip())) for each in asked]
    told: dict[str, dict[str, tuple[NamedTown, set[str]]]] = {}
    for each, town in zip(asked, own):
        if town is not None and (town.spot or each.region.strip()):
            found = told.setdefault(folded(each.city), {}).setdefault(town.key, (town, set()))
            found[1].add(_country(each))
    return [
        _joined(each, town, told) if town is not None and not town.spot and not each.region.strip() else town
        for each, town in zip(asked, own)
    ]


def _own(asked: Asked) -> NamedTown | None:
    """The town as its own record tells it."""
    if not asked.city:
        return None
    found = spot_of(asked)
    if found is not None and found.precision == "town":
        return NamedTown(folded(found.label), found.label, found)
    key = "|".join(map(folded, (asked.city, asked.region, asked.country)))
    if not asked.region and len(bearers(asked.city, country_code(asked.country))) > 1:
        return NamedTown(key, f"{asked.city}: {SEVERAL}", None, True)
    return NamedTown(key, ", ".join(filter(None, (asked.city, asked.region))), None)


def _joined(asked: Asked, own: NamedTown, told: dict[str, dict[str, tuple[NamedTown, set[str]]]]) -> NamedTown:
    """The one town of its name that other records tell; no other country than the record's own is taken."""
    country = _country(asked)
    fitting = [
        town
        for town, countries in told.get(folded(asked.city), {}).values()
        if not country or "" in countries or country in countries
    ]
    return fitting[0] if len(fitting) == 1 else own


def _country(asked: Asked) -> str:
    return country_code(asked.country) or folded(asked.country)
