"""Counts the words of organizations' names in open registers and writes minerva/linking/data/word_frequencies.json.

    .venv/bin/python -m benchmarks.registers.words [--folder DIR] [--write]

Counts of words alone are kept: of words that SEVERAL names hold and in each of two registers of the country a FEW, or
that MANY names of one register hold. Words that people bear as names are left out where a register lists owners.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from benchmarks.registers.sets import FOLDER, read_lines
from minerva.linking.places.commonness import name_key
from minerva.linking.places.frequencies import FILE
from minerva.names.compare import words_of
from minerva.names.persons import given_names

FEW, SEVERAL, MANY = 5, 16, 64
OWNERS = ("license", "property")
"""Kinds whose names may be of people who own what is listed."""
NOTE = "written by `python -m benchmarks.registers.words --write`: do not edit"
OGL = "Open Government Licence v3.0"


class Register(NamedTuple):
    """An open register. files: below the folder, with the columns of names; of: who keeps it."""

    country: str
    kind: str
    of: str
    license: str
    files: Mapping[str, str]


REGISTERS = (
    Register("GB", "school", "Welsh Government", OGL, {
        "schools_wales/schools_2025.csv": "School_Name", "schools_wales/as_published_columns.csv": "School Name"}),
    Register("GB", "school", "Department of Education Northern Ireland", OGL, {
        "schools_northern_ireland/institutions.csv": "Institution_Name",
        "schools_northern_ireland/opendata_2015.csv": "CENTRE_NAME"}),
    Register("GB", "school", "Scottish Government", OGL, {"schools_scotland/schools_2023.csv": "SchoolName"}),
    Register("GB", "school", "Department for Education", OGL, {
        "schools_england/establishments_part_2017.csv": "Establishment name"}),
    Register("GB", "company", "Companies House and Department for Education", OGL, {
        "schools_england/academy_trusts_2016.csv": "Group Name"}),
    Register("IE", "school", "Department of Education of Ireland", "CC BY 4.0", {
        "schools_ireland/primary_and_special_2014_2015.tsv": "Official School Name"}),
    Register("US", "license", "City of Little Rock", "public domain", {
        "business_licences_little_rock/business_licences.csv": "Business"}),
    Register("US", "property", "City of New York, Department of Finance", "public domain", {
        "hotels_new_york/hotel_properties_2021.csv": "OWNER_NAME"}),
)  # fmt: skip


def names_of(register: Register, folder: Path) -> Iterator[str]:
    """Yields the words of each name that a register lists. Raises FileNotFoundError."""
    for file, column in register.files.items():
        for line in read_lines(folder / file, "\t" if file.endswith(".tsv") else ","):
            if line[column]:
                yield line[column]


def counted(folder: Path, without: str = "") -> dict[str, dict[str, dict[str, int]]]:
    """Returns country -> kind -> word -> different names that hold it, of the words that are kept. without: the folder
    of a register that is not counted."""
    holders: dict[tuple[str, str, str], set[str]] = {}
    held_in: Counter[tuple[str, str, str]] = Counter()
    for register in REGISTERS:
        if without and any(file.startswith(f"{without}/") for file in register.files):
            continue
        once = {name_key(name): name for name in names_of(register, folder)}
        for key, name in once.items():
            for word in words_of(name)[0]:
                holders.setdefault((register.country, register.kind, word), set()).add(key)
                held_in[register.country, word, register.of] += 1
    found_in = Counter((country, word) for (country, word, _), names in held_in.items() if names >= FEW)
    found: dict[str, dict[str, dict[str, int]]] = {}
    for (country, kind, word), told in sorted(holders.items()):
        borne = kind in OWNERS and word in given_names().known
        if len(word) > 1 and len(told) >= (SEVERAL if found_in[country, word] > 1 else MANY) and not borne:
            found.setdefault(country, {}).setdefault(kind, {})[word] = len(told)
    return found


def document(folder: Path) -> str:
    """Returns the file's text."""
    head = {
        "about": "How many different names of organizations hold a word, by country and kind of record. Words of "
                 f"{SEVERAL} names and {FEW} in each of two registers of a country, or of {MANY} names; counts alone.",
        "made": NOTE,
        "registers": [{"of": each.of, "country": each.country, "kind": each.kind, "license": each.license}
                      for each in REGISTERS],
    }  # fmt: skip
    lines = [
        f'  "{country}": {{\n'
        + ",\n".join(f'   "{kind}": {json.dumps(words)}' for kind, words in kinds.items())
        + "\n  }"
        for country, kinds in counted(folder).items()
    ]
    return json.dumps(head, indent=1)[:-2] + ',\n "names": {\n' + ",\n".join(lines) + "\n }\n}\n"


def main() -> None:
    """Prints the file, or writes it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = document(options.folder)
    if options.write:
        FILE.write_text(text, encoding="utf-8")
    else:
        print(text, end="")


if __name__ == "__main__":
    main()
