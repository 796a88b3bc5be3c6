"""Writes postcodes.tsv and areas.tsv of minerva/places/data: postcodes, counties and authorities with a spot each.

    pip install zipcodes && python -m assembly.reference.gazetteer --britain FOLDER --schools FOLDER... [--check]

ZIP codes and US counties: the package zipcodes (MIT; coordinates GeoNames, CC BY 4.0). Authorities: `--britain`, a
folder with the two files of mySociety's names and codes (CC BY 4.0). Outward codes of Scotland and Northern Ireland:
the mean of the schools there, from the registers in `--schools` (Open Government Licence v3.0).
"""

from __future__ import annotations

import argparse
import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from assembly.paths import ROOT
from assembly.reference.data_file import read_csv, write_or_check_all

DATA = ROOT / "minerva" / "places" / "data"
HEAD = """\
# Emitted by assembly.reference: do not edit. ZIP codes and counties of the USA: GeoNames (CC BY 4.0). Authorities of
# the United Kingdom: mySociety (CC BY 4.0). Outward codes: contains public sector information licensed under the Open
# Government Licence v3.0.
"""
FEWEST_SCHOOLS = 2
OVER_DISTRICTS = frozenset({"CTY", "COMB", "SRA"})
"""Authorities above others: points published for them lie far off, so the mean of their districts is taken."""
_OUTWARD = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)\s?[0-9][A-Z]{2}")
_SCHOOL_COLUMNS = (("PostCode", "Latitude", "Longitude"), ("Postcode", "Latitude", "Longitude"))


class Zip(NamedTuple):
    """One ZIP code with its spot."""

    code: str
    state: str
    county: str
    latitude: float
    longitude: float


def zip_codes() -> list[Zip]:
    """Returns the active ZIP codes that have coordinates. Raises ImportError without the package zipcodes."""
    listed: list[Mapping[str, str]] = importlib.import_module("zipcodes").list_all()
    return [
        Zip(row["zip_code"], row["state"], row["county"] or "", float(row["lat"]), float(row["long"]))
        for row in listed
        if row["active"] and row["lat"] and row["long"] and float(row["lat"])
    ]


def postcodes(zips: Iterable[Zip], schools: Iterable[tuple[str, float, float]]) -> str:
    """Returns the text of postcodes.tsv: country, code, region, latitude, longitude."""
    rows = {f"US\t{each.code}\t{each.state}\t{each.latitude:.3f}\t{each.longitude:.3f}\n" for each in zips}
    spots = defaultdict(list)
    for code, latitude, longitude in schools:
        found = _OUTWARD.fullmatch(code.strip().upper())
        if found:
            spots[found[1]].append((latitude, longitude))
    for code, listed in spots.items():
        if len(listed) >= FEWEST_SCHOOLS:
            rows.add(f"GB\t{code}\t\t{_mean(listed)}\n")
    return HEAD + "# country\tcode\tregion\tlatitude\tlongitude\n" + "".join(sorted(rows))


def areas(zips: Iterable[Zip], britain: Path) -> str:
    """Returns the text of areas.tsv: country, region, name, other names with semicolons, latitude, longitude."""
    spots: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for each in zips:
        if each.county:
            spots[each.state, each.county].append((each.latitude, each.longitude))
        spots[each.state, ""].append((each.latitude, each.longitude))
    rows = {f"US\t{state}\t{county}\t{_short(county)}\t{_mean(listed)}\n" for (state, county), listed in spots.items()}
    return (
        HEAD
        + "# country\tregion\tname\tother names\tlatitude\tlongitude\n"
        + "".join(sorted({*rows, *_authorities(britain)}))
    )


def _short(county: str) -> str:
    return re.sub(r" (County|Parish|Borough|Census Area|Municipality|Municipio)$", "", county) if county else ""


def _authorities(folder: Path) -> Iterator[str]:
    spellings = defaultdict(set)
    for row in read_csv(folder / "lookup_name_to_registry.csv"):
        spellings[row["local-authority-code"]].add(row["la-name"])
    wider: dict[str, list[tuple[float, float]]] = defaultdict(list)
    listed = [
        row for row in read_csv(folder / "uk_local_authorities_current.csv") if row["current-authority"] == "True"
    ]
    names = {row["local-authority-code"]: row["nice-name"] or row["official-name"] for row in listed}
    for row in listed:
        if not row["lat"] or row["local-authority-type"] in OVER_DISTRICTS:
            continue
        spot, name = (float(row["lat"]), float(row["long"])), names[row["local-authority-code"]]
        wider[row["nation"]].append(spot)
        if row["county-la"] in names:
            wider[names[row["county-la"]]].append(spot)
        others = sorted({row["official-name"], *spellings[row["local-authority-code"]]} - {name})
        told = ";".join(other for other in others if other and ";" not in other and "\t" not in other)
        yield f"GB\t\t{name}\t{told}\t{spot[0]:.3f}\t{spot[1]:.3f}\n"
    for name, spots in wider.items():
        yield f"GB\t\t{name}\t\t{_mean(spots)}\n"


def schools_of(folders: Iterable[Path]) -> Iterator[tuple[str, float, float]]:
    """Yields postcode and coordinates of every school that has both, of all CSV files of the folders."""
    for path in sorted(path for folder in folders for path in folder.glob("*.csv")):
        for row in read_csv(path):
            for code, latitude, longitude in _SCHOOL_COLUMNS:
                if row.get(code) and row.get(latitude) and row.get(longitude):
                    yield row[code], float(row[latitude]), float(row[longitude])
                    break


def _mean(spots: list[tuple[float, float]]) -> str:
    latitude, longitude = (sum(parts) / len(spots) for parts in zip(*spots, strict=True))
    return f"{latitude:.3f}\t{longitude:.3f}"


def main(arguments: list[str]) -> int:
    """Writes the data files, or with `--check` compares them; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--britain", type=Path, required=True)
    parser.add_argument("--schools", type=Path, nargs="+", default=[])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    options = parser.parse_args(arguments)
    try:
        zips = zip_codes()
        texts = {
            "postcodes.tsv": postcodes(zips, schools_of(options.schools)),
            "areas.tsv": areas(zips, options.britain),
        }
    except (OSError, ImportError) as error:
        print(error, file=sys.stderr)
        return 2
    return write_or_check_all(DATA, texts, options.check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
