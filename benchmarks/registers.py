"""Quality and time of linking on real registers, each beside a plain baseline: equal normalized name and postcode.

    python3 build.py bench registers [--set NAME ...] [--folder DIR] [--type site] [--times] [--faults 20]

Public registers with their own ids as truth; --folder says where they are, and a set that is not there is left out.
Pairwise precision, recall and F1, records of the largest entity, names in it, and CPU seconds; nothing is drawn, so
there is no seed. `--times` links 3,500, 7,000 and all rows of one register, and its rows repeated over ten invented
towns up to 100,000 with changed names.
"""

from __future__ import annotations

import argparse
import csv
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.link_quality import minerva, scores
from benchmarks.link_registers import restaurants
from benchmarks.link_worlds import LinkSet, Row
from minerva.addresses.postcodes import normal_postcode
from minerva.names.romanize import latin_words

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"
TOWNS = ("Ashford", "Brookdale", "Carston", "Dunmore", "Eastham", "Fairlea", "Glenroy", "Hartwell", "Ingleby", "Kelso")
NO_VALUE = "---"


def wales(folder: Path) -> LinkSet:
    """The register of schools in two writings."""
    rows: list[Row] = []
    truth = {}
    for file, heads in (
        ("schools_2025.csv", ("School_Number", "School_Name", "Address", "Phone_Number")),
        ("as_published_columns.csv", ("School Number", "School Name", "Address ", "Phone Number")),
    ):
        for line in _lines(folder / "schools_wales" / file):
            record_id = f"{file[0]}/{line[heads[0]]}"
            rows.append(_row(record_id, file, line[heads[1]], [line[f"{heads[2]}{each}"] for each in range(1, 5)], "",
                             line["Postcode"], line[heads[3]], "GB"))  # fmt: skip
            truth[record_id] = line[heads[0]]
    return LinkSet("Wales, one register in two writings", rows, truth)


def northern_ireland(folder: Path) -> LinkSet:
    """The register of schools in three writings."""
    rows: list[Row] = []
    truth = {}
    for file, head, name, address, city, postcode, phone in (
        ("institutions.csv", "Reference", "Institution_Name", ("Address_1", "Address_2", "Address_3"), "Town_Name",
         "Postcode", "Telephone"),
        ("census_primary_and_post_primary.csv", "De ref", "school name", ("address 1",), "town", "postcode", ""),
        ("opendata_2015.csv", "DE_REF", "CENTRE_NAME", ("ADDRESS",), "TOWN", "POSTCODE", ""),
    ):  # fmt: skip
        for line in _lines(folder / "schools_northern_ireland" / file):
            record_id = f"{file[0]}/{line[head]}"
            rows.append(_row(record_id, file, line[name], [line[each] for each in address], line[city], line[postcode],
                             line[phone] if phone else "", "GB"))  # fmt: skip
            truth[record_id] = line[head]
    return LinkSet("Northern Ireland, three writings", rows, truth)


def scotland(folder: Path) -> LinkSet:
    """One list of schools, some of which stand in it once for each sector."""
    rows: list[Row] = []
    truth = {}
    for line in _lines(folder / "schools_scotland" / "schools_2023.csv"):
        lines = [line[f"AddressLine{each}"] for each in range(1, 4)]
        rows.append(_row(line["SchUID"], "schools_2023.csv", line["SchoolName"], lines, "", line["PostCode"],
                         line["Phone"], "GB"))  # fmt: skip
        truth[line["SchUID"]] = line["SeedCode"]
    return LinkSet("Scotland, one list", rows, truth)


def little_rock(folder: Path) -> LinkSet:
    """Business licenses of one city, without truth."""
    rows = []
    for number, line in enumerate(_lines(folder / "business_licences_little_rock" / "business_licences.csv")):
        rows.append(_row(f"l{number}", "licences", line["Business"], [line["Address"]], line["City"], line["Zip"], "",
                         "US"))  # fmt: skip
    return LinkSet("Little Rock, business licenses", rows, {})


def repeated(rows: Sequence[Row], count: int) -> list[Row]:
    """Returns so many rows: those given, and again in invented towns, where every name and street has another word."""
    made: list[Row] = []
    while len(made) < count:
        turn, row = divmod(len(made), len(rows))
        town = TOWNS[turn % len(TOWNS)]
        again = dict(rows[row])
        if turn:
            again.update(record_id=f"{turn}/{again['record_id']}", city=town, postcode=f"{10000 + turn}",
                         name=f"{town}{turn} {again['name']}")  # fmt: skip
        made.append(again)
    return made


def _row(
    record_id: str, source: str, name: str, lines: Sequence[str], city: str, postcode: str, phone: str, country: str
) -> Row:
    told = [line for line in lines if line and line != NO_VALUE]
    return {"record_id": record_id, "source_id": source, "name": name, "address": ", ".join(told), "city": city,
            "postcode": postcode, "phone": phone, "country": country}  # fmt: skip


def _lines(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    for line in csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter):
        yield {(key or "").strip(): " ".join((value or "").split()) if isinstance(value, str) else ""
               for key, value in line.items()}  # fmt: skip


