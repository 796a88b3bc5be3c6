"""Countries and their regions by the names that people and registers write: one code, or none where several fit."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from minerva.places.folding import folded

_Name = TypeVar("_Name", str, "tuple[str, str]")
_DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
CODED_REGIONS = frozenset({"US", "CA", "AU", "BR", "MX", "IN", "IT"})
"""Countries whose regions are written by their codes in addresses."""


class Country(NamedTuple):
    """code: ISO 3166-1; letters: its code of three letters; others: further names."""

    code: str
    letters: str
    name: str
    others: tuple[str, ...]


class Region(NamedTuple):
    """code: within the country, as in ISO 3166-2; others: further names."""

    country: str
    code: str
    name: str
    others: tuple[str, ...]


def country_code(text: str) -> str:
    """Returns the ISO 3166-1 code of a country's name or code (two or three letters); "" if none or two bear it."""
    return _by_name().get(folded(text), "")


def region_code(text: str, country: str) -> str:
    """Returns the code of a region of a country by its name or code; "" if the country has no such or several."""
    return _regions_by_name().get((country.upper(), folded(text)), "")


@lru_cache(maxsize=1)
def all_countries() -> tuple[Country, ...]:
    """Returns every country, by code."""
    return tuple(Country(code, letters, name, names) for code, letters, name, names in _rows("countries.tsv"))


@lru_cache(maxsize=1)
def all_regions() -> tuple[Region, ...]:
    """Returns every region, by country and code."""
    return tuple(Region(country, code, name, names) for country, code, name, names in _rows("regions.tsv"))


@lru_cache(maxsize=1)
def _by_name() -> Mapping[str, str]:
    named = [
        (folded(name), country.code)
        for country in all_countries()
        for name in (country.code, country.letters, country.name, *country.others)
    ]
    return _certain(named)


@lru_cache(maxsize=1)
def _regions_by_name() -> Mapping[tuple[str, str], str]:
    named = [
        ((region.country, folded(name)), region.code)
        for region in all_regions()
        for name in (region.code, region.name, *region.others)
    ]
    return _certain(named)


def _certain(named: list[tuple[_Name, str]]) -> dict[_Name, str]:
    """Names of one code; a name that two bear tells nothing."""
    found: dict[_Name, str] = {}
    for name, code in named:
        found[name] = code if found.get(name, code) == code else ""
    return {name: code for name, code in found.items() if name and code}


def _rows(file: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    with open(os.path.join(_DATA, file), encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                first, second, name, others = line.rstrip("\n").split("\t")
                yield first, second, name, tuple(filter(None, others.split(";")))
