"""Invented register extracts: rows of the massage-licence register as its source reads them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from demo.inputs import write_csv

STREETS = ("Elm Street", "Oak Avenue", "Pine Road", "Birch Lane", "Cedar Court")


def row(number: int, phone: str = "", *, name: str = "", status: str = "active", issued: str = "") -> dict[str, str]:
    """Returns one row; rows of different numbers share nothing but what is given."""
    return {
        "license_number": f"MT-{number}",
        "business_name": name or f"Studio Number {number}",
        "owner": "on file",
        "address": f"{number} {STREETS[number % len(STREETS)]}",
        "city": "Oakland",
        "region": "CA",
        "postcode": "94601",
        "phone": phone,
        "status": status,
        "issued": issued or f"2025-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "expires": "2027-01-01",
    }


def write(folder: Path, rows: Sequence[dict[str, str]], name: str = "licenses.csv") -> Path:
    """Writes the rows as a file of the folder; returns the folder."""
    write_csv(folder / name, rows)
    return folder