def baseline(chosen: LinkSet) -> dict[str, str]:
    """Joins rows of equal normalized name and postcode."""
    found: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    for row in chosen.rows:
        code = normal_postcode(row.get("postcode", ""))
        key = " ".join(latin_words(row["name"])), code
        found[row["record_id"]] = first.setdefault(key, row["record_id"]) if code else row["record_id"]
    return found


SETS: Mapping[str, Callable[[Path], LinkSet]] = {
    "wales": wales, "northern_ireland": northern_ireland, "scotland": scotland, "little_rock": little_rock,
}  # fmt: skip


def describe(chosen: LinkSet, found: Mapping[str, str]) -> str:
    """Returns the size of the largest entity and the most different names of one."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in chosen.rows:
        names[found[row["record_id"]]].append(" ".join(latin_words(row["name"])))
    return f"largest {max(map(len, names.values()))}, most names {max(len(set(each)) for each in names.values())}"


def split_groups(chosen: LinkSet, found: Mapping[str, str]) -> int:
    """Returns how many groups of equal name and address are not one entity."""
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in chosen.rows:
        name, address = (" ".join(latin_words(row[each])) for each in ("name", "address"))
        if name and address:
            groups[name, address, normal_postcode(row["postcode"])].add(found[row["record_id"]])
    return sum(len(each) > 1 for each in groups.values())


def faults(chosen: LinkSet, found: Mapping[str, str], most: int) -> Iterator[str]:
    """Yields pairs that are wrong, joined ones first."""
    row = {each["record_id"]: each for each in chosen.rows}
    for title, by, against in (("joined", found, chosen.truth), ("missed", chosen.truth, found)):
        groups: dict[str, list[str]] = defaultdict(list)
        for record in chosen.truth:
            groups[by[record]].append(record)
        wrong = [(a, b) for members in groups.values() for a, b in combinations(members, 2) if against[a] != against[b]]
        yield f"  {title}: {len(wrong)}"
        for pair in wrong[:most]:
            yield "    " + "  ~  ".join(
                " | ".join(str(row[each].get(field, "")) for field in ("name", "address", "city", "postcode", "phone"))
                for each in pair
            )


def measure(chosen: LinkSet, most_faults: int) -> None:
    """Prints the block of a set."""
    print(f"{chosen.name}: {len(chosen.rows)} rows")
    found: dict[str, str] = {}
    for name, method in (("equal name and postcode", baseline), ("minerva.linking", minerva)):
        started = time.process_time()
        found = method(chosen)
        seconds = time.process_time() - started
        told = "   ".join("{:.3f} {:.3f} {:.3f}".format(*scores(found, chosen.truth)["pairwise"]) for _ in "x"
                          if chosen.truth)  # fmt: skip
        split = split_groups(chosen, found)
        print(f"  {name:24s} {told}   {describe(chosen, found)}, equal name and address apart {split}   "
              f"cpu-s {seconds:.1f}", flush=True)  # fmt: skip
    if chosen.truth and most_faults:
        print("\n".join(faults(chosen, found, most_faults)))


def times(rows: Sequence[Row]) -> None:
    """Prints CPU seconds by rows, and the exponent between them."""
    spent: list[tuple[int, float]] = []
    for count in (3500, 7000, len(rows), 100_000):
        chosen = LinkSet("", list(rows[:count]) if count <= len(rows) else repeated(rows, count), {})
        started = time.process_time()
        minerva(chosen)
        spent.append((count, time.process_time() - started))
        grown = ""
        if len(spent) > 1:
            (few, before), (many, after) = spent[0], spent[-1]
            grown = f"   exponent {math.log(after / before) / math.log(many / few):.2f}"
        print(f"  {count:7d} rows   cpu-s {spent[-1][1]:.1f}{grown}", flush=True)


def main() -> None:
    """Prints one block per set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", action="append", choices=(*SETS, "restaurants"), dest="names")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--restaurants", type=Path, help="the unpacked package py_entitymatching")
    parser.add_argument("--type", default="", help="record type that all rows get")
    parser.add_argument("--times", action="store_true")
    parser.add_argument("--faults", type=int, default=0, metavar="PAIRS")
    parser.add_argument("--rows", type=int, default=0, help="the first rows alone")
    options = parser.parse_args()
    for name in options.names or [*SETS, "restaurants"]:
        try:
            chosen = restaurants(options.restaurants) if name == "restaurants" else SETS[name](options.folder)
        except FileNotFoundError as error:
            print(f"{name} is not here: {error.filename}")
            continue
        if chosen is None:
            print(f"{name} is not here")
            continue
        rows = chosen.rows[: options.rows or None]
        if options.type:
            rows = [{**row, "record_type": options.type} for row in rows]
        truth = {row["record_id"]: chosen.truth[row["record_id"]] for row in rows if row["record_id"] in chosen.truth}
        measure(LinkSet(chosen.name, rows, truth), options.faults)
    if options.times:
        times(little_rock(options.folder).rows)


if __name__ == "__main__":
    main()
