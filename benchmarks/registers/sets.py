"""Public registers as sets for linking: rows of `python -m minerva.linking`, and the registers' own ids as truth."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks import link_registers
from benchmarks.link_worlds import LinkSet, Row

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "real"
NO_VALUE = "---"


def wales(folder: Path) -> LinkSet:
    """The register of schools in two writings."""
    rows: list[Row] = []
    truth = {}
    for file, heads in (
        ("schools_2025.csv", ("School_Number", "School_Name", "Address", "Phone_Number")),
        ("as_published_columns.csv", ("School Number", "School Name", "Address ", "Phone Number")),
    ):
        for line in read_lines(folder / "schools_wales" / file):
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
        for line in read_lines(folder / "schools_northern_ireland" / file):
            record_id = f"{file[0]}/{line[head]}"
            rows.append(_row(record_id, file, line[name], [line[each] for each in address], line[city], line[postcode],
                             line[phone] if phone else "", "GB"))  # fmt: skip
            truth[record_id] = line[head]
    return LinkSet("Northern Ireland, three writings", rows, truth)


def scotland(folder: Path) -> LinkSet:
    """One list of schools, some of which stand in it once for each sector."""
    rows: list[Row] = []
    truth = {}
    for line in read_lines(folder / "schools_scotland" / "schools_2023.csv"):
        lines = [line[f"AddressLine{each}"] for each in range(1, 4)]
        rows.append(_row(line["SchUID"], "schools_2023.csv", line["SchoolName"], lines, "", line["PostCode"],
                         line["Phone"], "GB"))  # fmt: skip
        truth[line["SchUID"]] = line["SeedCode"]
    return LinkSet("Scotland, one list", rows, truth)


def little_rock(folder: Path) -> LinkSet:
    """Business licenses of one city, without truth."""
    rows = []
    for number, line in enumerate(read_lines(folder / "business_licences_little_rock" / "business_licences.csv")):
        rows.append(_row(f"l{number}", "licences", line["Business"], [line["Address"]], line["City"], line["Zip"], "",
                         "US"))  # fmt: skip
    return LinkSet("Little Rock, business licenses", rows, {})


def ireland(folder: Path) -> LinkSet:
    """One list of schools without postcodes, in which each school stands once: every join is wrong."""
    rows: list[Row] = []
    truth = {}
    for line in read_lines(folder / "schools_ireland" / "primary_and_special_2014_2015.tsv", "\t"):
        lines = [line[f"Address Line {each}"] for each in range(1, 5)]
        rows.append(_row(line["Roll No."], "primary", line["Official School Name"], lines, "", "",
                         line["Phone Number"], "IE"))  # fmt: skip
        truth[line["Roll No."]] = line["Roll No."]
    return LinkSet("Ireland, one list without postcodes", rows, truth)


def new_york(folder: Path) -> LinkSet:
    """Hotel properties of one city in two years, which name its districts differently: parcels and units under their
    owners' names; the building is the truth."""
    rows: list[Row] = []
    truth = {}
    for line in read_lines(folder / "hotels_new_york" / "hotel_properties_2021.csv"):
        street = f"{line['STREET NUMBER']} {line['STREET NAME']}".strip()
        record_id = f"{line['PARID']}/{line['TAXYEAR']}"
        rows.append(_row(record_id, "hotels", line["OWNER_NAME"], [street], line["Borough"], line["Postcode"], "",
                         "US"))  # fmt: skip
        if line["BIN"]:
            truth[record_id] = line["BIN"]
    return LinkSet("New York, hotel properties by building", rows, truth)


def chicago(folder: Path) -> LinkSet:
    """Nine registers of child-care sites."""
    found = link_registers.chicago(folder / "chicago_sites")
    if found is None:
        raise FileNotFoundError(2, "not here", str(folder / "chicago_sites"))
    return LinkSet("Chicago, nine registers of sites", found.rows, found.truth)


def _row(
    record_id: str, source: str, name: str, lines: Sequence[str], city: str, postcode: str, phone: str, country: str
) -> Row:
    told = [line for line in lines if line and line != NO_VALUE]
    return {"record_id": record_id, "source_id": source, "name": name, "address": ", ".join(told), "city": city,
            "postcode": postcode, "phone": phone, "country": country}  # fmt: skip


def read_lines(path: Path, delimiter: str = ",") -> Iterator[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig", "replace")
    for line in csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter):
        yield {(key or "").strip(): " ".join((value or "").split()) if isinstance(value, str) else ""
               for key, value in line.items()}  # fmt: skip


SETS: Mapping[str, Callable[[Path], LinkSet]] = {
    "wales": wales, "northern_ireland": northern_ireland, "scotland": scotland, "ireland": ireland,
    "chicago": chicago, "new_york": new_york, "little_rock": little_rock,
}  # fmt: skip
