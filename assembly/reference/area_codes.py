"""Writes the lookup of area codes of both apps, from libphonenumber's places of numbers (Apache-2.0).

    pip install phonenumbers && python -m assembly.reference.area_codes [--check]

phonenumberslite, which the packages carry, leaves these data out. Kept are codes of at most six digits with the English
name of their place. A calling code that several countries share names a country only in North America, by the region.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import io
import pkgutil
import sys
from collections.abc import Iterator
from typing import Any

from assembly.paths import ADDON, APP, ROOT
from assembly.reference.data_file import rows_of, write_or_check

REGIONS = ROOT / "minerva" / "places" / "data" / "regions.tsv"
NAME = "minerva_area_codes.csv"
COLUMNS = ("area_code", "country", "place")
LONGEST = 6
_NORTH_AMERICA = "1"
_CITIES_OF_REGIONS = {"Washington State": "US", "Washington D.C.": "US"}


def area_codes() -> str:
    """Returns the text of the lookup. Raises ImportError where only phonenumberslite is installed."""
    named = {(country, name) for country, code, region, _ in rows_of(REGIONS) for name in (code, region)}
    regions: dict[int, tuple[str, ...]] = importlib.import_module("phonenumbers").COUNTRY_CODE_TO_REGION_CODE
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for code, place in sorted(_places()):
        writer.writerow((f"+{code}", _country(code, place, regions, named), place))
    return text.getvalue()


def _places() -> Iterator[tuple[str, str]]:
    package = importlib.import_module("phonenumbers.geodata")
    for module in pkgutil.iter_modules(package.__path__):
        if module.name.startswith("data"):
            data: dict[str, dict[str, str]] = importlib.import_module(f"phonenumbers.geodata.{module.name}").data
            for code, names in data.items():
                if len(code) <= (4 if code.startswith(_NORTH_AMERICA) else LONGEST) and names.get("en"):
                    yield code, names["en"]


def _country(code: str, place: str, regions: dict[int, tuple[str, ...]], named: set[tuple[str, str]]) -> str:
    shared: Any = next((regions[int(code[:length])] for length in (1, 2, 3) if int(code[:length]) in regions), ())
    if len(shared) == 1:
        return str(shared[0])
    if code.startswith(_NORTH_AMERICA):
        region = place.rpartition(", ")[2]
        found = {country for country in ("US", "CA") if (country, region) in named}
        return _CITIES_OF_REGIONS.get(place, found.pop() if len(found) == 1 else "")
    return ""


def main(arguments: list[str]) -> int:
    """Writes both lookups, or with `--check` compares them; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args(arguments)
    try:
        text = area_codes()
    except ImportError as error:
        print(f"{error}: install phonenumbers", file=sys.stderr)
        return 2
    targets = [ROOT / app / "lookups" / NAME for app in (APP, ADDON)]
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
    return max(write_or_check(target, text, options.check) for target in targets)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
