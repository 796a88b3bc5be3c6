"""Recall and precision of phones where no country is known, beside those where it is, on the labelled texts.

    .venv/bin/python -m benchmarks.unplaced_phones [--misses] [--least 0.0] [--registers DIR]

All files benchmarks/cases/*_ads*.jsonl with phones; plus signs tell the country by themselves and are counted apart.
The texts were read while the hints were made: every second text is kept apart and shown by itself. `--registers` reads
other texts instead: entries of public registers (name, address, phone) below DIR, as a line of a page has them, 600 of
each. Postcodes and counties became hints after the first three were read; on England nothing was mended.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.unseen_texts import CASES, rows
from minerva.identifiers import KIND_BY_NAME, extract_each
from minerva.identifiers.errors import InvalidIdentifier


def labelled() -> list[dict[str, Any]]:
    """Returns the labelled texts of a country that hold no other country's sign."""
    names = sorted(path.stem for path in CASES.glob("*_ads*.jsonl"))
    return [row for name in names for row in rows(name) if row.get("region") and "phones" in row]


class Register(NamedTuple):
    """A list in a folder of real data: where, its delimiter, whose country, and its columns."""

    file: str
    delimiter: str
    region: str
    columns: tuple[str, ...]
    phone: str


REGISTERS = (
    Register("schools_wales/schools_2025.csv", ",", "GB", ("School_Name", "Address1", "Address2", "Postcode"),
             "Phone_Number"),
    Register("schools_scotland/schools_2023.csv", ",", "GB",
             ("SchoolName", "AddressLine1", "AddressLine3", "PostCode"), "Phone"),
    Register("schools_ireland/primary_and_special_2014_2015.tsv", "\t", "IE",
             ("Official School Name", "Address Line 1", "Address Line 2", "Address Line 3"), "Phone Number"),
    Register("schools_england/establishments_part_2017.csv", ",", "GB",
             ("Establishment name", "Street", "Town", "Postcode"), "Telephone number"),
)  # fmt: skip
ENTRIES = 600


def entries(folder: Path, register: Register) -> list[dict[str, Any]]:
    """Returns entries as lines of a page, drawn evenly; a leading zero that a spreadsheet ate is put back."""
    phone = KIND_BY_NAME["phone"]
    with (folder / register.file).open(encoding="utf-8", errors="replace", newline="") as lines:
        listed = list(csv.DictReader(lines, delimiter=register.delimiter))
    found = []
    for row in listed:
        written = (row[register.phone] or "").strip()
        written = f"0{written}" if register.region != "US" and written[:1] not in ("", "0") else written
        try:
            value = phone.normalize(written, region=register.region)
        except InvalidIdentifier:
            continue
        told = ", ".join(" ".join(row[name].split()) for name in register.columns if (row[name] or "").strip())
        found.append({"id": told, "text": f"{told}. Tel {written}", "region": register.region, "phones": [value]})
    return found[:: max(1, len(found) // ENTRIES)][:ENTRIES]


def show_registers(folder: Path, least: float) -> None:
    """Prints a line for each register, its country known and unknown."""
    for register in REGISTERS:
        given = entries(folder, register)
        texts, told = [row["text"] for row in given], [set(row["phones"]) for row in given]
        for name, regions in (("known", [register.region] * len(texts)), ("unknown", None)):
            read = extract_each(texts, kinds=["phone"], regions=regions)
            found = [{item.value for item in own if item.confidence >= least} for own in read]
            print(line(f"{register.file.partition('/')[0]}, country {name}", scores(zip(told, found, strict=True))))


def scores(given: Iterable[tuple[set[str], set[str]]]) -> tuple[int, int, int]:
    """Returns how many phones are told, found and right."""
    counted: Counter[str] = Counter()
    for told, found in given:
        counted.update(told=len(told), found=len(found), right=len(told & found))
    return counted["told"], counted["found"], counted["right"]


def line(label: str, counts: tuple[int, int, int]) -> str:
    """Returns a line of the table."""
    told, found, right = counts
    recall, precision = right / max(1, told), right / max(1, found)
    return f"{label:34s} {told:6,} {found:6,}  recall {recall:.3f}  precision {precision:.3f}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list every false find")
    parser.add_argument("--least", type=float, default=0.0, help="confidence of what is counted as found")
    parser.add_argument("--registers", type=Path, metavar="DIR", help="folder of real data")
    options = parser.parse_args()
    if options.registers is not None:
        show_registers(options.registers, options.least)
        return
    cases = labelled()
    texts = [row["text"] for row in cases]
    told = [set(row["phones"]) for row in cases]
    read = {
        "country known": extract_each(texts, kinds=["phone"], regions=[row["region"] for row in cases]),
        "no country known": extract_each(texts, kinds=["phone"]),
    }
    print(f"{'':34s} {'told':>6s} {'found':>6s}")
    for name, evidence in read.items():
        found = [{item.value for item in own if item.confidence >= options.least} for own in evidence]
        pairs = list(zip(told, found, strict=True))
        print(line(name, scores(pairs)))
        print(line("  every second text", scores(pairs[1::2])))
        local = [pair for pair, text in zip(pairs, texts, strict=True) if "+" not in text]
        print(line("  texts without a plus sign", scores(local)))
        if name == "country known":
            continue
        for region in sorted({row["region"] for row in cases}):
            own = [
                pair
                for pair, row, text in zip(pairs, cases, texts, strict=True)
                if row["region"] == region and "+" not in text
            ]
            print(line(f"    {region}", scores(own)))
        for row, wanted, given in zip(cases, told, found, strict=True) if options.misses else ():
            if given - wanted:
                print(row["id"], row["region"], sorted(given - wanted), sorted(wanted), repr(row["text"][:160]))


if __name__ == "__main__":
    main()
